"""Pages that use a name which is not the standard one: before submission, and on the desk."""

from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.core.cache import cache
from wagtail.models import Page

from home.cache import invalidation
from home.models import FindingAnswer
from home.pages.full_text import texts_of
from home.staff.desk.lists import DeskItem
from home.staff.desk.pages import edit_url, editable
from home.text_checks import Finding

from . import avoided
from .avoided import Avoided, Names
from .mentions import mentions

KIND = "非标准地名"
BASIS = "依据：《地名管理条例》第十八条。"
MAX_OFFERED = 3


def non_standard(page: Page) -> Iterator[Finding]:
    """The text check: names out of use, each with the standard one. A page that needs the name, as
    for history, answers with a reason."""
    yield from _findings(page, avoided.current())


def gather(user: AbstractBaseUser) -> list[DeskItem]:
    """For the editors' desk: pages that this person may change."""
    own = set(editable(user, Page.objects.live()).values_list("pk", flat=True))
    return [item for pk, item in _all_items() if pk in own]


def advice(one: Avoided) -> str:
    """What to write instead of the name, in words."""
    if not one.instead:
        return f"“{one.name}”是{one.what}，没有接替的标准地名。"
    offered = "、".join(f"“{name}”" for name in one.instead[:MAX_OFFERED])
    more = "等" if len(one.instead) > MAX_OFFERED else ""
    which = "，请按位置选用" if len(one.instead) > 1 else ""
    return f"“{one.name}”是{one.what}，标准地名是{offered}{more}{which}。"


def _findings(page: Page, names: Names) -> Iterator[Finding]:
    for text in texts_of(page):
        for name, around in mentions(text.words, names):
            yield Finding(KIND, text.field, around, f"{advice(names.avoided[name])}{BASIS}")


def _all_items() -> list[tuple[int, DeskItem]]:
    """The line of each page, by its key. Kept until any content changes: it reads every page."""
    key = f"pages-with-names-out-of-use:{invalidation.content_version()}"
    items = cache.get(key)
    if items is None:
        items = list(_items())
        cache.set(key, items, 3600)
    return items


def _items() -> Iterator[tuple[int, DeskItem]]:
    names = avoided.current()
    answered = set(FindingAnswer.objects.values_list("page_id", "finding"))
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator():
        found = [one for one in _findings(page, names) if (page.pk, one.key) not in answered]
        if found:
            reasons = dict.fromkeys(one.advice.removesuffix(BASIS) for one in found)
            yield (
                page.pk,
                DeskItem(page.get_admin_display_title(), edit_url(page), "".join(reasons)),
            )
