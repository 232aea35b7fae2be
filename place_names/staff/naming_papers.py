"""Papers of an application: its letters, ready to print, and the draft of its public notice."""

from collections.abc import Iterator
from datetime import date

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.admin.widgets import AdminDateInput
from wagtail.models import Page, Site

from home.models import SiteSettings
from home.models.shown_form import OUT_OF_DATE, version
from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable
from home.typed_text.fields import LineField, WrittenDateField
from place_names.models import NamingApplication, NamingStep
from place_names.naming import letters, notices, papers
from place_names.naming.procedure import ProcedureError

from .naming_access import CHANGE, VIEW, allow


def letter(request: HttpRequest, pk: int, step: int) -> HttpResponse:
    """The letter of one step as it was written, on a sheet to be printed and stamped."""
    allow(request, VIEW)
    found = get_object_or_404(
        NamingStep.objects.select_related("application").exclude(letter=""),
        pk=step,
        application=pk,
    )
    site = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    context = {
        "step": found,
        "application": found.application,
        "paragraphs": letters.text_of(found).splitlines(),
        "organisation": site.organisation,
    }
    return render(request, "place_names/staff/naming_letter.html", context)


class PapersForm(forms.Form):
    """A day for each paper of the checklist, and one more paper; sends along what its page
    showed (`shown`)."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, application: NamingApplication):
        listed = papers.checklist(application)
        super().__init__(data, initial={"shown": version(dict(listed))})
        self.titles = {}
        for number, (title, day) in enumerate(listed):
            name = f"paper_{number}"
            self.titles[name] = title
            self.fields[name] = WrittenDateField(
                label=title,
                required=False,
                widget=AdminDateInput,
                initial=day,
                help_text="收到的日期；没有收到的空着。",
            )
        self.fields["other"] = LineField(
            label="另外的材料",
            max_length=papers.LONGEST_TITLE,
            required=False,
            help_text="清单里没有的，写名称。",
        )
        self.fields["other_day"] = WrittenDateField(
            label="另外的材料收到的日期", required=False, widget=AdminDateInput
        )

    def clean(self):
        told = super().clean()
        if told.get("shown") not in ("", self.initial["shown"]):
            self.data = self.data.copy()
            self.data["shown"] = self.initial["shown"]
            self.add_error(None, f"{OUT_OF_DATE}请核对后再按“保存”。{self._received()}")
        if bool(told.get("other")) != bool(told.get("other_day")) and not self.errors:
            self.add_error("other_day", "另外的材料，名称和日期请一起填写。")
        return told

    def _received(self) -> str:
        """What has come in by now."""
        days = [(title, self.fields[name].initial) for name, title in self.titles.items()]
        words = [f"{title}：{day:%Y-%m-%d}收到" for title, day in days if day]
        return f"现在已登记：{'；'.join(words)}。" if words else ""

    def changed(self) -> dict[str, date | None]:
        told = self.cleaned_data
        found = {
            title: told[name] for name, title in self.titles.items() if name in self.changed_data
        }
        return found | ({told["other"]: told["other_day"]} if told["other"] else {})


def checklist(request: HttpRequest, pk: int) -> HttpResponse:
    """Which papers came in, and when."""
    allow(request, CHANGE)
    application = get_object_or_404(NamingApplication.objects.select_related("kind"), pk=pk)
    form = PapersForm(request.POST or None, application)
    if request.method == "POST" and form.is_valid():
        try:
            papers.record(application, form.changed())
        except ProcedureError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。")
            return redirect("place_name_naming:application", pk)
    context = {"application": application, "form": form, "title": "材料", "button": "保存"}
    return render(request, "place_names/staff/naming_correction.html", context)


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft the notice page; who edits pages goes on to it, others stay at the application."""
    allow(request, CHANGE)
    application = get_object_or_404(NamingApplication, pk=pk)
    try:
        page = notices.draft(application, request.user)
    except ProcedureError as error:
        messages.error(request, str(error))
        return redirect("place_name_naming:application", pk)
    messages.success(request, f"已起草《{page.title}》，送审通过后公开。")
    if page.permissions_for_user(request.user).can_edit():
        return redirect(edit_url(page))
    return redirect("place_name_naming:application", pk)


def waiting(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """For the editors' desk: drafted notices that this person may submit for review."""
    found = notices.waiting_drafts()
    own = set(
        editable(user, Page.objects.filter(pk__in=[page.pk for page in found])).values_list(
            "pk", flat=True
        )
    )
    for page in found:
        if page.pk in own:
            yield DeskItem(page.get_admin_display_title(), edit_url(page), "核对后送审")
