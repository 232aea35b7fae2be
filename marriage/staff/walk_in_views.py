"""People without a booking, while there are places left today."""

from django.contrib import messages
from django.shortcuts import redirect

from .. import desk
from ..booking import BookingError
from ..checklist import materials_for
from .base import StaffView, chosen_office
from .desk_forms import WalkInForm


class WalkInView(StaffView):
    """Takes the next place of today by the same guard as a booking, and checks them in."""

    page_title = "现场取号"
    template_name = "marriage/staff/walk_in.html"

    def get(self, request):
        office = chosen_office(request)
        return self.show(office, WalkInForm(office=office) if office else None)

    def post(self, request):
        office = chosen_office(request)
        form = WalkInForm(request.POST, office=office)
        if form.is_valid():
            service = form.cleaned_data["service"]
            slots = desk.walk_in_slots(office, service)
            if not slots:
                form.add_error(
                    "service",
                    f"今天“{service.title}”没有剩余名额。可由主管增加名额，或者在预约规则里允许现场加号。",
                )
            else:
                try:
                    booking = desk.walk_in(
                        slots[0],
                        form.people(),
                        materials_for(service, form.answers()),
                        actor=request.user,
                    )
                except BookingError as refusal:
                    form.add_error(None, refusal.message)
                else:
                    messages.success(
                        request,
                        f"已取号：{booking.slot.hours}，预约号{booking.display_reference}。",
                    )
                    return redirect("marriage_staff:visit", booking.pk)
        return self.show(office, form, status=422)

    def show(self, office, form, status=200):
        left = []
        if office:
            ahead = desk.walk_in_slots_by_service(office)
            for service in office.services.filter(is_offered=True):
                slots = ahead.get(service.pk, [])
                left.append((service, sum(max(slot.left, 0) for slot in slots), slots[:1]))
        return self.render(status=status, office=office, form=form, left=left)
