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

from ..calendar.working_days import GUESS_NOTE, proposed_rows
from ..messages.delivery import told_in_words
from ..models import WorkingDay
from ..planning import closures, slot_generation
from . import closing, shown
from .base import StaffView
from .months import neighbours, read_month


class CalendarView(StaffView):
    """A month of days to look over and confirm; unconfirmed months are listed on top."""

    page_title = "工作日历"
    template_name = "marriage/staff/calendar.html"
    permission_required = "marriage.change_workingday"

    def get(self, request):
        return self.show(read_month(request.GET.get("month", ""), timezone.localdate()))

    def show(self, month: date, typed=None, outdated=(), status=200):
        """The month as it is; `typed` are changes that were not saved, by field."""
        today = timezone.localdate()
        before, after = neighbours(month)
        now, typed = self.fields(month), typed or {}
        unconfirmed = (
            WorkingDay.objects.filter(is_confirmed=False, date__gte=today)
            .annotate(month=TruncMonth("date"))
            .values("month")
            .annotate(number=Count("pk"))
            .order_by("month")
        )
        return self.render(
            status=status,
            month=month,
            before=before,
            after=after,
            today=today,
            rows=[
                {
                    "day": row,
                    **{
                        name: typed.get(f"{name}-{row.date}", now[f"{name}-{row.date}"])
                        for name in ("work", "note")
                    },
                    "was_work": now[f"work-{row.date}"],
                    "is_outdated": bool({f"work-{row.date}", f"note-{row.date}"} & {*outdated}),
                }
                for row in self.rows(month)
            ],
            unconfirmed=list(unconfirmed),
            horizon=slot_generation.horizon(),
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

    def fields(self, month: date) -> dict[str, str]:
        """{field of the form: value as it is}."""
        found = {}
        for row in self.rows(month):
            found[f"work-{row.date}"] = "1" if row.is_working else "0"
            found[f"note-{row.date}"] = row.note
        return found

    def post(self, request):
        """Saved at once unless somebody has booked on a day that would be one of rest: then
        the bookings concerned are shown first, with what the people will be told."""
        month = read_month(request.GET.get("month", ""), timezone.localdate())
        act = request.POST.get("act")
        if act == "edit":
            return redirect(f"{reverse('marriage_staff:calendar')}?month={month:%Y-%m}")
        confirms, now = act == "confirm", self.fields(month)
        typed, outdated = shown.changed_fields(request.POST, now)
        if confirms:  # Whoever confirms a month has looked at all of it.
            outdated = shown.outdated_fields(request.POST, now)
        if outdated:
            sent_what_it_showed = any(name.startswith("was-") for name in request.POST)
            text = shown.OUT_OF_DATE.format(what="工作日历")
            messages.error(request, text if sent_what_it_showed else shown.INCOMPLETE)
            return self.show(month, typed, outdated, status=409)
        before = closures.would_displace(lambda: None)
        after = closures.would_displace(lambda: self.save(month, typed, confirms))
        known = {booking.pk for booking in before}
        displaced = [booking for booking in after if booking.pk not in known]
        if displaced:
            preview = closing.preview(displaced, request.POST)
            seen = request.POST.get("seen")
            if seen != preview.seen:
                return self.ask(preview, month, act, has_changed=bool(seen))
        return self.apply(month, typed, confirms)

    def ask(self, preview, month: date, act: str, has_changed: bool):
        self.template_name = "marriage/staff/closing.html"
        return self.render(
            what=f"{month.year}年{month.month}月工作日历：有预约的日子改为休息",
            act=act,
            preview=preview,
            seen=preview.seen,
            hidden=closing.hidden(self.request.POST),
            has_changed=has_changed,
        )

    def save(self, month: date, typed: dict[str, str], confirms: bool) -> int:
        """Write down the fields that were changed, and confirm the month where that is asked
        for; returns how many days have changed."""
        changed = 0
        with transaction.atomic():
            for row in self.rows(month):
                before = (row.is_working, row.is_confirmed, row.note)
                work = typed.get(f"work-{row.date}", "")
                row.is_working = {"1": True, "0": False}.get(work, row.is_working)
                row.note = typed.get(f"note-{row.date}", row.note)[:80]
                row.is_confirmed = row.is_confirmed or confirms
                if row.is_confirmed and row.note == GUESS_NOTE:
                    row.note = ""
                if (row.is_working, row.is_confirmed, row.note) != before:
                    row.save()
                    changed += 1
        return changed

    def apply(self, month: date, typed: dict[str, str], confirms: bool):
        changed = self.save(month, typed, confirms)
        made = slot_generation.generate()
        messages.success(
            self.request,
            f"已保存{'并核实' if confirms else ''}{month.year}年{month.month}月，改动{changed}天，"
            f"新生成{made}个时段。",
        )
        displaced, restored = closures.settle(actor=self.request.user)
        if restored:
            messages.success(
                self.request, f"{len(restored)}个预约恢复有效。{told_in_words(restored)}"
            )
        if displaced:
            messages.warning(
                self.request,
                f"{len(displaced)}个预约落在休息的日子。{told_in_words(displaced)}请安排改期。",
            )
            return redirect("marriage_staff:affected")
        return redirect(f"{reverse('marriage_staff:calendar')}?month={month:%Y-%m}")
