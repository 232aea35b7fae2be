"""Capacity: the month at a glance, one day in detail, applying a changed plan."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from ..calendar.closed_hours import not_closed
from ..calendar.place_hours import within_place_hours
from ..messages.delivery import told_in_words
from ..models import Booking, DayClosure, Office, PeakDay, Slot, WaitingEntry, WorkingDay
from ..models.states import State
from ..planning import applying, closures, slot_generation
from . import closing, shown
from .base import StaffView, chosen_day, chosen_office
from .closure_form import ClosureForm
from .desk_views import rows_of
from .months import capacity_month, neighbours, read_month

MAX_CAPACITY = 500


class CapacityView(StaffView):
    """A month of one office: what is offered, what is taken, what is closed."""

    page_title = "号源"
    template_name = "marriage/staff/capacity.html"
    permission_required = "marriage.change_slot"

    def get(self, request):
        today = timezone.localdate()
        office = chosen_office(request)
        month = read_month(request.GET.get("month", ""), today)
        services = list(office.services.all()) if office else []
        wanted = request.GET.get("service", "")
        service = next((each for each in services if str(each.pk) == wanted), None)
        before, after = neighbours(month)
        horizon = slot_generation.horizon()
        return self.render(
            office=office,
            offices=self.offices(),
            services=services,
            service=service,
            month=month,
            before=before,
            after=after,
            weeks=capacity_month(office, service, month, today) if office else [],
            horizon=horizon,
            affected_count=closures.to_settle(office).count(),
            unconfirmed_count=WorkingDay.objects.filter(
                is_confirmed=False, date__range=(today, horizon)
            ).count(),
        )

    def post(self, request):
        last = slot_generation.horizon()
        slot_generation.ensure_calendar(last)
        made = slot_generation.generate(last=last)
        if made:
            messages.success(
                request, f"已生成{made}个时段，到{last.year}年{last.month}月{last.day}日为止。"
            )
        else:
            messages.success(
                request, f"没有缺少的时段，到{last.year}年{last.month}月{last.day}日为止都已生成。"
            )
        return redirect(request.get_full_path())


class DayView(StaffView):
    """One day of one office: capacity of each slot, closing and opening again."""

    template_name = "marriage/staff/day.html"
    permission_required = "marriage.change_slot"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.office = get_object_or_404(Office, pk=kwargs["office"])
        if request.user.is_authenticated:
            self.check_office(self.office)
        try:
            self.day = date.fromisoformat(kwargs["day"])
        except ValueError as error:
            raise Http404("没有这一天。") from error

    def get_page_title(self):
        return f"{self.day.year}年{self.day.month}月{self.day.day}日 号源"

    def get(self, request, **kwargs):
        return self.show()

    def missed(self):
        """Return those whose absence a closure that is entered late would excuse."""
        missable = (State.BOOKED, State.NO_SHOW)
        return Booking.objects.filter(office=self.office, slot__date=self.day, state__in=missable)

    def may_close(self) -> bool:
        """Whether closing or opening again is offered; of a day that has passed only where
        it would excuse somebody, and for a few days."""
        today = timezone.localdate()
        if self.day >= today:
            return True
        if self.day < today - timedelta(days=closures.DAYS_BACK):
            return False
        is_closed = DayClosure.objects.filter(office=self.office, date=self.day).exists()
        return is_closed or self.missed().exists()

    def show(self, refused=(), typed=None, closure_form=None, status=200):
        slots = list(self.slots())
        open_slots = self.slots().filter(not_closed(), within_place_hours())
        return self.render(
            status=status,
            office=self.office,
            day=self.day,
            working=WorkingDay.objects.filter(date=self.day).first(),
            closure=DayClosure.objects.filter(office=self.office, date=self.day).first(),
            exception=self.office.place.timetable.exception_on(self.day),
            peak=PeakDay.objects.on(self.day).first(),
            is_past=self.day < timezone.localdate(),
            may_close=self.may_close(),
            missed_count=self.missed().count() if self.day < timezone.localdate() else 0,
            closure_form=closure_form or ClosureForm(),
            slots=[(slot, (typed or {}).get(slot.pk, slot.capacity)) for slot in slots],
            open_slots=set(open_slots.values_list("pk", flat=True)),
            refused=refused,
            in_the_way=rows_of(closures.affected([slot for slot, _ in refused])),
            in_line=WaitingEntry.objects.filter(
                office=self.office, date=self.day, state=WaitingEntry.State.WAITING
            ).count(),
            waiting=rows_of(closures.booked_on(self.day, self.office)),
        )

    def slots(self):
        return (
            Slot.objects.filter(office=self.office, date=self.day)
            .select_related("service", "office")
            .order_by("service__sort_order", "service_id", "start")
        )

    def post(self, request, **kwargs):
        act = request.POST.get("act")
        if act == "close" and not self.may_close():
            messages.error(request, "这一天已经过去，不能停办。")
            return redirect(request.path)
        if act in ("close", "edit"):
            return self.close(is_edited=act == "edit")
        if act == "open":
            restored = closures.reopen_day(self.office, self.day, actor=request.user)
            told = f"{len(restored)}个预约恢复有效。{told_in_words(restored)}" if restored else ""
            messages.success(request, f"已恢复办理。{told}")
        elif act == "make":
            made = slot_generation.generate(self.day, self.day, [self.office])
            messages.success(request, f"已生成{made}个时段。" if made else "没有可以生成的时段。")
        elif act == "places":
            return self.change_capacities()
        return redirect(request.path)

    def close(self, is_edited: bool):
        """First the bookings concerned and the text of the message; closed when confirmed."""
        form = ClosureForm(self.request.POST)
        if is_edited or not form.is_valid():
            return self.show(closure_form=form, status=200 if is_edited else 422)
        wanted = form.cleaned_data
        problem = closures.closure_problem(self.office, self.day, wanted["start"], wanted["end"])
        if problem:
            form.add_error("part", problem)
            return self.show(closure_form=form, status=422)
        hours = {"start": wanted["start"], "end": wanted["end"]}
        concerned = closures.would_displace(
            lambda: closures.record_closure(self.office, self.day, wanted["reason"], **hours),
            office=self.office,
        )
        seen = self.request.POST.get("seen")
        preview = closing.preview(concerned, self.request.POST)
        if seen != preview.seen:
            return self.confirm(preview, form.hours_in_words(), has_changed=bool(seen))
        displaced = closures.close_day(
            self.office, self.day, wanted["reason"], **hours, actor=self.request.user
        )
        if displaced:
            messages.warning(
                self.request,
                f"已停办，{len(displaced)}个预约待改期。{told_in_words(displaced)}请安排改期或者取消。",
            )
            return redirect("marriage_staff:affected")
        messages.success(self.request, "已停办，这段时间没有预约。")
        return redirect(self.request.path)

    def confirm(self, preview, hours: str, has_changed: bool):
        self.template_name = "marriage/staff/closing.html"
        return self.render(
            what=f"{self.office} {self.day.year}年{self.day.month}月{self.day.day}日{hours}停办",
            act="close",
            preview=preview,
            seen=preview.seen,
            hidden=closing.hidden(self.request.POST),
            has_changed=has_changed,
        )

    def change_capacities(self):
        """All or nothing: one number too small, or changed by somebody else since the page was
        opened, and none is changed."""
        slots = {f"places-{slot.pk}": slot for slot in self.slots()}
        now = {name: str(slot.capacity) for name, slot in slots.items()}
        changed, outdated = shown.changed_fields(self.request.POST, now)
        typed = {slots[name].pk: text for name, text in changed.items()}
        faults = [
            f"{slots[name].hours}：请输入0至{MAX_CAPACITY}的整数（不办的填0），您输入了“{text[:20]}”。"
            for name, text in changed.items()
            if not text.isdecimal() or len(text) > 5 or int(text) > MAX_CAPACITY
        ]
        if outdated:
            faults = [shown.OUT_OF_DATE.format(what="这一天的名额")]
        for fault in faults:
            messages.error(self.request, fault)
        if faults:
            return self.show(typed=typed, status=409 if outdated else 422)
        wanted = {slots[name]: int(text) for name, text in changed.items()}
        try:
            applying.set_capacities(wanted)
        except applying.CapacityError as refusal:
            messages.error(self.request, "名额不能少于已占的数目，没有作任何改动。")
            return self.show(refused=refusal.slots, typed=typed, status=422)
        messages.success(self.request, f"已保存，改动了{len(wanted)}个时段。")
        return redirect(self.request.path)


class RealignView(StaffView):
    """Apply changed templates and peak plans to the days that already have slots."""

    page_title = "套用新方案"
    template_name = "marriage/staff/realign.html"
    permission_required = "marriage.change_slot"

    def get(self, request):
        office = chosen_office(request)
        first, last = self.span()
        changes = applying.preview(first, last, [office]) if office else applying.Changes()
        return self.show(office, changes)

    def show(self, office, changes, status=200):
        first, last = self.span()
        return self.render(
            status=status,
            office=office,
            offices=self.offices().booking_here(),
            first=first,
            last=last,
            changes=changes,
            in_the_way=rows_of(closures.affected([slot for slot, _ in changes.refused])),
        )

    def post(self, request):
        office = chosen_office(request)
        if office is None:
            return self.show(None, applying.Changes(), status=409)
        first, last = self.span()
        try:
            keep = request.POST.get("keep") == "1"
            done = applying.realign(first, last, [office], keep_booked=keep)
        except applying.CapacityError as refusal:
            messages.error(request, "有时段的名额已被占用，没有作任何改动。")
            return self.show(office, applying.Changes(refused=refusal.slots), status=422)
        messages.success(
            request,
            f"已套用：新增{len(done.added)}个、调整{len(done.changed)}个、"
            f"撤销{len(done.dropped)}个时段"
            f"{f'，{len(done.refused)}个按已约的保留' if done.refused else ''}。",
        )
        return redirect(f"{reverse('marriage_staff:capacity')}?office={office.pk}")

    def span(self):
        """The days asked for, else from tomorrow on; today only when asked for."""
        today, horizon = timezone.localdate(), slot_generation.horizon()
        first = chosen_day(self.request, "first", today + timedelta(days=1))
        last = chosen_day(self.request, "last", horizon)
        return max(first, today), min(last, horizon)
