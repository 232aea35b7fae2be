"""Dropping the draft of a public page: the public version becomes the newest one again.

Nothing is destroyed: the dropped draft stays in the history of the page, from where it can be
taken up again.
"""

from django.contrib import messages
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from wagtail.log_actions import log
from wagtail.models import Page

DISCARDED = "home.draft_discarded"


def may_discard(user: AbstractBaseUser, page: Page) -> bool:
    """Whether the page has a draft beside its public version that this user may drop."""
    if not page.live or not page.has_unpublished_changes:
        return False
    if not page.permissions_for_user(user).can_edit() or page.locked:
        return False
    review = page.current_workflow_state
    return review is None or review.user_can_cancel(user)


def discard_draft(page: Page, user: AbstractBaseUser) -> None:
    """Makes the public version the newest; a review of the draft is cancelled."""
    with transaction.atomic():
        if review := page.current_workflow_state:
            review.cancel(user=user)
        public = Page.objects.get(pk=page.pk).specific
        revision = public.save_revision(user=user, changed=False)
        Page.objects.filter(pk=page.pk).update(
            has_unpublished_changes=False, live_revision=revision, draft_title=public.title
        )
        log(public, DISCARDED, user=user, revision=revision)


def discard(request: HttpRequest, page_id: int) -> HttpResponse:
    """Asks, and on POST drops the draft."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not may_discard(request.user, page):
        raise PermissionDenied
    if request.method == "POST":
        discard_draft(page, request.user)
        messages.success(
            request,
            f"“{page.title}”的草稿已放弃，公众看到的版本没有变。要找回草稿，请到页面的历史里恢复。",
        )
        return redirect("wagtailadmin_pages:edit", page.pk)
    return TemplateResponse(request, "home/staff/discard_draft.html", {"page": page})
