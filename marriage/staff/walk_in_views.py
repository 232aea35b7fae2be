"""People without a booking, while there is capacity left today."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from ..availability import opening
from ..booking.bookings import AlreadyBookedError, BookingError
from ..desk import corrections, walk_ins
from ..divorce.acceptance import running_receipt_of
from ..divorce.second_visit import window_problem
from ..identity.hashes import person_hash
from ..models.states import IllegalChangeError
from .base import StaffView, chosen_office
from .desk_forms import PeopleCorrectionForm, WalkInForm
from .people import masked
from .visit_views import VisitView


def words_of(refusal: BookingError, offices):
    """Why a booking is refused; one that stands in the way is named, with the way to it where it
    is at one of `offices`."""
    if not isinstance(refusal, AlreadyBookedError) or refusal.party is None:
        return refusal.message
    booking = refusal.party.booking
    text = f"这位当事人已经预约了这项业务：{booking.slot}，预约号{booking.display_reference}。"
    if not offices.filter(pk=booking.office_id).exists():
        return f"{text}请那个登记处改期或者取消以后，再办。"
    address = reverse("marriage_staff:visit", args=[booking.pk])
    return format_html('{}<a href="{}">打开这个预约，改期或者取消</a>', text, address)


def too_early_or_late(office, service, people: list[dict]) -> str:
    """Why a second visit cannot succeed today, or "": by the couple's receipt, where it is on
    record; a paper receipt of another system is looked at later."""
    if not service.is_second_visit:
        return ""
    receipt = running_receipt_of(office, [person_hash(each["id_number"]) for each in people])
    return window_problem(receipt.accepted_on, timezone.localdate()) if receipt else ""


class WalkInView(StaffView):
    """Claims the next free slot of today by the same guard as a booking, and checks them in."""

    page_title = "现场取号"
    template_name = "marriage/staff/walk_in.html"

    def get(self, request):
        office = chosen_office(request)
        return self.show(office, WalkInForm(office=office) if office else None)

    def post(self, request):
        office = chosen_office(request)
        if office is None:
            return self.show(None, None, status=409)
        form = WalkInForm(request.POST, office=office)
        if form.is_valid():
            service = form.cleaned_data["service"]
            slots = walk_ins.walk_in_slots(office, service)
            if problem := too_early_or_late(office, service, form.people()):
                form.add_error("service", problem)
            elif not slots:
                form.add_error(
                    "service",
                    opening.closed_today(office, service)
                    or f"今天“{service.title}”没有剩余名额。可由主管增加名额，或者在预约规则里允许现场加号。",
                )
            else:
                try:
                    booking = walk_ins.walk_in(
                        slots[0],
                        form.people(),
                        form.answers(),
                        actor=request.user,
                    )
                except BookingError as refusal:
                    form.add_error(None, words_of(refusal, self.offices()))
                else:
                    messages.success(
                        request,
                        f"已取号{booking.display_ticket}：{booking.slot.hours}，"
                        f"预约号{booking.display_reference}。",
                    )
                    self.warn_of_done_today(booking)
                    return redirect("marriage_staff:visit", booking.pk)
        return self.show(office, form, status=422)

    def warn_of_done_today(self, booking) -> None:
        """Name the visits of these people for the same service that ended well today: a second
        number for them is mostly a mistake."""
        for other in walk_ins.done_today(booking):
            address = reverse("marriage_staff:visit", args=[other.pk])
            text = '这两位中有人今天已经办结过这项业务（<a href="{}">预约号{}</a>），请核对是不是重复取号。'
            messages.warning(self.request, format_html(text, address, other.display_reference))

    def show(self, office, form, status=200):
        left = []
        if office:
            ahead = walk_ins.walk_in_slots_by_service(office)
            for service in office.services.filter(is_offered=True):
                slots = ahead.get(service.pk, [])
                closed = "" if slots else opening.closed_today(office, service)
                left.append((service, sum(max(slot.left, 0) for slot in slots), slots[:1], closed))
        return self.render(status=status, office=office, form=form, left=left)


class CorrectPeopleView(VisitView):
    """Put right who was mistyped when the number was taken."""

    template_name = "marriage/staff/walk_in_correct.html"

    def get_page_title(self):
        return f"更正当事人 {self.booking.display_reference}"

    def get(self, request, pk):
        if problem := corrections.correction_problem(self.booking):
            messages.error(request, problem)
            return redirect("marriage_staff:visit", pk)
        return self.show_form(PeopleCorrectionForm(booking=self.booking))

    def show_form(self, form, status=200):
        return self.render(
            status=status, form=form, booking=self.booking, people=masked(self.booking)
        )

    def post(self, request, pk):
        booking = self.booking
        form = PeopleCorrectionForm(request.POST, booking=booking)
        if not form.is_valid():
            return self.show_form(form, status=422)
        if problem := too_early_or_late(booking.office, booking.service, form.people()):
            form.add_error(None, problem)
            return self.show_form(form, status=422)
        try:
            corrections.correct(
                booking,
                form.people(),
                form.answers(),
                reason=form.cleaned_data["reason"],
                shown=request.POST.get("shown", ""),
                actor=request.user,
            )
        except BookingError as refusal:
            form.add_error(None, words_of(refusal, self.offices()))
            return self.show_form(form, status=422)
        except IllegalChangeError as refusal:
            messages.error(request, refusal.args[0])
        else:
            messages.success(request, "已更正，原因记入操作记录。请再核对一遍材料。")
        return redirect("marriage_staff:visit", pk)
