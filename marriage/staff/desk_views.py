"""The desk: today's list, one visit, walk-ins."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .. import acceptance, audit, desk
from ..models import Acceptance, AuditEntry, Booking, Office, Service
from ..second_visit import plan_for
from ..states import IllegalChangeError, State
from .base import StaffView, chosen_day, chosen_office
from .desk_forms import AcceptForm
from .people import in_full, masked

POLL_SECONDS = 10


class Row:
    """One line of the list: a booking, its people as staff see them, what can be done."""

    def __init__(self, booking: Booking, now):
        self.booking = booking
        self.people = masked(booking)
        self.steps = desk.steps(booking, now)


def rows_of(bookings, now=None) -> list[Row]:
    now = timezone.localtime(now)
    return [Row(booking, now) for booking in bookings]


class DeskView(StaffView):
    """Today's people by time; a search looks further."""

    page_title = "今日窗口"
    template_name = "marriage/staff/desk.html"

    def get(self, request):
        today = timezone.localdate()
        office, day = chosen_office(request), chosen_day(request, default=today)
        searched = request.GET.get("q", "").strip()[:200]
        found = desk.find(searched, office, day) if searched else None
        if found is not None and len(found) == 1:
            return redirect("marriage_staff:visit", found[0].pk)
        rows = rows_of(desk.day_list(office, day)) if office else []
        return self.render(
            office=office,
            offices=Office.objects.all(),
            day=day,
            today=today,
            searched=searched,
            found=None if found is None else rows_of(found),
            left_open=rows_of(desk.unfinished(office, today)) if office else [],
            poll_seconds=POLL_SECONDS,
            version=version_of(rows),
            list_html=list_html(request, rows),
        )


class DeskListView(StaffView):
    """The list alone, asked for again and again by the page; says 204 when nothing moved."""

    def get(self, request):
        office, day = chosen_office(request), chosen_day(request, default=timezone.localdate())
        rows = rows_of(desk.day_list(office, day)) if office else []
        version = version_of(rows)
        if request.GET.get("version") == version:
            return HttpResponse(status=204)
        return JsonResponse({"html": list_html(request, rows), "version": version})


def list_html(request, rows: list[Row]) -> str:
    context = {"rows": rows, "counts": desk.counts(row.booking for row in rows)}
    return render_to_string("marriage/staff/desk_list.html", context, request)


def version_of(rows: list[Row]) -> str:
    """A short text that changes whenever the list looks different."""
    seen = [
        (row.booking.pk, row.booking.state, row.booking.slot_id, [step.label for step in row.steps])
        for row in rows
    ]
    return salted_hmac("desk", repr(seen)).hexdigest()[:16]


class StepView(StaffView):
    """One step with one booking, by POST."""

    http_method_names = ["post"]

    def post(self, request, pk):
        booking = get_object_or_404(
            Booking.objects.confirmed().select_related("slot", "service", "office"), pk=pk
        )
        try:
            changed = desk.take_step(booking, request.POST.get("step", ""), actor=request.user)
        except (IllegalChangeError, ValueError) as refusal:
            text = refusal.args[0] if isinstance(refusal, IllegalChangeError) else "没有这一步。"
            messages.error(request, text)
        else:
            label = changed.get_state_display()
            messages.success(request, f"{changed.display_reference}：{label}。")
        if request.POST.get("next") == "visit":
            return redirect("marriage_staff:visit", pk)
        return redirect(
            f"{reverse('marriage_staff:desk')}?office={booking.office_id}"
            f"&day={booking.slot.date:%Y-%m-%d}"
        )


class VisitView(StaffView):
    """One booking at the counter: people, checklist, steps, receipt, what happened."""

    template_name = "marriage/staff/visit.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.booking = get_object_or_404(
            Booking.objects.confirmed()
            .select_related("slot", "service", "office")
            .prefetch_related("parties"),
            pk=kwargs["pk"],
        )

    def get_page_title(self):
        return f"预约 {self.booking.display_reference}"

    def get(self, request, pk):
        return self.show()

    def show(self, accept_form=None, people=None, status=200):
        booking = self.booking
        receipt = Acceptance.objects.filter(booking=booking).first()
        ticked = booking.materials_ticked
        return self.render(
            status=status,
            booking=booking,
            people=people or masked(booking),
            is_full_view=people is not None,
            steps=desk.steps(booking),
            checklist=[(item, item["title"] in ticked) for item in booking.checklist],
            missing=[item for item in booking.checklist if item["title"] not in ticked],
            accept_form=accept_form or self.accept_form(),
            receipt=receipt,
            dates=plan_for(receipt.accepted_on) if receipt else None,
            may_withdraw=bool(receipt and not acceptance.withdrawal_problem(receipt)),
            history=[
                (entry, State(entry.new_state).label if entry.new_state != entry.old_state else "")
                for entry in booking.audit.select_related("actor")
            ],
            first_visit=self.first_visit(),
        )

    def accept_form(self, data=None):
        booking = self.booking
        if booking.service.kind != Service.Kind.DIVORCE_APPLICATION:
            return None
        if booking.state != State.IN_SERVICE:
            return None
        return AcceptForm(
            data,
            initial={
                "receipt_number": acceptance.suggested_number(booking.office),
                "accepted_on": timezone.localdate(),
            },
        )

    def first_visit(self) -> dict | None:
        """For a second visit: the receipt it rests on, and whether today is in time."""
        if not self.booking.service.is_second_visit or not self.booking.receipt_number:
            return None
        receipt = (
            Acceptance.objects.filter(receipt_number=self.booking.receipt_number)
            .select_related("office")
            .first()
        )
        if receipt is None:
            return {"receipt": None}
        dates = plan_for(receipt.accepted_on)
        return {
            "receipt": receipt,
            "dates": dates,
            "in_time": self.booking.slot.date in dates.window,
            "withdrawn": receipt.withdrawn_on,
            "same_office": receipt.office_id == self.booking.office_id,
        }


class TickView(VisitView):
    http_method_names = ["post"]

    def post(self, request, pk):
        missing = desk.tick(self.booking, request.POST.getlist("material"), actor=request.user)
        if missing:
            messages.warning(request, f"已保存，还差{len(missing)}项材料：{'、'.join(missing)}。")
        else:
            messages.success(request, "已保存，材料齐全。")
        return redirect("marriage_staff:visit", pk)


class AcceptView(VisitView):
    http_method_names = ["post"]

    def post(self, request, pk):
        form = self.accept_form(request.POST)
        if form is None:
            messages.error(request, "这个预约现在不能登记受理，请看最新状态。")
            return redirect("marriage_staff:visit", pk)
        if form.is_valid():
            try:
                acceptance.accept(
                    self.booking,
                    form.cleaned_data["receipt_number"],
                    form.cleaned_data["accepted_on"],
                    actor=request.user,
                )
            except acceptance.AcceptanceError as refusal:
                form.add_error(refusal.field, refusal.message)
            except IllegalChangeError as refusal:
                form.add_error(None, refusal.args[0])
            else:
                messages.success(request, "已受理。请把下面的日期告诉双方，并打印回执。")
                return redirect("marriage_staff:visit", pk)
        return self.show(accept_form=form, status=422)


class WithdrawView(VisitView):
    """One of the two takes the application back within the cooling-off time."""

    http_method_names = ["post"]

    def post(self, request, pk):
        receipt = Acceptance.objects.filter(booking=self.booking).first()
        try:
            acceptance.withdraw(receipt, actor=request.user)
        except acceptance.AcceptanceError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "已登记撤回，双方不能再凭这份回执领证。")
        return redirect("marriage_staff:visit", pk)


class FullView(VisitView):
    """Everything about the people, once, with an entry in the audit log."""

    http_method_names = ["post"]
    permission_required = "marriage.view_personal_data"

    def post(self, request, pk):
        reason = request.POST.get("reason", "").strip()[:100]
        if not reason:
            messages.error(request, "请写明查看完整信息的原因。")
            return redirect("marriage_staff:visit", pk)
        audit.record(self.booking, AuditEntry.Action.VIEWED, actor=request.user, note=reason)
        return self.show(people=in_full(self.booking))
