"""Public comment on an application: its beginning and outcome, and the officers' inbox."""

from collections.abc import Iterator

from django import forms
from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets import AdminDateInput
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from home.models.shown_form import OUT_OF_DATE, version
from home.staff.desk.lists import DeskItem
from home.staff.feedback import ReportPermissionPolicy
from home.typed_text.fields import LineField, ParagraphField, WrittenDateField
from place_names.models import NamingApplication, NamingComment, NamingConsultation
from place_names.naming import consultations
from place_names.naming.procedure import ProcedureError

from .naming_access import CHANGE, allow

register_permission_policy(NamingComment, ReportPermissionPolicy(NamingComment))


class ConsultationForm(forms.Form):
    closes_on = WrittenDateField(
        label="截止日期", widget=AdminDateInput, help_text="这一天还可以提意见。"
    )
    text = ParagraphField(
        label="给公众的说明",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="为什么征求意见，请大家看什么。位置、含义和理由另外显示。",
    )


class OutcomeForm(ConsultationForm):
    """Sends along what its page showed of the comment period (`shown`)."""

    outcome = ParagraphField(
        label="采纳情况",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="截止后填写，公开显示：收到多少条，采纳了哪些，没有采纳的为什么。",
    )
    why = LineField(
        label="为什么改截止日期",
        max_length=200,
        required=False,
        help_text="截止日期提前的必须填写，只给工作人员看。",
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, found: NamingConsultation):
        now = {name: getattr(found, name) for name in ("closes_on", "text", "outcome")}
        super().__init__(data, initial={**now, "shown": version(now)})

    def clean(self):
        told = super().clean()
        if told.pop("shown", "") != self.initial["shown"]:
            self.data = self.data.copy()
            self.data["shown"] = self.initial["shown"]
            now = "；".join(
                f"{self.fields[name].label}：{self.initial[name] or '（空）'}"
                for name in self.changed_data
                if name not in ("shown", "why")
            )
            self.add_error(None, f"{OUT_OF_DATE}再按“保存”，就用您填的代替现在的。现在的是{now}。")
        return told


@transaction.atomic
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the public comment of an application, or change what is told of it."""
    allow(request, CHANGE)
    application = get_object_or_404(NamingApplication, pk=pk)
    every = NamingConsultation.objects.select_for_update()
    found = every.filter(application=application).first()
    if found:
        form = OutcomeForm(request.POST or None, found)
    else:
        form = ConsultationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if found:
                consultations.change(found, **form.cleaned_data, user=request.user)
            else:
                consultations.begin(application, **form.cleaned_data)
        except ProcedureError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, "已保存。")
            return redirect("place_name_naming:application", pk)
    context = {
        "application": application,
        "consultation": found,
        "counts": consultations.counts(found) if found else None,
        "form": form,
    }
    return render(request, "place_names/staff/naming_consultation.html", context)


class CommentEditView(EditView):
    def save_instance(self):
        self.form.instance.handled_by = self.request.user
        return super().save_instance()


class CommentIndexView(IndexView):
    def get_base_queryset(self):
        related = "consultation__application__place"
        return super().get_base_queryset().select_related(related)


class NamingCommentViewSet(SnippetViewSet):
    model = NamingComment
    index_view_class = CommentIndexView
    edit_view_class = CommentEditView
    icon = "comment"
    menu_label = "对地名的意见"
    list_display = [
        "__str__",
        Column("consultation", label="征求意见", accessor="consultation.application.title"),
        Column("state", label="状态", accessor="get_state_display", sort_key="state"),
        "created_at",
    ]
    list_filter = ["state", "stance", "consultation"]
    search_fields = ["text", "reply"]
    search_backend_name = None
    list_per_page = 50
    copy_view_enabled = False
    list_export = ["consultation", "stance", "text", "state", "reply", "ground", "created_at"]
    export_filename = "naming-comments"
    panels = [
        FieldPanel("consultation", read_only=True),
        FieldPanel("created_at", read_only=True),
        FieldPanel("stance", read_only=True),
        FieldPanel("text", read_only=True),
        FieldPanel("state"),
        FieldPanel("reply"),
        FieldPanel("ground"),
    ]


def waiting(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """For the officers' desk: comments that nobody has looked at, the oldest first."""
    found = NamingComment.objects.filter(state=NamingComment.State.NEW)
    for each in found.select_related("consultation__application__place").order_by("created_at"):
        address = reverse("wagtailsnippets_place_names_namingcomment:edit", args=[each.pk])
        yield DeskItem(Truncator(each.text).chars(40), address, each.consultation.application.title)
