"""Papers of an application: its letters, ready to print, and the draft of its public notice."""

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST
from wagtail.models import Page, Site

from home.models import SiteSettings
from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable
from place_names.models import NamingApplication, NamingStep
from place_names.naming import letters, notices
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
    messages.success(request, f"已起草“{page.title}”，送审通过后公开。")
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
