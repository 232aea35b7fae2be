"""Move or cancel one booking, or all that lie on days that are closed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from ..booking.bookings import BookingError, check_shown
from ..messages.delivery import deliveries, told_in_words
from ..models import Booking
from ..models.states import TO_COME, IllegalChangeError
from ..planning import closures, rebooking
from .base import StaffView, chosen_day
from .desk_views import rows_of
from .visit_views import VisitView

MAX_KEY_LENGTH = 15
MOVES_LISTED = 30


class RebookingView(VisitView):
    """Move or cancel for people who call or stand at the counter."""

    template_name = "marriage/staff/rebooking.html"

    def get_page_title(self):
        return f"改期或取消 {self.booking.display_reference}"

    def get(self, request, pk):
        if self.booking.state not in TO_COME:
            messages.error(request, "只有还没报到的预约才能改期或取消。")
            return redirect("marriage_staff:visit", pk)
        day = chosen_day(request)
        return self.render(
            booking=self.booking,
            day=day,
            free_days=rebooking.free_days_for(self.booking),
            free_slots=rebooking.free_slots_for(self.booking, day=day),
            reasons=rebooking.REASONS.items(),
        )

    def post(self, request, pk):
        note = request.POST.get("note", "").strip()[:100]
        shown = request.POST.get("shown", "")
        try:
            check_shown(self.booking, shown)
            if request.POST.get("act") == "cancel":
                reason = request.POST.get("reason")
                if reason not in rebooking.REASONS:
                    messages.error(request, "请选择取消的原因。")
                    return self.get(request, pk)
                done = rebooking.cancel(self.booking, reason, note, shown=shown, actor=request.user)
                messages.success(request, f"已取消。{told_in_words([done])}")
            else:
                slot = request.POST.get("slot", "")
                if not slot.isdecimal() or len(slot) > MAX_KEY_LENGTH:
                    messages.error(request, "请选择新的时间。")
                    return self.get(request, pk)
                moved = rebooking.move(
                    self.booking, int(slot), note=note, shown=shown, actor=request.user
                )
                messages.success(request, f"已改到{moved.slot}。{told_in_words([moved])}")
        except BookingError as refusal:
            messages.error(request, refusal.message)
            return self.get(request, pk)
        except IllegalChangeError as refusal:
            messages.error(request, refusal.args[0])
        return redirect("marriage_staff:visit", pk)


class AffectedView(StaffView):
    """Bookings displaced by a closure, until each is moved or cancelled."""

    page_title = "待改期的预约"
    template_name = "marriage/staff/affected.html"
    permission_required = "marriage.change_slot"

    def get(self, request):
        rows = rows_of(self.to_settle())
        told = deliveries([row.booking for row in rows], "displaced")
        for row in rows:
            row.told = [
                (person, told.get((row.booking.pk, person.position), [])) for person in row.people
            ]
        return self.render(rows=rows, all_ticked=request.GET.get("all") == "1")

    def post(self, request):
        typed = request.POST.getlist("booking")
        wanted = [pk for pk in typed if pk.isdecimal() and len(pk) <= MAX_KEY_LENGTH]
        chosen = list(self.to_settle().filter(pk__in=wanted[:2000]))
        note = request.POST.get("note", "").strip()[:100]
        self.tell_of_settled(wanted, chosen)
        if not wanted:
            messages.error(request, "请先勾选要处理的预约。")
        elif chosen and request.POST.get("act") == "move":
            moved, left = rebooking.move_all(chosen, note=note, actor=request.user)
            if moved:
                messages.success(
                    request,
                    f"已改期{len(moved)}个预约：{where_they_went(moved)}。{told_in_words(moved)}",
                )
            if left:
                messages.warning(
                    request,
                    f"{len(left)}个预约在放号期内（第二次到场的，在法定期限内）没有找到空位，"
                    "仍待改期，请逐个处理。",
                )
        elif chosen and request.POST.get("act") == "cancel":
            if "sure" not in request.POST:
                return self.ask_before_cancelling(chosen, note)
            if done := self.cancel_all(chosen, note):
                messages.success(
                    request,
                    f"已取消{len(done)}个预约，不计入取消次数。{told_in_words(done)}",
                )
        return redirect(reverse("marriage_staff:affected"))

    def to_settle(self):
        return closures.to_settle().filter(office__in=self.offices())

    def tell_of_settled(self, wanted: list[str], chosen: list[Booking]) -> None:
        """Name those that were ticked and are displaced no more: people move by themselves."""
        left_out = {int(pk) for pk in wanted} - {booking.pk for booking in chosen}
        found = Booking.objects.filter(pk__in=left_out, office__in=self.offices())
        for booking in found.select_related("slot").order_by("pk")[:MOVES_LISTED]:
            messages.warning(
                self.request,
                f"{booking.display_reference}已经不是待改期，没有再动：现在是"
                f"“{booking.get_state_display()}”，时间是{booking.slot}。",
            )

    def ask_before_cancelling(self, chosen: list[Booking], note: str):
        self.template_name = "marriage/staff/affected_cancel.html"
        return self.render(rows=rows_of(chosen), note=note)

    def cancel_all(self, chosen: list[Booking], note: str) -> list[Booking]:
        done = []
        for booking in chosen:
            try:
                done.append(
                    rebooking.cancel(
                        booking,
                        rebooking.BY_OFFICE,
                        note,
                        shown=booking.shown_as,
                        actor=self.request.user,
                    )
                )
            except IllegalChangeError as refusal:
                messages.error(self.request, f"{booking.display_reference}：{refusal.args[0]}")
        return done


def where_they_went(moved: list[Booking]) -> str:
    """K7M4Q-9TX3P改到6月9日09:00–10:00、…, the first of them."""
    places = [
        f"{booking.display_reference}改到{booking.slot.date.month}月{booking.slot.date.day}日"
        f"{booking.slot.hours}"
        for booking in moved
    ]
    more = "等" if len(places) > MOVES_LISTED else ""
    return "、".join(places[:MOVES_LISTED]) + more
