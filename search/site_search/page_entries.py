"""Keeping the entries of site search true to the pages."""

from django.db.models import Model
from modelsearch.index import AutocompleteField, insert_or_update_object
from wagtail.models import Page, PageQuerySet

from search.backends.documents import texts
from search.models import PageEntry

from .kinds import kind_of

MAX_TEXT = 100_000
MIN_DEPTH = 3  # The home page mentions everything and answers nothing.
SERVICE = "在线服务"
OWN_FIELDS = ("title", "summary", "asked")
"""Fields that count for themselves, not as running text."""


def refresh(page: Page) -> bool:
    """Write the entry of a page in its specific class, or take it away if it is not live.

    Tells whether the entry of a live page was not right before.
    """
    if not page.live or page.depth < MIN_DEPTH or not getattr(page, "searchable", True):
        PageEntry.objects.filter(pk=page.pk).delete()
        return False
    values = _entry(page)
    # An entry that is right already is left alone: writing it would empty the page cache.
    if PageEntry.objects.filter(pk=page.pk, **values).exists():
        return False
    PageEntry.objects.update_or_create(page_id=page.pk, defaults=values)
    return True


def _entry(page: Page) -> dict:
    own_text = [
        text
        for field, text in texts(page)
        if not isinstance(field, AutocompleteField) and field.field_name not in OWN_FIELDS
    ]
    parts = None
    if type(page).get_url_parts is not Page.get_url_parts:
        parts = page.get_url_parts()
    return {
        "kind": kind_of(type(page)),
        "type_name": SERVICE if parts else str(page._meta.verbose_name)[:40],
        "title": page.title,
        "summary": getattr(page, "summary", "") or page.search_description,
        "asked": getattr(page, "asked", ""),
        "text": " ".join(" ".join(own_text).split())[:MAX_TEXT],
        # Only pages that are doors to an application have an address of their own; the
        # others' follows from the tree and changes when a page above them moves.
        "address": parts[2][:255] if parts else "",
        "dated": getattr(page, "text_dated", None) or getattr(page, "issued_on", None),
    }


def rebuild(progress=lambda text: None) -> int:
    """Put the entries of all pages right; returns how many pages are in site search."""
    read_again(Page.objects.filter(depth__gt=1))
    count = PageEntry.objects.count()
    progress(f"一框搜索：{count}个页面")
    return count


def read_again(pages: PageQuerySet) -> None:
    """Index these pages again where what they say has changed without being saved, because
    something that their text stands for (an amount) has another value."""
    for page in pages.specific().iterator(chunk_size=200):
        if refresh(page):
            insert_or_update_object(page)


def page_saved(sender: type[Model], instance: Model, raw: bool = False, **kwargs) -> None:
    """Receiver for every saved model; only pages in their specific class concern it."""
    if not raw and isinstance(instance, Page) and sender is not Page:
        # Read again: a draft that is saved leaves its unpublished text in the instance.
        refresh(sender._default_manager.get(pk=instance.pk))
