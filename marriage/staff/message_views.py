"""Messages to citizens: the latest, which wait, which failed, and sending those again."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import redirect
from django.utils import timezone

from ..messages.texts import KIND_WORDS
from ..models import OutboxMessage
from .base import StaffView

SHOWN = 100


class MessagesView(StaffView):
    """What was sent to whom (masked), when, and whether it arrived; never the text."""

    page_title = "通知"
    header_icon = "mail"
    template_name = "marriage/staff/messages.html"
    permission_required = "marriage.view_outboxmessage"

    def get(self, request):
        state = request.GET.get("state", "")
        if state not in OutboxMessage.State.values:
            state = ""
        seen = self.messages()
        numbers = dict(seen.order_by().values_list("state").annotate(number=Count("pk")))
        chosen = seen.filter(state=state) if state else seen
        return self.render(
            state=state,
            states=[
                ("", "全部", sum(numbers.values())),
                *(
                    (value, label, numbers.get(value, 0))
                    for value, label in OutboxMessage.State.choices
                ),
            ],
            rows=[
                (row, KIND_WORDS.get(row.kind, row.kind))
                for row in chosen.select_related("booking")[:SHOWN]
            ],
            shown=SHOWN,
            failed_count=numbers.get(OutboxMessage.State.FAILED, 0),
        )

    def messages(self):
        """Return those of the offices at which the person works, and those of no booking."""
        return OutboxMessage.objects.filter(Q(booking=None) | Q(booking__office__in=self.offices()))

    def post(self, request):
        """Queue what failed once more. What was purged meanwhile has nothing to send."""
        number = (
            self.messages()
            .filter(state=OutboxMessage.State.FAILED)
            .exclude(encrypted="")
            .update(state=OutboxMessage.State.QUEUED, attempts=0, due_at=timezone.now())
        )
        messages.success(request, f"{number}条通知将重新发送。")
        return redirect("marriage_staff:messages")
