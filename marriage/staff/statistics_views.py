"""Statistics as charts with their tables, and the same as CSV."""

from datetime import timedelta

from django.contrib import messages
from django.utils import timezone

from home.charts import stacked_columns
from home.table_export import csv_response

from ..models import Office
from ..records import statistics
from .base import StaffView, chosen_day


class StatisticsView(StaffView):
    page_title = "统计"
    template_name = "marriage/staff/statistics.html"
    permission_required = "marriage.view_auditentry"

    def span(self):
        """The days asked for, at most a year; the last 30 and the coming 30 by default."""
        today = timezone.localdate()
        first = chosen_day(self.request, "first", today - timedelta(days=30))
        last = chosen_day(self.request, "last", today + timedelta(days=30))
        if last < first:
            first, last = last, first
        return first, min(last, first + statistics.MAX_SPAN)

    def office(self):
        wanted = self.request.GET.get("office", "")
        return next((each for each in Office.objects.all() if str(each.pk) == wanted), None)

    def what_differs(self, first, last) -> list[str]:
        """Where the days shown are not those asked for, in words."""
        asked = self.request.GET
        found = [
            f"“{asked[name][:20]}”不是日期，没有用。"
            for name in ("first", "last")
            if asked.get(name) and chosen_day(self.request, name) is None
        ]
        wanted = [chosen_day(self.request, name) for name in ("first", "last")]
        if all(wanted) and max(wanted) > last:
            found.append(f"一次最多看{statistics.MAX_SPAN.days}天，只统计到{last}。")
        return found

    def get(self, request):
        first, last = self.span()
        for text in self.what_differs(first, last):
            messages.warning(request, text)
        office = self.office()
        found = statistics.summarise(statistics.records(first, last, office), first, last)
        outcomes = list(statistics.OUTCOMES)
        share = found.no_show_share
        return self.render(
            first=first,
            last=last,
            office=office,
            offices=Office.objects.all(),
            found=found,
            outcomes=outcomes,
            no_show_percent=None if share is None else round(share * 100, 1),
            sections=[
                ("每天（每月）", found.by_day, stacked_columns(outcomes, found.by_day)),
                ("各业务", found.by_service, stacked_columns(outcomes, found.by_service)),
                ("各时段的负荷", found.by_hour, stacked_columns(outcomes, found.by_hour)),
            ],
            lead_chart=stacked_columns(
                ["预约数"], [(label, [number]) for label, number in found.by_lead_time]
            ),
            query=f"first={first:%Y-%m-%d}&last={last:%Y-%m-%d}&office={office.pk if office else ''}",
        )


class ExportView(StatisticsView):
    """A CSV that Excel opens; counts only."""

    def get(self, request):
        first, last = self.span()
        name = f"婚姻登记预约统计-{first:%Y%m%d}-{last:%Y%m%d}"
        found = statistics.records(first, last, self.office())
        return csv_response(statistics.export_rows(found), name)
