"""The public page of the pre-check."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

import home.subdistricts
from home.visitors import within_limit
from place_names.models import RegisterSettings

from . import index, lists
from .alternatives import alternatives
from .checking import check
from .findings import MEASURES, Result
from .forms import NamingForm
from .rules.wording import in_standard_characters

CHECKS_IN_AN_HOUR = 120
TITLE = "地名命名预审"


def subdistrict_names() -> list[str]:
    return [name for _, name in home.subdistricts.subdistricts()]


@require_safe
@never_cache
def page(request: HttpRequest) -> HttpResponse:
    """The form, and below it what the rules say of the name in the address."""
    now = lists.stored()
    form = NamingForm(request.GET if "name" in request.GET else None, now)
    context = {
        "breadcrumbs": [(reverse("place_names:index"), "地名"), (None, TITLE)],
        "form": form,
        "register": RegisterSettings.in_force(),
        "kinds": now.kinds.values(),
    }
    status = 200
    if form.is_bound:
        if not form.is_valid():
            status = 422
        elif not within_limit(request, "naming-check", CHECKS_IN_AN_HOUR):
            status = 429
            context["refused"] = (
                f"一小时内最多查{CHECKS_IN_AN_HOUR}次，请过一小时再查。您填的内容还在下面。"
            )
        else:
            context |= _told(form, now)
    return render(request, "place_names/naming_check.html", context, status=status)


def _told(form: NamingForm, now: lists.Lists) -> dict:
    names, areas = index.current(), subdistrict_names()
    result = check(form.proposal(), names, now, areas)
    simplified = in_standard_characters(result.proposal.name)
    return {
        "simplified": simplified,
        "simplified_address": _check_address(result, simplified),
        "result": result,
        "kind": now.kinds[result.proposal.kind],
        "generics": _endings(result),
        "measures": [(MEASURES[name], size) for name, size in result.proposal.measures.items()],
        "alternatives": alternatives(result.proposal, names, now, areas) if result.findings else [],
        "checked_at": timezone.localtime(),
        "apply_address": _apply_address(result),
    }


def _check_address(result: Result, name: str) -> str:
    asked = result.proposal
    given = {"kind": asked.kind, "name": name, "subdistrict": asked.subdistrict}
    return f"{reverse('place_names:naming_check')}?{urlencode(given)}"


def _apply_address(result: Result) -> str:
    asked = result.proposal
    given = {"kind": asked.kind, "name": asked.name, "subdistrict": asked.subdistrict}
    return f"{reverse('place_names:naming_apply')}?{urlencode(given)}"


def _endings(result: Result) -> list[str]:
    """How else the name could be split: its endings of one to four characters."""
    name = result.proposal.name
    found = [name[-size:] for size in range(1, min(5, len(name)))]
    return [each for each in found if each != result.parts.generic]
