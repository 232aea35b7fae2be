"""Places: the month at a glance, one day in detail, applying a changed plan."""

from datetime import date, timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from .. import capacity, closing
from ..models import DayClosure, Office, PeakDay, Slot, WaitingEntry, WorkingDay
from .base import StaffView, chosen_office
from .desk_views import rows_of
from .months import capacity_month, neighbours, read_month

MOST_PLACES = 500


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
        horizon = capacity.horizon()
        return self.render(
            office=office,
            offices=Office.objects.all(),
            services=services,
            service=service,
            month=month,
            before=before,
            after=after,
            weeks=capacity_month(office, service, month, today) if office else [],
            horizon=horizon,
            affected_count=closing.on_closed_days().count(),
            unconfirmed_count=WorkingDay.objects.filter(
                is_confirmed=False, date__range=(today, horizon)
            ).count(),
        )

    def post(self, request):
        last = capacity.horizon()
        capacity.ensure_calendar(last)
        made = capacity.generate(last=last)
        if made:
            messages.success(request, f"已生成{made}个时段，到{last:%Y年%m月%d日}为止。")
        else:
            messages.success(request, f"没有缺少的时段，到{last:%Y年%m月%d日}为止都已生成。")
        return redirect(request.get_full_path())


class DayView(StaffView):
    """One day of one office: places of each slot, closing and opening again."""

    template_name = "marriage/staff/day.html"
    permission_required = "marriage.change_slot"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.office = get_object_or_404(Office, pk=kwargs["office"])
        try:
            self.day = date.fromisoformat(kwargs["day"])
        except ValueError as error:
            raise Http404("没有这一天。") from error

    def get_page_title(self):
        return f"{self.day.year}年{self.day.month}月{self.day.day}日 号源"

    def get(self, request, **kwargs):
        return self.show()

    def show(self, refused=(), typed=None, status=200):
        slots = list(self.slots())
        return self.render(
            status=status,
            office=self.office,
            day=self.day,
            working=WorkingDay.objects.filter(date=self.day).first(),
            closure=DayClosure.objects.filter(office=self.office, date=self.day).first(),
            exception=self.office.place.timetable.exception_on(self.day),
            peak=PeakDay.objects.filter(date=self.day).first(),
            is_past=self.day < timezone.localdate(),
            slots=[(slot, (typed or {}).get(slot.pk, slot.capacity)) for slot in slots],
            refused=refused,
            in_the_way=rows_of(closing.affected([slot for slot, _ in refused])),
            in_line=WaitingEntry.objects.filter(
                office=self.office, date=self.day, state=WaitingEntry.State.WAITING
            ).count(),
            waiting=rows_of(closing.booked_on(self.day, self.office)),
        )

    def slots(self):
        return (
            Slot.objects.filter(office=self.office, date=self.day)
            .select_related("service", "office")
            .order_by("service__sort_order", "service_id", "start")
        )

    def post(self, request, **kwargs):
        act = request.POST.get("act")
        if act == "close":
            return self.close()
        if act == "open":
            closing.reopen_day(self.office, self.day)
            messages.success(request, "已恢复办理。")
        elif act == "make":
            made = capacity.generate(self.day, self.day, [self.office])
            messages.success(request, f"已生成{made}个时段。" if made else "没有可以生成的时段。")
        elif act == "places":
            return self.change_places()
        return redirect(request.path)

    def close(self):
        reason = self.request.POST.get("reason", "").strip()[:120]
        if not reason:
            messages.error(self.request, "请写明停办的原因，当事人会看到。")
            return redirect(self.request.path)
        closing.close_day(self.office, self.day, reason)
        number = closing.booked_on(self.day, self.office).count()
        if number:
            messages.warning(
                self.request, f"已停办。这一天有{number}个预约，请改期或取消，系统会通知当事人。"
            )
            return redirect("marriage_staff:affected")
        messages.success(self.request, "已停办，这一天没有预约。")
        return redirect(self.request.path)

    def change_places(self):
        """All or nothing: one number too small, and none is changed."""
        typed, faults = {}, []
        slots = {slot.pk: slot for slot in self.slots()}
        for pk, slot in slots.items():
            text = self.request.POST.get(f"places-{pk}", "").strip()
            if not text:
                continue
            if not text.isdecimal() or len(text) > 5 or int(text) > MOST_PLACES:
                faults.append(
                    f"{slot.hours}：请输入0至{MOST_PLACES}的整数，您输入了“{text[:20]}”。"
                )
            typed[pk] = text
        if faults:
            for fault in faults:
                messages.error(self.request, fault)
            return self.show(typed=typed, status=422)
        wanted = {
            slots[pk]: int(text) for pk, text in typed.items() if int(text) != slots[pk].capacity
        }
        try:
            capacity.set_capacities(wanted)
        except capacity.CapacityError as refusal:
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
        changes = capacity.preview(first, last, [office]) if office else capacity.Changes()
        return self.show(office, changes)

    def show(self, office, changes, status=200):
        first, last = self.span()
        return self.render(
            status=status,
            office=office,
            offices=Office.objects.booking_here(),
            first=first,
            last=last,
            changes=changes,
            in_the_way=rows_of(closing.affected([slot for slot, _ in changes.refused])),
        )

    def post(self, request):
        office = chosen_office(request)
        first, last = self.span()
        try:
            done = capacity.realign(first, last, [office])
        except capacity.CapacityError as refusal:
            messages.error(request, "有时段的名额已被占用，没有作任何改动。")
            return self.show(office, capacity.Changes(refused=refusal.slots), status=422)
        messages.success(
            request,
            f"已套用：新增{len(done.added)}个、调整{len(done.changed)}个、"
            f"撤销{len(done.dropped)}个时段。",
        )
        return redirect(f"{reverse('marriage_staff:capacity')}?office={office.pk}")

    @staticmethod
    def span():
        return timezone.localdate() + timedelta(days=1), capacity.horizon()
