"""The ledger of receipts: look up, print, withdraw, and take in receipts of other systems."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import cached_property

from home.personal_data.masking import mask_name, mask_phone

from ..divorce import acceptance, receipts, withdrawal
from ..divorce.second_visit import plan_for, reading_words
from ..identity.id_numbers import mask_id
from ..models import Acceptance, AuditEntry
from ..records import audit
from .base import StaffView
from .receipt_forms import CorrectionForm, ForeignReceiptForm, WithdrawalForm

PER_PAGE = 30


def masked_parties(receipt: Acceptance) -> list[dict]:
    return [
        {
            "side": party.get_position_display(),
            "name": mask_name(party.person.get("name", "")),
            "id_number": mask_id(party.person.get("id_number", "")),
            "phone": mask_phone(party.person.get("phone", "")),
        }
        for party in receipt.parties.all()
        if party.person
    ]


class ReceiptListView(StaffView):
    """The receipts of one's offices, newest first; found by number, name, telephone or end of an ID number."""

    page_title = "受理台账"
    header_icon = "list-ol"
    template_name = "marriage/staff/receipts.html"

    def get(self, request):
        return self.show(request.GET.get("q", "").strip()[:60], request.GET.get("status", ""))

    def post(self, request):
        """A search for a person comes by POST: names and numbers stay out of addresses."""
        return self.show(request.POST.get("q", "").strip()[:60], request.POST.get("status", ""))

    def show(self, searched: str, status: str):
        found = receipts.find(searched) if searched else Acceptance.objects.all()
        found = receipts.by_status(found, status).filter(office__in=self.offices())
        found = found.select_related("office").prefetch_related("parties")
        page = Paginator(found.distinct(), PER_PAGE).get_page(self.request.GET.get("p"))
        rows = receipts.entries(page, timezone.localdate())
        query = QueryDict(mutable=True)
        query.update({"status": status} if status else {})
        return self.render(
            rows=[(entry, masked_parties(entry.receipt)) for entry in rows],
            page_obj=page,
            searched=searched,
            chosen=status,
            statuses=receipts.STATUSES.items(),
            query=query.urlencode(),
        )


class ReceiptView(StaffView):
    """One receipt: its dates, its couple, what became of it."""

    template_name = "marriage/staff/receipt.html"
    belongs_to = "receipt"

    @cached_property
    def receipt(self) -> Acceptance:
        receipts = Acceptance.objects.filter(office__in=self.offices())
        return get_object_or_404(receipts.select_related("office", "booking"), pk=self.kwargs["pk"])

    def get_page_title(self):
        return f"受理回执 {self.receipt.receipt_number}"

    def get(self, request, pk):
        return self.show()

    def show(self, form=None, status=200):
        receipt, today = self.receipt, timezone.localdate()
        plan = plan_for(receipt.accepted_on)
        last = receipt.withdrawals.filter(undone_at=None).first()
        may_withdraw = not withdrawal.withdrawal_problem(receipt, receipt.accepted_on)
        return self.render(
            status=status,
            receipt=receipt,
            dates=plan,
            status_words=receipts.status_of(receipt, plan, today),
            reading=reading_words(receipt.accepted_on, receipt.finished_on)
            if receipt.finished_on
            else "",
            people=masked_parties(receipt),
            withdrawal=last,
            may_correct=not acceptance.correction_problem(receipt),
            may_undo=bool(last and not withdrawal.undo_problem(last)),
            form=form or (WithdrawalForm(initial={"on": today}) if may_withdraw else None),
            visits=withdrawal.second_visits(receipt),
            undone=receipt.withdrawals.exclude(undone_at=None).select_related("undone_by"),
        )


class WithdrawReceiptView(ReceiptView):
    http_method_names = ["post"]

    def post(self, request, pk):
        form = WithdrawalForm(request.POST)
        if not form.is_valid():
            return self.show(form=form, status=422)
        cancelled = len(withdrawal.second_visits(self.receipt))
        try:
            withdrawal.withdraw(
                self.receipt,
                applicant=form.cleaned_data["applicant"],
                paper=form.cleaned_data["paper"],
                on=form.cleaned_data["on"],
                actor=request.user,
            )
        except acceptance.AcceptanceError as refusal:
            form.add_error(None, refusal.message)
            return self.show(form=form, status=422)
        more = f"，第二次到场的{cancelled}个预约已取消并通知当事人" if cancelled else ""
        messages.success(request, f"已登记撤回{more}。登记有误的，今天内可以撤销。")
        return redirect("marriage_staff:receipt", pk)


class UndoWithdrawalView(ReceiptView):
    http_method_names = ["post"]

    def post(self, request, pk):
        last = self.receipt.withdrawals.filter(undone_at=None).first()
        try:
            withdrawal.undo(last, actor=request.user)
        except acceptance.AcceptanceError as refusal:
            messages.error(request, refusal.message)
        else:
            cancelled = withdrawal.visits_cancelled_with(last)
            more = "随撤回取消的第二次预约不会恢复，需要重新预约。" if cancelled else ""
            messages.success(request, f"已撤销这次登记，申请恢复有效。{more}")
        return redirect("marriage_staff:receipt", pk)


class CorrectReceiptView(ReceiptView):
    """Put right what was mistyped of a receipt of another system, with the reason."""

    template_name = "marriage/staff/receipt_add.html"

    def get_page_title(self):
        return f"更正回执 {self.receipt.receipt_number}"

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(self.permission_required):
            raise PermissionDenied
        if problem := acceptance.correction_problem(self.receipt):
            messages.error(request, problem)
            return redirect("marriage_staff:receipt", self.receipt.pk)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, pk):
        return self.show_form(self.form(initial=self.typed()))

    def typed(self) -> dict:
        """The entry as it stands, without the couple: clerks see people masked."""
        receipt = self.receipt
        return {
            "office": receipt.office_id,
            "receipt_number": receipt.receipt_number,
            "accepted_on": receipt.accepted_on,
        }

    def form(self, *args, **kwargs) -> CorrectionForm:
        form = CorrectionForm(*args, **kwargs)
        form.fields["office"].queryset = self.offices()
        return form

    def show_form(self, form, status=200):
        return self.render(form=form, receipt=self.receipt, status=status)

    def post(self, request, pk):
        form = self.form(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                acceptance.correct_foreign(
                    self.receipt,
                    data["office"],
                    data["receipt_number"],
                    data["accepted_on"],
                    form.people(),
                    reason=data["reason"],
                    actor=request.user,
                )
            except acceptance.AcceptanceError as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                messages.success(request, "已更正，原因记入操作记录。")
                return redirect("marriage_staff:receipt", pk)
        return self.show_form(form, status=422)


class PrintReceiptView(ReceiptView):
    """The receipt on paper, with full names and numbers; each print is in the audit log."""

    http_method_names = ["post"]
    template_name = "marriage/staff/receipt_print.html"

    def post(self, request, pk):
        receipt = self.receipt
        audit.record_receipt(
            receipt, AuditEntry.Action.VIEWED, actor=request.user, note="打印受理回执"
        )
        plan = plan_for(receipt.accepted_on)
        return self.render(
            receipt=receipt,
            dates=plan,
            ended=receipts.end_in_words(receipt, plan, timezone.localdate()),
            people=[party.person for party in receipt.parties.all() if party.person],
        )


class AddReceiptView(StaffView):
    """A receipt that another system issued for this registry, from its paper."""

    page_title = "登记其他系统的回执"
    template_name = "marriage/staff/receipt_add.html"

    def get(self, request):
        return self.render(form=self.get_form(initial={"accepted_on": ""}))

    def get_form(self, *args, **kwargs) -> ForeignReceiptForm:
        form = ForeignReceiptForm(*args, **kwargs)
        form.fields["office"].queryset = self.offices()
        return form

    def post(self, request):
        form = self.get_form(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            try:
                receipt = acceptance.record_foreign(
                    data["office"],
                    data["receipt_number"],
                    data["accepted_on"],
                    form.people(),
                    actor=request.user,
                )
            except acceptance.AcceptanceError as refusal:
                form.add_error(refusal.field, refusal.message)
            else:
                messages.success(request, "已登记，可以办理撤回或者第二次到场。")
                return redirect("marriage_staff:receipt", receipt.pk)
        return self.render(form=form, status=422)
