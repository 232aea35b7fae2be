"""One booking at the counter: its people, papers, receipt and what happened."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from .. import acceptance, audit, desk
from ..models import Acceptance, AuditEntry, Booking, Service
from ..second_visit import certificate_problem, plan_for
from ..states import IllegalChangeError, State
from .base import StaffView
from .desk_forms import AcceptForm, PaperReceiptForm
from .people import in_full, masked


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

    def show(self, accept_form=None, paper_form=None, people=None, status=200):
        booking = self.booking
        receipt = Acceptance.objects.filter(booking=booking).first()
        ticked = booking.materials_ticked
        return self.render(
            status=status,
            booking=booking,
            people=people or masked(booking),
            is_full_view=people is not None,
            steps=desk.steps(booking, on_its_page=True),
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
            paper_form=paper_form or self.paper_form(),
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
        """For a second visit: the receipt it rests on, and what stands in its way today."""
        booking = self.booking
        if not booking.service.is_second_visit:
            return None
        receipt = (
            Acceptance.objects.filter(receipt_number=booking.receipt_number)
            .exclude(receipt_number="")
            .select_related("office")
            .first()
        )
        is_over = booking.state not in (State.BOOKED, State.CHECKED_IN, State.IN_SERVICE)
        day = booking.slot.date if booking.state == State.BOOKED else timezone.localdate()
        return {
            "receipt": receipt,
            "dates": plan_for(receipt.accepted_on) if receipt else None,
            "problem": "" if is_over else certificate_problem(booking, day),
        }

    def paper_form(self, data=None):
        """For a receipt of another system, once the couple is here."""
        booking = self.booking
        if not booking.service.is_second_visit or booking.state not in (
            State.CHECKED_IN,
            State.IN_SERVICE,
        ):
            return None
        if Acceptance.objects.filter(receipt_number=booking.receipt_number or None).exists():
            return None
        given = booking.details.get("receipt") or {}
        return PaperReceiptForm(
            data,
            prefix="paper",
            initial={
                "receipt_number": booking.receipt_number,
                "accepted_on": given.get("accepted_on"),
            },
        )


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


class PaperReceiptView(VisitView):
    """The clerk has seen the paper receipt of another system."""

    http_method_names = ["post"]

    def post(self, request, pk):
        form = self.paper_form(request.POST)
        if form is None:
            messages.error(request, "这个预约现在不能登记纸质回执，请看最新状态。")
            return redirect("marriage_staff:visit", pk)
        if form.is_valid():
            try:
                acceptance.record_paper(
                    self.booking,
                    form.cleaned_data["receipt_number"],
                    form.cleaned_data["accepted_on"],
                    actor=request.user,
                )
            except acceptance.AcceptanceError as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                messages.success(request, "已登记纸质回执，可以办理领证。")
                return redirect("marriage_staff:visit", pk)
        return self.show(paper_form=form, status=422)


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
