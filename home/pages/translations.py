"""Which public pages say the same in Chinese and in English, and where the other language is."""

from django.db.models import Q
from django.urls import Resolver404, resolve
from django.utils.translation import override
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from home.cache.memoize import memoized
from home.languages.locales import CHINESE, ENGLISH, ENGLISH_ADDRESS, TAGS, is_english_address

from .navigation import address_of, pages_of_frame
from .visibility import open_to_all

Addresses = dict[str, str]
"""{language: address} of one page and its translation."""


def _by_key() -> dict[object, Addresses]:
    """The public English pages and their public originals, by translation key."""
    found: dict[object, Addresses] = {}
    for page in pages_of_frame():
        languages = found.setdefault(page.translation_key, {})
        languages[page.locale.language_code] = address_of(page)
    return {key: languages for key, languages in found.items() if ENGLISH in languages}


def pages_of_site(site: Site) -> PageQuerySet:
    """All pages of the site, those in other languages too, in tree order."""
    below = Q()
    for root in site.root_page.get_translations(inclusive=True):
        below |= Q(path__startswith=root.path)
    return Page.objects.filter(below).order_by("path")


def translations() -> dict[object, Addresses]:
    return memoized("translations", _by_key)


def alternates(page: Page) -> list[tuple[str, str]]:
    """(hreflang, address) of a page in each language and of the one for everybody else, the
    same list on both pages; empty where there is one language only."""
    addresses = translations().get(page.translation_key, {})
    if len(addresses) < 2:
        return []
    rows = [(TAGS[language], addresses[language]) for language in TAGS if language in addresses]
    return [*rows, ("x-default", addresses[CHINESE])]


def _withdrawn() -> set[object]:
    """Translation keys of public English pages whose Chinese original is not public."""
    public = open_to_all(Page.objects, any_language=True)
    chinese = public.filter(locale__language_code=CHINESE)
    originals = Page.objects.filter(locale__language_code=CHINESE)
    keys = public.filter(
        locale__language_code=ENGLISH, translation_key__in=originals.values("translation_key")
    ).exclude(translation_key__in=chinese.values("translation_key"))
    return set(keys.values_list("translation_key", flat=True))


def original_is_withdrawn(page: Page) -> bool:
    """Whether this English page follows a Chinese one that the public cannot read (any more)."""
    return page.translation_key in memoized("withdrawn originals", _withdrawn)


def other_language(path: str) -> str:
    """The address that says in the other language what `path` says, else what stands nearest
    above it; empty where there is no English."""
    return _chinese_for(path) if is_english_address(path) else _english_for(path)


def _english_for(path: str) -> str:
    found = translations().values()
    for addresses in found:
        if addresses.get(CHINESE) == path:
            return addresses[ENGLISH]
    wanted = ENGLISH_ADDRESS + path.removeprefix("/")
    above = (each[ENGLISH] for each in found if wanted.startswith(each[ENGLISH]))
    return max(above, key=len, default="")


def _chinese_for(path: str) -> str:
    for addresses in translations().values():
        if addresses[ENGLISH] == path and CHINESE in addresses:
            return addresses[CHINESE]
    same = "/" + path.removeprefix(ENGLISH_ADDRESS)
    with override(CHINESE):
        try:
            return same if resolve(same).url_name != "wagtail_serve" else "/"
        except Resolver404:
            return "/"
