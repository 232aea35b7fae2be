"""Pages that wait for an editor: due for review, and with links that lead nowhere."""

import datetime
from collections.abc import Iterator

from django.apps import apps
from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from ..models import ContentPage, DeadLink
from .lists import DeskItem

SOON = datetime.timedelta(days=14)


def editable(user: AbstractBaseUser, pages):
    """Those of a queryset of pages that this person may change."""
    allowed = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    return pages.filter(pk__in=allowed.values("pk"))


def edit_address(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def content_models() -> list[type[ContentPage]]:
    return [model for model in apps.get_models() if issubclass(model, ContentPage)]


def due_for_review(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Live pages whose review is overdue or due within two weeks, the oldest first."""
    limit = timezone.localdate() + SOON
    pages = []
    for model in content_models():
        pages += editable(user, model.objects.live().filter(review_due__lte=limit))
    for page in sorted(pages, key=lambda page: page.review_due):
        late = page.review_due < timezone.localdate()
        day = page.review_due.strftime("%Y-%m-%d")
        yield DeskItem(page.title, edit_address(page), f"{day}{'（已过期）' if late else ''}")


def dead_links(user: AbstractBaseUser) -> Iterator[DeskItem]:
    """Links that the last check found dead, with what they answered."""
    pages = editable(user, Page.objects.all())
    found = DeadLink.objects.filter(page__in=pages.values("pk")).select_related("page")
    for link in found.order_by("page__title", "address"):
        yield DeskItem(link.page.title, edit_address(link.page), f"{link.address}（{link.answer}）")
