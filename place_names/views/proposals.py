"""Proposed names on which everybody may comment."""

from datetime import timedelta

from django import forms
from django.core.paginator import Paginator
from django.core.validators import MinLengthValidator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.brief_writes import UNAVAILABLE, lock_timeout
from home.models.feedback import FeedbackSettings
from home.one_time import OneTimeForm, RefusedError, sent_before, store_once
from home.typed_text.fields import ParagraphField
from home.typed_text.personal_numbers import personal_numbers
from home.visitors import within_limit
from place_names.geometry.coordinates import published
from place_names.models import (
    NamingComment,
    NamingConsultation,
    RegisterSettings,
)
from place_names.naming import consultations
from place_names.naming.findings import MEASURES

from .names import ROOT
from .paging import page_number

TITLE = "地名命名征求意见"
PER_PAGE = 50
PATIENCE = 5.0
"""Seconds for which a comment waits for a busy database."""
CLOSED = "征求意见已经结束，没有收下。您写的内容还在下面，可以抄下来。"
BUSY = "现在系统太忙，没有收到。请过几分钟再交，您写的内容还在下面。"
TOO_MANY = "现在提意见的人太多，请一小时后再交。您写的内容还在下面。"


class CommentForm(OneTimeForm, forms.ModelForm):
    """A comment. Text with personal numbers is rejected, so that it is never stored."""

    text = ParagraphField(
        label="为什么",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        validators=[MinLengthValidator(5, "请至少写5个字，说说为什么。")],
        error_messages={
            "required": "请说说为什么。",
            "max_length": "最多写1000个字，您写了%(show_value)s个字。",
        },
        help_text="例如：和旁边的路同音，容易听错。请不要写姓名、电话、身份证号码。",
    )

    class Meta:
        model = NamingComment
        fields = ["stance", "text"]
        labels = {"stance": "您的意见"}
        widgets = {"stance": forms.RadioSelect}
        error_messages = {
            "stance": {"required": "请选择您的意见。", "invalid_choice": "请选择您的意见。"}
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["stance"].choices = NamingComment.Stance.choices

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if found := personal_numbers(text, landlines=True):
            raise forms.ValidationError(f"请删去{'、'.join(found)}，提意见不需要个人信息。")
        return text


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What is open for comment, then what was."""
    rows = consultations.listed(timezone.localdate())
    context = {
        "breadcrumbs": [(reverse("place_names:index"), ROOT), (None, TITLE)],
        "page_obj": Paginator(rows, PER_PAGE).get_page(page_number(request.GET.get("page"))),
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/proposals.html", context)


@never_cache
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposed name: map, reasons, last day, the form, and the comments that are shown."""
    found = get_object_or_404(_consultations(), pk=pk)
    takes = consultations.is_open(found, timezone.localdate())
    form = CommentForm(request.POST or None)
    status, refused = 200, ""
    if request.method == "POST":
        if not takes:
            refused, status = CLOSED, 409
        elif not form.is_valid():
            status = 422
        elif sent_before(NamingComment, form.sent_as()):
            return _thanks(found)
        else:
            try:
                return _store(request, form, found)
            except RefusedError as error:
                refused, status = error.words, 429
            except UNAVAILABLE:
                refused, status = BUSY, 503
    application = found.application
    context = {
        "breadcrumbs": [
            (reverse("place_names:index"), ROOT),
            (reverse("place_names:proposals"), TITLE),
            (None, application.title),
        ],
        "consultation": found,
        "application": application,
        "measures": [(MEASURES[k], v) for k, v in application.measures.items() if k in MEASURES],
        "chosen_area": "" if application.geometry else application.subdistrict.code,
        "takes": takes,
        "form": form if takes or form.is_bound else None,
        "refused": refused,
        "sent": "sent" in request.GET and not form.is_bound,
        "counts": consultations.counts(found),
        "comments": found.comments.filter(state=NamingComment.State.SHOWN),
        "register": RegisterSettings.in_force(),
    }
    return render(request, "place_names/proposal.html", context, status=status)


@require_safe
@never_cache
def shape(request: HttpRequest, pk: int) -> JsonResponse:
    """The place of a proposed name as GeoJSON: its point, or the shape of the name it replaces."""
    found = get_object_or_404(_consultations(), pk=pk)
    application, register = found.application, RegisterSettings.in_force()
    features = []
    if application.geometry:
        shown = published(application.geometry, register.published_decimals)
        named = {"name": application.subject, "href": found.get_absolute_url()}
        features = [{"type": "Feature", "geometry": shown, "properties": named}]
    answer = {"type": "FeatureCollection", "label": register.label, "features": features}
    return JsonResponse(answer, content_type="application/geo+json")


def _consultations():
    return NamingConsultation.objects.select_related(
        "application__kind", "application__subdistrict", "application__place"
    ).defer("application__encrypted")


def _refusal(request: HttpRequest) -> str:
    """Why the comment just stored is one too many, in words; the limits are those of feedback."""
    limits = FeedbackSettings.for_request(request)
    hour_ago = timezone.now() - timedelta(hours=1)
    recent = NamingComment.objects.filter(created_at__gte=hour_ago).count()
    if recent > limits.reports_an_hour_in_all:
        return TOO_MANY
    if not within_limit(request, "naming-comment", limits.reports_an_hour):
        return f"每小时最多提{limits.reports_an_hour}条意见，请稍后再交。您写的内容还在下面。"
    return ""


def _store(
    request: HttpRequest, form: CommentForm, consultation: NamingConsultation
) -> HttpResponse:
    comment = form.save(commit=False)
    comment.consultation, comment.sent_as = consultation, form.sent_as()

    def create() -> NamingComment:
        comment.save()
        return comment

    with lock_timeout(PATIENCE):
        store_once(NamingComment, comment.sent_as, create, lambda: _refusal(request))
    return _thanks(consultation)


def _thanks(consultation: NamingConsultation) -> HttpResponse:
    return redirect(f"{consultation.get_absolute_url()}?sent")
