"""Booking for somebody who calls, on a coming day."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect

from home.messages.gateways import is_sent

from ..availability import free_times
from ..booking.bookings import BookingError
from ..desk import walk_ins
from ..divorce.receipt_typing import ReceiptTyping
from ..divorce.second_visit import receipt_problem, window_for
from ..models import Slot
from .base import StaffView, chosen_day, chosen_office
from .desk_forms import WalkInForm
from .receipt_forms import day_field
from .walk_in_views import words_of

SHOWN = 60


class CallerForm(ReceiptTyping, WalkInForm):
    """As at the counter, with a time, a telephone, and the receipt of a second visit."""

    slot = forms.ModelChoiceField(
        Slot.objects.none(),
        label="时间",
        error_messages={"required": "请选择时间。", "invalid_choice": "这个时间刚刚约满，请另选。"},
    )
    receipt_number = forms.CharField(label="受理回执编号", max_length=40, required=False)
    accepted_on = day_field("受理日期", required=False)

    def __init__(self, *args, service, slots, **kwargs):
        super().__init__(*args, **kwargs)
        self.chosen_service = service
        self.fields["service"].required = False
        self.fields["phone_1"].required = True
        self.fields["slot"].queryset = slots
        if service.kind != service.Kind.REPLACEMENT:
            self.drop_facts()
        if not service.is_second_visit:
            for name in ("receipt_number", "accepted_on", "is_that_day"):
                del self.fields[name]

    def clean_service(self):
        return self.chosen_service

    def receipt_fields(self):
        names = ("receipt_number", "accepted_on", "is_that_day")
        return [self[name] for name in names if name in self.fields]

    def receipt_office(self):
        return self.office

    def visit_day(self):
        slot = self.cleaned_data.get("slot")
        return slot.date if slot else super().visit_day()

    def clean(self):
        cleaned = super().clean()
        if not self.chosen_service.is_second_visit:
            return cleaned
        for name in ("receipt_number", "accepted_on"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, "第二次到场要填受理回执上的这一项。")
        slot = cleaned.get("slot")
        if slot and not self.errors:
            if slot.date not in window_for(self.receipt()):
                self.add_error("slot", "这一天不在可以领证的期限内。")
            elif problem := receipt_problem(self.receipt(), self.people()):
                self.add_error("receipt_number", problem)
        return cleaned

    def receipt(self) -> dict | None:
        if not self.chosen_service.is_second_visit:
            return None
        return {
            "number": self.cleaned_data["receipt_number"],
            "office": self.office.pk,
            "accepted_on": self.cleaned_data["accepted_on"].isoformat(),
        }


class CallerView(StaffView):
    page_title = "代来电人预约"
    template_name = "marriage/staff/caller.html"

    def choose(self):
        self.office = chosen_office(self.request)
        services = self.office.services.filter(is_offered=True) if self.office else []
        self.services = list(services)
        wanted = self.request.POST.get("service") or self.request.GET.get("service", "")
        found = (each for each in self.services if str(each.pk) == wanted)
        self.service = next(found, next(iter(self.services), None))
        self.day = chosen_day(self.request)

    def slots(self):
        if not self.service:
            return Slot.objects.none()
        slots = free_times.free_slots(self.service, offices=[self.office])
        return slots.filter(date=self.day) if self.day else slots

    def get(self, request):
        self.choose()
        return self.show(self.form())

    def form(self, data=None):
        if not self.service:
            return None
        return CallerForm(data, office=self.office, service=self.service, slots=self.slots())

    def show(self, form, status=200):
        return self.render(
            status=status,
            office=self.office,
            offices=self.offices(),
            services=self.services,
            service=self.service,
            day=self.day,
            form=form,
            free_slots=self.slots()[:SHOWN],
            chosen=self.request.POST.get("slot", ""),
        )

    def post(self, request):
        self.choose()
        form = self.form(request.POST)
        if form is None:
            return self.show(None, status=409)
        if form.is_valid():
            try:
                booking = walk_ins.book_for_caller(
                    form.cleaned_data["slot"],
                    form.people(),
                    form.answers(),
                    receipt=form.receipt(),
                    actor=request.user,
                )
            except BookingError as refusal:
                form.add_error(None, words_of(refusal, self.offices()))
            else:
                sent = "，已发短信" if is_sent("sms") else ""
                messages.success(
                    request,
                    f"已预约{booking.slot}，预约号{booking.display_reference}{sent}。请读给来电人听。",
                )
                return redirect("marriage_staff:visit", booking.pk)
        return self.show(form, status=422)
