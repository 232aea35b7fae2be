"""Where an applicant sees how far an application is."""

import hmac
import re

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from home import rate_limits
from home.typed_text.characters import plain
from home.typed_text.fields import LineField
from home.visitors import within_limit
from place_names.models import NamingApplication, NamingConsultation, normal_number

from . import notices, procedure

TRIES_IN_AN_HOUR = 20
UNKNOWN = "没有找到。请核对申请编号和电话后四位。"


class ProgressForm(forms.Form):
    number = LineField(
        label="申请编号",
        max_length=40,
        help_text="例如 DM-7K4M-29XQ，大小写都可以。",
        error_messages={"required": "请填写申请编号。"},
        attributes={"autocomplete": "off"},
    )
    tail = LineField(
        label="电话后四位",
        max_length=40,
        help_text="申请时留的联系电话。",
        error_messages={"required": "请填写电话后四位。"},
        attributes={"inputmode": "numeric", "autocomplete": "off"},
    )

    def clean_tail(self) -> str:
        """The last four digits, whether typed alone, with words or as the whole number."""
        digits = re.sub(r"\D", "", plain(self.cleaned_data["tail"]))
        return digits[-4:]


@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The form; with the right number and tail the steps so far, nothing about the person."""
    form = ProgressForm(request.POST or None)
    status, context = 200, {}
    if request.method == "POST":
        status = 422
        if not within_limit(request, "naming-progress", TRIES_IN_AN_HOUR):
            status = 429
            context["refused"] = "查得太多了，请过一小时再查。"
        elif form.is_valid() and not _within_limit_of_number(form.cleaned_data["number"]):
            status = 429
            context["refused"] = "这个申请编号查得太多了，请过一小时再查。"
        elif form.is_valid():
            found = application_of(form.cleaned_data["number"], form.cleaned_data["tail"])
            if found:
                status = 200
                context |= {
                    "application": found,
                    "steps": found.steps.all(),
                    "due": procedure.due(found, procedure.terms()),
                    "told_states": procedure.MUST_SAY,
                    "consultation": NamingConsultation.objects.filter(application=found).first(),
                    "notice_page": notices.published(found),
                }
            else:
                form.add_error(None, UNKNOWN)
    context |= {
        "breadcrumbs": [
            (reverse("place_names:index"), "地名"),
            (reverse("place_names:naming_check"), "地名命名预审"),
            (None, "查申请进度"),
        ],
        "form": form,
    }
    return render(request, "place_names/naming_progress.html", context, status=status)


def _within_limit_of_number(typed: str) -> bool:
    """Counts a try for the number, from wherever it comes: four digits are soon tried through."""
    number = normal_number(typed)
    return not number or rate_limits.hit("naming-progress-number", number) <= TRIES_IN_AN_HOUR


def application_of(number: str, tail: str) -> NamingApplication | None:
    """The application of that number, if the telephone ends so; None without telling which is
    wrong."""
    found = NamingApplication.objects.filter(number=normal_number(number) or "-").first()
    telephone = found.applicant.get("telephone", "") if found else ""
    is_right = hmac.compare_digest(telephone[-4:].encode(), tail.strip().encode())
    return found if found and is_right and len(telephone) >= 4 else None
