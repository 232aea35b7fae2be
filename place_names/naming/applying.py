"""Applications over this site, where the setting allows them; otherwise the provincial portal.

Two systems should not take the same application: the setting 在本站申请 is off by default.
"""

from django import forms
from django.core.validators import MinLengthValidator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from wagtail.models import Site

from home.brief_writes import UNAVAILABLE, lock_timeout
from home.models.site_settings import settings_of
from home.one_time import OneTimeForm, RefusedError, sent_before, store_once
from home.typed_text.fields import ContactNumberField, LineField, ParagraphField
from home.typed_text.personal_numbers import personal_numbers
from home.visitors import is_at_limit, within_limit
from place_names.models import NamingApplication, NamingKind, NamingSettings, Subdistrict
from place_names.plain_names import unwanted_sign

from . import lists, procedure
from .forms import MAX_NAME, NamingForm

APPLICATIONS_IN_AN_HOUR = 5
LIMITED = "naming-application"
PATIENCE = 5.0
"""Seconds for which an application waits for a busy database."""
SENT_COOKIE = "naming_sent"
BUSY = "现在系统太忙，没有收到。请过几分钟再交，您写的内容还在下面。"
TOO_MANY = f"每小时最多交{APPLICATIONS_IN_AN_HOUR}件申请，请过一小时再交。您写的内容还在下面。"
SWITCHED_OFF = "本站不再收申请，没有收下。您写的内容还在下面，可以抄下来，到下面的平台申请。"
PUBLIC_TEXTS = ("name", "location", "meaning", "reason")


class ApplyForm(OneTimeForm, NamingForm):
    """The pre-check's questions with what an application adds: why, and who applies."""

    location = LineField(
        label="位置",
        max_length=300,
        help_text="道路写起点和终点，小区、楼宇写四至。批准后公告时使用。",
        error_messages={"required": "请填写位置。"},
    )
    meaning = LineField(
        label="名称的含义",
        max_length=500,
        help_text="这个名称是什么意思，从哪里来。",
        error_messages={"required": "请填写名称的含义。"},
    )
    reason = ParagraphField(
        label="命名的理由",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "请填写命名的理由。"},
    )
    applicant = LineField(
        label="申请人",
        max_length=100,
        validators=[MinLengthValidator(2, "请写全单位名称或者姓名。")],
        help_text="单位名称或者姓名。",
        error_messages={"required": "请填写申请人。"},
    )
    person = LineField(label="联系人", max_length=30, required=False)
    telephone = ContactNumberField(
        label="联系电话",
        missing="请填写联系电话。",
        help_text="手机，或者带区号的固定电话。凭申请编号和电话后四位查进度。",
    )

    def __init__(self, data, lists: lists.Lists, initial: dict | None = None):
        super().__init__(data, lists)
        self.initial = initial or {}
        self.fields["subdistrict"].required = True
        self.fields["subdistrict"].error_messages["required"] = "请选择在哪个街道。"
        self.fields["subdistrict"].choices = [
            ("", "请选择"),
            *self.fields["subdistrict"].choices[1:],
        ]
        self.fields["subdistrict"].help_text = ""

    def clean(self):
        cleaned = super().clean()
        for name in PUBLIC_TEXTS:
            if found := personal_numbers(cleaned.get(name) or "", landlines=True):
                self.add_error(name, f"这一栏会公开，请删去{'、'.join(found)}。")
        return cleaned

    def application(self) -> NamingApplication:
        told = self.cleaned_data
        lon, lat = told["point"] or (None, None)
        return NamingApplication(
            kind=NamingKind.objects.get(slug=told["kind"]),
            name=told["name"],
            subdistrict=Subdistrict.objects.get(name=told["subdistrict"]),
            location=told["location"],
            meaning=told["meaning"],
            reason=told["reason"],
            lon=lon,
            lat=lat,
            measures=self.proposal().measures,
            received_on=timezone.localdate(),
            is_online=True,
        )

    def who(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in ("applicant", "person", "telephone")}

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if fault := unwanted_sign(name):
            raise forms.ValidationError(fault)
        return name


def portal() -> tuple[str, str]:
    """(name, address) of the platform of the province that takes applications."""
    site = settings_of(Site.objects.get(is_default_site=True))
    own = NamingSettings.load().portal_address
    return site.online_platform, own or site.online_platform_address


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The form while the site takes applications, otherwise the way to the portal."""
    context = {"breadcrumbs": _crumbs("申请命名")}
    takes = NamingSettings.load().online_application
    if not takes:
        context["portal"], context["portal_address"] = portal()
        if request.method != "POST":
            return render(request, "place_names/naming_apply.html", context)
    given = {name: request.GET.get(name, "")[:MAX_NAME] for name in ("kind", "name", "subdistrict")}
    form = ApplyForm(request.POST or None, lists.stored(), given)
    status = 200
    if request.method == "POST":
        status = 422
        if not takes:
            context["refused"], status = SWITCHED_OFF, 409
        elif form.is_valid():
            if earlier := sent_before(NamingApplication, form.sent_as()):
                return _to_number(request, earlier)
            try:
                # Before the rules run, which takes a second.
                if is_at_limit(request, LIMITED, APPLICATIONS_IN_AN_HOUR):
                    raise RefusedError(TOO_MANY)
                return _store(request, form)
            except RefusedError as error:
                context["refused"], status = error.words, 429
            except UNAVAILABLE:
                context["refused"], status = BUSY, 503
    context |= {"form": form, "takes": takes, "kept_days": NamingSettings.load().kept_days}
    context["is_form"] = True
    return render(request, "place_names/naming_apply.html", context, status=status)


def _store(request: HttpRequest, form: ApplyForm) -> HttpResponse:
    application = form.application()
    application.sent_as = form.sent_as()
    with lock_timeout(PATIENCE):
        stored = store_once(
            NamingApplication,
            application.sent_as,
            lambda: procedure.receive(application, form.who()),
            lambda: _refusal(request),
        )
    return _to_number(request, stored)


def _refusal(request: HttpRequest) -> str:
    return "" if within_limit(request, LIMITED, APPLICATIONS_IN_AN_HOUR) else TOO_MANY


def _to_number(request: HttpRequest, application: NamingApplication) -> HttpResponse:
    response = redirect("place_names:naming_applied")
    response.set_signed_cookie(
        SENT_COOKIE,
        application.number,
        max_age=3600,
        path=reverse("place_names:naming_apply"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )
    return response


@never_cache
def applied(request: HttpRequest) -> HttpResponse:
    """The number of the application just made; it is in a cookie, not in the URL."""
    number = request.get_signed_cookie(SENT_COOKIE, default="", max_age=3600)
    found = NamingApplication.objects.filter(number=number).first() if number else None
    if found is None:
        return redirect("place_names:naming_apply")
    context = {
        "breadcrumbs": _crumbs("已收到申请"),
        "application": found,
        "due": procedure.due(found, procedure.terms()),
    }
    return render(request, "place_names/naming_applied.html", context)


def _crumbs(last: str) -> list[tuple[str | None, str]]:
    return [
        (reverse("place_names:index"), "地名"),
        (reverse("place_names:naming_check"), "地名命名预审"),
        (None, last),
    ]
