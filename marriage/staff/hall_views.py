"""Calling people to a counter."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from ..desk import hall
from ..models import Booking
from ..models.states import IllegalChangeError
from .base import COUNTER_KEY, StaffView


class CallView(StaffView):
    """Call one couple; the counter of the clerk is remembered for the session."""

    http_method_names = ["post"]
    belongs_to = "visit"

    def post(self, request, pk):
        booking = get_object_or_404(
            Booking.objects.confirmed().select_related("slot", "office"), pk=pk
        )
        self.check_office(booking.office)
        counter = request.POST.get("counter", "").strip()
        try:
            called = hall.call(booking, counter or request.session.get(COUNTER_KEY, ""))
        except (ValueError, IllegalChangeError) as refusal:
            messages.error(request, refusal.args[0])
        else:
            request.session[COUNTER_KEY] = called.counter
            messages.success(request, f"已叫号：{called.display_ticket}，{called.counter}号窗口。")
        if request.POST.get("next") == "visit":
            return redirect("marriage_staff:visit", pk)
        return redirect(
            f"{reverse('marriage_staff:desk')}?office={booking.office_id}"
            f"&day={booking.slot.date:%Y-%m-%d}"
        )
