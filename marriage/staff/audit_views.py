"""The audit log, to be read only; and the way to the rules."""

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import redirect

from ..desk import read_reference
from ..models import AuditEntry
from ..states import State
from .base import StaffView, chosen_day

PER_PAGE = 50


class AuditView(StaffView):
    """Every act on a booking, newest first. There is no page that changes an entry."""

    page_title = "操作记录"
    header_icon = "history"
    template_name = "marriage/staff/audit.html"
    permission_required = "marriage.view_auditentry"
    http_method_names = ["get", "head"]

    def get(self, request):
        entries = AuditEntry.objects.select_related("booking", "actor")
        typed = request.GET.get("q", "").strip()[:60]
        action = request.GET.get("action", "")
        first, last = chosen_day(request, "first"), chosen_day(request, "last")
        if typed:
            entries = entries.filter(booking__reference=read_reference(typed))
        if action in AuditEntry.Action.values:
            entries = entries.filter(action=action)
        if first:
            entries = entries.filter(at__date__gte=first)
        if last:
            entries = entries.filter(at__date__lte=last)
        page = Paginator(entries, PER_PAGE).get_page(request.GET.get("p"))
        query = QueryDict(mutable=True)
        query.update({key: value for key, value in request.GET.items() if key != "p" and value})
        return self.render(
            page_obj=page,
            entries=[(entry, _label(entry.old_state), _label(entry.new_state)) for entry in page],
            typed=typed,
            action=action,
            actions=AuditEntry.Action.choices,
            first=first,
            last=last,
            query=query.urlencode(),
        )


def _label(state: str) -> str:
    return State(state).label if state in State.values else ""


def rules(request):
    return redirect("wagtailsettings:edit", "marriage", "bookingrules")
