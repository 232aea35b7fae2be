"""Messages to citizens: how many wait, which failed, and sending those again."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect
from django.utils import timezone

from ..message_texts import KIND_WORDS
from ..models import OutboxMessage
from .base import StaffView

SHOWN = 100


class MessagesView(StaffView):
    """Without addresses and texts: only what was sent, when, and whether it arrived."""

    page_title = "通知"
    header_icon = "mail"
    template_name = "marriage/staff/messages.html"
    permission_required = "marriage.view_outboxmessage"

    def get(self, request):
        state = request.GET.get("state", OutboxMessage.State.FAILED)
        if state not in OutboxMessage.State.values:
            state = OutboxMessage.State.FAILED
        numbers = dict(
            OutboxMessage.objects.order_by().values_list("state").annotate(number=Count("pk"))
        )
        return self.render(
            state=state,
            states=[
                (value, label, numbers.get(value, 0))
                for value, label in OutboxMessage.State.choices
            ],
            rows=[
                (row, KIND_WORDS.get(row.kind, row.kind))
                for row in OutboxMessage.objects.filter(state=state).select_related("booking")[
                    :SHOWN
                ]
            ],
            shown=SHOWN,
            failed=OutboxMessage.State.FAILED,
        )

    def post(self, request):
        """Queue what failed once more. What was purged meanwhile has nothing to send."""
        number = (
            OutboxMessage.objects.filter(state=OutboxMessage.State.FAILED)
            .exclude(sealed="")
            .update(state=OutboxMessage.State.QUEUED, attempts=0, due_at=timezone.now())
        )
        messages.success(request, f"{number}条通知将重新发送。")
        return redirect("marriage_staff:messages")
