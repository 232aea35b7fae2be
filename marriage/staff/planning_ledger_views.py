"""The ledger of planning, to be read only."""

from django.core.paginator import Paginator
from django.http import QueryDict

from ..models import Office, PlanningEntry
from .base import StaffView, chosen_day

PER_PAGE = 50


class PlanningLedgerView(StaffView):
    """Who changed what can be booked, newest first, with old and new values."""

    page_title = "排班改动记录"
    header_icon = "history"
    template_name = "marriage/staff/planning_ledger.html"
    permission_required = "marriage.view_planningentry"
    http_method_names = ["get", "head"]

    def get(self, request):
        entries = PlanningEntry.objects.select_related("actor")
        kinds = sorted(set(PlanningEntry.objects.order_by().values_list("kind", flat=True)))
        kind, office = request.GET.get("kind", ""), request.GET.get("office", "")
        first, last = chosen_day(request, "first"), chosen_day(request, "last")
        if kind in kinds:
            entries = entries.filter(kind=kind)
        if office.isdecimal() and len(office) < 10:
            entries = entries.filter(office=office)
        if first:
            entries = entries.filter(at__date__gte=first)
        if last:
            entries = entries.filter(at__date__lte=last)
        query = QueryDict(mutable=True)
        query.update({key: value for key, value in request.GET.items() if key != "p" and value})
        return self.render(
            page_obj=Paginator(entries, PER_PAGE).get_page(request.GET.get("p")),
            kinds=kinds,
            kind=kind,
            offices=Office.objects.all(),
            office=office,
            first=first,
            last=last,
            query=query.urlencode(),
        )
