"""Refusing at the counter, and the notice that people take home."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect

from ..booking.bookings import check_shown
from ..desk import refusals, visits
from ..materials.checklist import checklist_of
from ..models import RefusalKind, RefusalReason
from ..models.states import IllegalChangeError, State
from .people import in_full
from .visit_views import VisitView


class RefusalForm(forms.Form):
    kind = forms.ChoiceField(
        label="结果",
        choices=RefusalKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择结果。"},
    )
    note = forms.CharField(
        label="补充说明（会印在告知单上）",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": "补充说明最多%(limit_value)d个字，现在有%(show_value)d个，请写短一些。"
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The browser would cut what is pasted and say nothing.
        self.fields["note"].widget.attrs.pop("maxlength", None)


class RefuseView(VisitView):
    """Choose what was decided, why, and what is missing."""

    template_name = "marriage/staff/refuse.html"

    def get_page_title(self):
        return f"不能办理 {self.booking.display_reference}"

    def get(self, request, pk):
        if self.booking.state not in (State.CHECKED_IN, State.IN_SERVICE):
            messages.error(request, "当事人报到以后，才能登记“不能办理”。")
            return redirect("marriage_staff:visit", pk)
        # What nobody has looked at yet is not known to be missing.
        missing = visits.unticked(self.booking) if self.booking.materials_ticked else []
        return self.show_form(RefusalForm(), missing=missing)

    def show_form(self, form, chosen=(), missing=(), status=200):
        service = self.booking.service
        active = RefusalReason.objects.filter(is_active=True)
        reasons = [reason for reason in active if reason.fits(service)]
        return self.render(
            status=status,
            booking=self.booking,
            form=form,
            groups=[
                (
                    label,
                    [
                        (reason, str(reason.pk) in chosen)
                        for reason in reasons
                        if reason.kind == kind
                    ],
                )
                for kind, label in RefusalKind.choices
            ],
            checklist=[(item, item["title"] in missing) for item in checklist_of(self.booking)],
        )

    def post(self, request, pk):
        form = RefusalForm(request.POST)
        chosen, missing = request.POST.getlist("reason"), request.POST.getlist("missing")
        if form.is_valid():
            shown = request.POST.get("shown", "")
            wanted = [pk for pk in chosen if pk.isdecimal() and len(pk) < 10]
            try:
                check_shown(self.booking, shown)
                refusals.refuse(
                    self.booking,
                    form.cleaned_data["kind"],
                    RefusalReason.objects.filter(pk__in=wanted, is_active=True),
                    missing,
                    form.cleaned_data["note"],
                    actor=request.user,
                    shown=shown,
                )
            except refusals.RefusalError as error:
                form.add_error(None, error.message)
            except IllegalChangeError as error:
                if self.booking.state not in (State.CHECKED_IN, State.IN_SERVICE):
                    messages.error(request, error.args[0])
                    return redirect("marriage_staff:visit", pk)
                form.add_error(None, error.args[0])
            else:
                messages.success(request, "已登记。请打印告知单交给当事人。")
                return redirect("marriage_staff:notice", pk)
        return self.show_form(form, chosen, missing, status=422)


class NoticeView(VisitView):
    """The notice in print: full names, reasons with their law, what to bring next time."""

    template_name = "marriage/staff/notice.html"

    def get_page_title(self):
        return f"告知单 {self.booking.display_reference}"

    def get(self, request, pk):
        refusal = refusals.latest(self.booking)
        if refusal is None:
            messages.error(request, "这个预约没有登记不能办理。")
            return redirect("marriage_staff:visit", pk)
        details = {item["title"]: item for item in checklist_of(self.booking)}
        return self.render(
            booking=self.booking,
            refusal=refusal,
            names=[person.name for person in in_full(self.booking)],
            missing=[details.get(title, {"title": title}) for title in refusal.missing],
        )
