"""Move or cancel one booking, or all that lie on days that are closed."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from .. import closing, rearranging
from ..booking import BookingError
from ..models import Booking
from ..states import IllegalChangeError, State
from .base import StaffView
from .desk_views import rows_of
from .visit_views import VisitView

LONGEST_KEY = 15


class RearrangeView(VisitView):
    """Move or cancel for people who call or stand at the counter."""

    template_name = "marriage/staff/rearrange.html"

    def get_page_title(self):
        return f"改期或取消 {self.booking.display_reference}"

    def get(self, request, pk):
        if self.booking.state != State.BOOKED:
            messages.error(request, "只有还没报到的预约才能改期或取消。")
            return redirect("marriage_staff:visit", pk)
        return self.render(
            booking=self.booking,
            places=rearranging.places_for(self.booking),
            reasons=rearranging.REASONS.items(),
        )

    def post(self, request, pk):
        try:
            if request.POST.get("act") == "cancel":
                reason = request.POST.get("reason")
                if reason not in rearranging.REASONS:
                    messages.error(request, "请选择取消的原因。")
                    return self.get(request, pk)
                note = request.POST.get("note", "").strip()[:100]
                rearranging.cancel(self.booking, reason, note, actor=request.user)
                messages.success(request, "已取消，并已通知当事人。")
            else:
                slot = request.POST.get("slot", "")
                if not slot.isdecimal() or len(slot) > LONGEST_KEY:
                    messages.error(request, "请选择新的时间。")
                    return self.get(request, pk)
                moved = rearranging.move(self.booking, int(slot), actor=request.user)
                messages.success(request, f"已改到{moved.slot}，并已通知当事人。")
        except BookingError as refusal:
            messages.error(request, refusal.message)
            return self.get(request, pk)
        except IllegalChangeError as refusal:
            messages.error(request, refusal.args[0])
        return redirect("marriage_staff:visit", pk)


class AffectedView(StaffView):
    """Bookings on days that were closed after people had booked."""

    page_title = "待改期的预约"
    template_name = "marriage/staff/affected.html"
    permission_required = "marriage.change_slot"

    def get(self, request):
        return self.render(rows=rows_of(closing.on_closed_days()))

    def post(self, request):
        typed = request.POST.getlist("booking")
        wanted = [pk for pk in typed if pk.isdecimal() and len(pk) <= LONGEST_KEY]
        chosen = list(closing.on_closed_days().filter(pk__in=wanted[:2000]))
        if not chosen:
            messages.error(request, "请先勾选要处理的预约。")
        elif request.POST.get("act") == "move":
            moved, left = rearranging.move_all(chosen, actor=request.user)
            if moved:
                messages.success(request, f"已改期{len(moved)}个预约，并已通知当事人。")
            if left:
                messages.warning(request, f"{len(left)}个预约没有找到空位，请逐个处理或取消。")
        elif request.POST.get("act") == "cancel":
            note = request.POST.get("note", "").strip()[:100]
            done = self.cancel_all(chosen, note)
            messages.success(request, f"已取消{done}个预约，并已通知当事人，不计入取消次数。")
        return redirect(reverse("marriage_staff:affected"))

    def cancel_all(self, chosen: list[Booking], note: str) -> int:
        done = 0
        for booking in chosen:
            try:
                rearranging.cancel(booking, rearranging.BY_OFFICE, note, actor=self.request.user)
                done += 1
            except IllegalChangeError as refusal:
                messages.error(self.request, f"{booking.display_reference}：{refusal.args[0]}")
        return done
