"""Deleted pages are kept for a while, with everything below them, and can be put back.

They lie under a page beside the site's root page, where no address leads.
"""

from datetime import timedelta

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Page

from home.models import TrashedPage
from home.pages.slugs import free_slug

KEPT_FOR = timedelta(days=90)
SLUG = "trash"
TRASHED, RESTORED = "home.page_trashed", "home.page_restored"


def trash_page() -> Page:
    """The page under which deleted ones lie; made when it is first needed."""
    root = Page.get_first_root_node()
    found = root.get_children().filter(slug=SLUG).first()
    return found or root.add_child(
        instance=Page(title="回收站", slug=SLUG, live=False, show_in_menus=False)
    )


def outside_trash(pages: QuerySet) -> QuerySet:
    """The pages of a queryset without the trash and what lies in it."""
    found = Page.objects.filter(depth=2, slug=SLUG).values_list("path", flat=True).first()
    return pages.exclude(path__startswith=found) if found else pages


def is_in_trash(page: Page) -> bool:
    return not outside_trash(Page.objects.filter(pk=page.pk)).exists()


@transaction.atomic
def move_to_trash(page: Page, user: AbstractBaseUser) -> TrashedPage:
    """Withdraws a page and all below it, and keeps them for `KEPT_FOR`."""
    page = Page.objects.get(pk=page.pk).specific
    UnpublishPageAction(page, user=user, include_descendants=True).execute(
        skip_permission_checks=True
    )
    if review := page.current_workflow_state:
        review.cancel(user=user)
    page.refresh_from_db()
    trashed = TrashedPage.objects.create(
        page_id=page.pk, parent=page.get_parent(), slug=page.slug, deleted_by=user
    )
    Page.objects.filter(pk=page.pk).update(slug=f"{SLUG}-{page.pk}")
    _move(page.pk, trash_page(), user)
    log(page, TRASHED, user=user, title=trashed.page.get_admin_display_title())
    return trashed


@transaction.atomic
def restore(trashed: TrashedPage, user: AbstractBaseUser) -> Page:
    """Puts the page back as a draft, under another slug where its own is taken.

    Raises ValueError where the page above it is gone or is itself in the trash.
    """
    parent = trashed.parent
    if parent is None or is_in_trash(parent):
        raise ValueError("原来的上级页面已经删除，请先恢复上级页面。")
    page = Page.objects.get(pk=trashed.page_id)
    is_free = Page._slug_is_available(trashed.slug, parent, page)
    slug = trashed.slug if is_free else free_slug(page.title, parent, page)
    Page.objects.filter(pk=page.pk).update(slug=slug)
    _move(page.pk, parent, user)
    if latest := page.latest_revision:
        latest.content["slug"] = slug
        latest.save(update_fields=["content"])
    trashed.delete()
    page = Page.objects.get(pk=page.pk).specific
    log(page, RESTORED, user=user)
    return page


def _move(key: int, parent: Page, user: AbstractBaseUser) -> None:
    """The right to delete or to restore was checked already."""
    page, target = Page.objects.get(pk=key), Page.objects.get(pk=parent.pk)
    action = MovePageAction(page, target, pos="last-child", user=user)
    action.execute(skip_permission_checks=True)


def empty_old_trash() -> None:
    """Deletes for good what was deleted longer ago than `KEPT_FOR`."""
    for trashed in TrashedPage.objects.filter(deleted_at__lt=timezone.now() - KEPT_FOR):
        Page.objects.get(pk=trashed.page_id).specific.delete()
