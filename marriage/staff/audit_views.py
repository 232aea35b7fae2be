"""The audit log, to be read only; and the way to the rules."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import QueryDict
from django.shortcuts import redirect

from ..desk.lists import read_reference
from ..models import Acceptance, AuditEntry
from ..models.states import State
from .base import StaffView, chosen_day

PER_PAGE = 50


class AuditView(StaffView):
    """Every act on a booking or a receipt, newest first. There is no page that changes an entry."""

    page_title = "操作记录"
    header_icon = "history"
    template_name = "marriage/staff/audit.html"
    permission_required = "marriage.view_auditentry"
    http_method_names = ["get", "head"]

    def get(self, request):
        entries = AuditEntry.objects.select_related("booking", "receipt", "actor")
        typed = request.GET.get("q", "").strip()[:60]
        action = request.GET.get("action", "")
        first, last = chosen_day(request, "first"), chosen_day(request, "last")
        if typed:
            entries = entries.filter(_about(typed))
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


def _about(typed: str) -> Q:
    """The acts on a booking by its reference, or on a receipt and its visits by its number."""
    receipts = list(Acceptance.objects.numbered(typed))
    reference = read_reference(typed)
    by_reference = Q(booking__reference=reference) if reference else Q(pk__in=[])
    of_receipts = Q(receipt__in=receipts) | Q(booking__acceptance__in=receipts)
    visits = Q(booking__receipt_number__in=[each.receipt_number for each in receipts])
    return by_reference | of_receipts | visits


def _label(state: str) -> str:
    return State(state).label if state in State.values else ""


def rules(request):
    return redirect("wagtailsettings:edit", "marriage", "bookingrules")
