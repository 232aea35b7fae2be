"""Finds pages that use a name which is no longer the standard one.

《地名管理条例》 art. 18: government websites use standard place names. A former name, or the
name of a place that is abolished or historical, is listed with the name to use instead,
unless a standard name in the same text contains it (江南大道 is no misuse in 江南大道中).
"""

import re
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from django.db import models
from wagtail.models import Page
from wagtail.search.index import SearchField

from home.cache import invalidation
from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable
from place_names.models import NameVariant, PlaceName

# Two characters (南华) are part of too many other words to be held against a page.
SHORTEST = 3


def names_to_avoid() -> dict[str, str]:
    """Each name that is out of use and the standard name to use for it ("" for none)."""
    standard = set(
        PlaceName.objects.filter(status=PlaceName.Status.STANDARD).values_list("name", flat=True)
    )
    avoided = dict.fromkeys(
        PlaceName.objects.filter(
            status__in=(PlaceName.Status.HISTORICAL, PlaceName.Status.ABOLISHED)
        ).values_list("name", flat=True),
        "",
    )
    avoided.update(
        NameVariant.objects.filter(kind=NameVariant.Kind.FORMER).values_list("name", "place__name")
    )
    return {
        old: new for old, new in avoided.items() if len(old) >= SHORTEST and old not in standard
    }


def misused(text: str, avoided: dict[str, str], standard: set[str]) -> list[str]:
    """The names of `avoided` that `text` uses, each once, in the order of the text.

    A name inside a longer standard name that stands there is none.
    """
    if not avoided:
        return []
    longest_first = sorted({*avoided, *standard}, key=len, reverse=True)
    found = re.findall("|".join(map(re.escape, longest_first)), text)
    return list(dict.fromkeys(name for name in found if name in avoided))


def text_of(page: Page) -> str:
    """All that the search finds in a page, and its fields of one line, as one text."""
    values = [
        field.get_value(page)
        for field in page.get_search_fields()
        if isinstance(field, SearchField)
    ]
    values += [
        getattr(page, field.attname)
        for field in page._meta.local_concrete_fields
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices
    ]
    return "\n".join(str(value) for value in values if value)


def gather(user: AbstractBaseUser) -> list[DeskItem]:
    """For the editors' desk: pages that this person may change."""
    own = set(editable(user, Page.objects.live()).values_list("pk", flat=True))
    return [item for pk, item in _all_items() if pk in own]


def _all_items() -> list[tuple[int, DeskItem]]:
    """The line of each page, by its key. Kept until any content changes: it reads every page."""
    key = f"pages-with-names-out-of-use:{invalidation.content_version()}"
    items = cache.get(key)
    if items is None:
        items = list(_items())
        cache.set(key, items, 3600)
    return items


def _items() -> Iterator[tuple[int, DeskItem]]:
    avoided = names_to_avoid()
    standard = {
        name
        for name in PlaceName.objects.filter(status=PlaceName.Status.STANDARD).values_list(
            "name", flat=True
        )
        if any(old in name for old in avoided)
    }
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator():
        if found := misused(text_of(page), avoided, standard):
            reason = "；".join(_reason(old, avoided[old]) for old in found)
            yield page.pk, DeskItem(page.get_admin_display_title(), edit_url(page), reason)


def _reason(old: str, new: str) -> str:
    return f"用了“{old}”，标准地名是“{new}”" if new else f"用了已不使用的地名“{old}”"
