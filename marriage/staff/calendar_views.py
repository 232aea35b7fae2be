"""The calendar of working days: what nobody has confirmed yet, month by month."""

from calendar import monthrange
from datetime import date

from django.contrib import messages
from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from .. import capacity, closing
from ..models import WorkingDay
from ..working_days import GUESS_NOTE, proposed_rows
from .base import StaffView
from .months import neighbours, read_month


class CalendarView(StaffView):
    """A month of days to look over and confirm; unconfirmed months are listed on top."""

    page_title = "工作日历"
    template_name = "marriage/staff/calendar.html"
    permission_required = "marriage.change_workingday"

    def get(self, request):
        today = timezone.localdate()
        month = read_month(request.GET.get("month", ""), today)
        before, after = neighbours(month)
        unconfirmed = (
            WorkingDay.objects.filter(is_confirmed=False, date__gte=today)
            .annotate(month=TruncMonth("date"))
            .values("month")
            .annotate(number=Count("pk"))
            .order_by("month")
        )
        return self.render(
            month=month,
            before=before,
            after=after,
            today=today,
            rows=self.rows(month),
            unconfirmed=list(unconfirmed),
            horizon=capacity.horizon(),
        )

    @staticmethod
    def rows(month: date) -> list[WorkingDay]:
        """The days of a month: those kept, and proposals for those missing."""
        last = month.replace(day=monthrange(month.year, month.month)[1])
        kept = {row.date: row for row in WorkingDay.objects.filter(date__range=(month, last))}
        return [
            kept.get(row.day)
            or WorkingDay(
                date=row.day,
                is_working=row.is_working,
                is_confirmed=False,
                note=row.note,
            )
            for row in proposed_rows(month, last)
        ]

    def post(self, request):
        month = read_month(request.GET.get("month", ""), timezone.localdate())
        confirms = request.POST.get("act") == "confirm"
        changed = 0
        with transaction.atomic():
            for row in self.rows(month):
                key = f"{row.date:%Y-%m-%d}"
                before = (row.is_working, row.is_confirmed, row.note)
                row.is_working = request.POST.get(f"work-{key}") == "1"
                row.note = request.POST.get(f"note-{key}", "").strip()[:80]
                row.is_confirmed = row.is_confirmed or confirms
                if row.is_confirmed and row.note == GUESS_NOTE:
                    row.note = ""
                if (row.is_working, row.is_confirmed, row.note) != before or row.pk is None:
                    row.save()
                    changed += 1
        made = capacity.generate()
        confirmed = "并核实" if confirms else ""
        messages.success(
            request,
            f"已保存{confirmed}{month:%Y年%m月}，改动{changed}天，新生成{made}个时段。",
        )
        number = closing.on_closed_days().count()
        if number:
            messages.warning(request, f"有{number}个预约落在休息或停办的日子，请改期或取消。")
            return redirect("marriage_staff:affected")
        return redirect(f"{reverse('marriage_staff:calendar')}?month={month:%Y-%m}")
