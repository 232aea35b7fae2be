"""One booking at the counter: its people, papers, receipt and what happened."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from ..desk import corrections, refusals, visits
from ..divorce import acceptance
from ..divorce.second_visit import certificate_problem, is_of_these_people, plan_for, reading_words
from ..materials.checklist import checklist_of
from ..messages import delivery
from ..models import Acceptance, AuditEntry, Booking, Service
from ..models.states import TO_COME, IllegalChangeError, State
from ..records import audit
from .base import COUNTER_KEY, StaffView
from .desk_forms import AcceptForm, PaperReceiptForm
from .people import in_full, masked


def history_of(booking: Booking) -> list[dict]:
    """Return what was done and what was told, the latest first."""
    done = [
        {
            "at": entry.at,
            "entry": entry,
            "change": State(entry.new_state).label if entry.new_state != entry.old_state else "",
        }
        for entry in booking.audit.select_related("actor")
    ]
    told = [{"at": each.at, "told": each} for each in delivery.history(booking)]
    return sorted([*told, *done], key=lambda row: row["at"], reverse=True)


class VisitView(StaffView):
    """One booking at the counter: people, checklist, steps, receipt, what happened."""

    template_name = "marriage/staff/visit.html"
    belongs_to = "visit"

    @cached_property
    def booking(self) -> Booking:
        booking = get_object_or_404(
            Booking.objects.confirmed()
            .select_related("slot", "service", "office")
            .prefetch_related("parties"),
            pk=self.kwargs["pk"],
        )
        self.check_office(booking.office)
        return booking

    def get_page_title(self):
        return f"预约 {self.booking.display_reference}"

    def get(self, request, pk):
        return self.show()

    def keep_ticks(self) -> list[str] | None:
        """Keep the materials ticked on the page of the booking, whichever of its buttons was
        pressed; returns those missing, None when the list is not on the page that was sent."""
        if "lists_materials" not in self.request.POST:
            return None
        return visits.tick(
            self.booking, self.request.POST.getlist("material"), actor=self.request.user
        )

    def show(self, accept_form=None, paper_form=None, people=None, status=200):
        booking = self.booking
        receipt = Acceptance.objects.filter(booking=booking).first()
        ticked = booking.materials_ticked
        steps = visits.steps(booking, on_its_page=True)
        return self.render(
            status=status,
            booking=booking,
            is_to_come=booking.state in TO_COME,
            people=people or masked(booking),
            is_full_view=people is not None,
            steps=steps,
            counter=self.request.session.get(COUNTER_KEY, ""),
            checklist=[(item, item["title"] in ticked) for item in checklist_of(booking)],
            missing=visits.unticked(booking),
            asks_reason=any(step.state == State.DONE for step in steps)
            and bool(visits.unticked(booking)),
            refusal=refusals.latest(booking) if booking.state == State.REFUSED else None,
            may_correct=not corrections.correction_problem(booking),
            may_refuse=booking.state in (State.CHECKED_IN, State.IN_SERVICE),
            accept_form=accept_form or self.accept_form(),
            receipt=receipt,
            dates=plan_for(receipt.accepted_on) if receipt else None,
            history=history_of(booking),
            first_visit=self.first_visit(),
            paper_form=paper_form or self.paper_form(),
            main_form=self.main_form(steps),
        )

    def main_form(self, steps) -> str:
        """Return the id of the form that brings the ticks along: the one with which the visit
        goes on."""
        if self.accept_form():
            return "accept-form"
        if self.paper_form():
            return "paper-form"
        return "step-form" if steps else "tick-form"

    def accept_form(self, data=None):
        booking = self.booking
        if booking.service.kind != Service.Kind.DIVORCE_APPLICATION:
            return None
        if booking.state != State.IN_SERVICE:
            return None
        return AcceptForm(
            data,
            office=booking.office,
            visit_day=booking.slot.date,
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
        found = Acceptance.objects.numbered(booking.receipt_number)
        receipt = found.select_related("office").first()
        is_over = booking.state not in (*TO_COME, State.CHECKED_IN, State.IN_SERVICE)
        day = booking.slot.date if booking.state in TO_COME else timezone.localdate()
        return {
            "receipt": receipt,
            "on_record": None if receipt else acceptance.running_receipt(booking),
            "dates": plan_for(receipt.accepted_on) if receipt else None,
            "problem": "" if is_over else certificate_problem(booking, day),
            "reading": reading_words(receipt.accepted_on, day) if receipt else "",
        }

    def paper_form(self, data=None):
        """For a receipt of another system, once the couple is here."""
        booking = self.booking
        if not booking.service.is_second_visit or booking.state not in (
            State.CHECKED_IN,
            State.IN_SERVICE,
        ):
            return None
        known = Acceptance.objects.numbered(booking.receipt_number).first()
        if known and is_of_these_people(known, booking):
            return None
        given = booking.details.get("receipt") or {}
        if theirs := acceptance.running_receipt(booking):
            given = {"accepted_on": theirs.accepted_on}
        return PaperReceiptForm(
            data,
            office=booking.office,
            is_on_record=bool(theirs),
            prefix="paper",
            initial={
                "receipt_number": theirs.receipt_number if theirs else booking.receipt_number,
                "accepted_on": given.get("accepted_on"),
            },
        )


class TickView(VisitView):
    """Keep the ticks, for themselves or on the way to refusing (`next`)."""

    http_method_names = ["post"]

    def post(self, request, pk):
        try:
            titles = request.POST.getlist("material")
            missing = visits.tick(self.booking, titles, actor=request.user)
            if request.POST.get("after") == "refuse":
                return redirect("marriage_staff:refuse", pk)
        except IllegalChangeError as refusal:
            messages.error(request, refusal.args[0])
            return redirect("marriage_staff:visit", pk)
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
        reason = request.POST.get("missing_reason", "").strip()[:100]
        self.keep_ticks()
        missing = visits.unticked(self.booking)
        if form.is_valid() and missing and not reason:
            text = f"还有材料没有勾选：{'、'.join(missing)}。请核对，或者写明仍然受理的原因。"
            form.add_error(None, text)
        if form.is_valid():
            try:
                acceptance.accept(
                    self.booking,
                    form.cleaned_data["receipt_number"],
                    form.cleaned_data["accepted_on"],
                    reason=reason,
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
        self.keep_ticks()
        if form.is_valid():
            try:
                receipt = acceptance.record_paper(
                    self.booking,
                    form.cleaned_data["receipt_number"],
                    form.cleaned_data["accepted_on"],
                    actor=request.user,
                )
            except acceptance.AcceptanceError as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                number = receipt.receipt_number
                messages.success(request, f"已核对回执{number}，可以办理领证。")
                return redirect("marriage_staff:visit", pk)
        return self.show(paper_form=form, status=422)


class WithdrawView(VisitView):
    """Leads to the receipt, where a withdrawal is entered."""

    def get(self, request, pk):
        receipt = Acceptance.objects.filter(booking=self.booking).first()
        if receipt is None:
            messages.error(request, "这个预约没有受理记录。")
            return redirect("marriage_staff:visit", pk)
        return redirect("marriage_staff:receipt", receipt.pk)

    post = get


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
