"""Addresses of pages from Chinese titles: 结婚登记 becomes jie-hun-deng-ji."""

from itertools import count

from django.urls import Resolver404, resolve
from django.utils.text import slugify
from pypinyin import lazy_pinyin
from wagtail.models import Page

LONGEST = 60


def slug_from(title: str) -> str:
    """An ASCII slug of at most 60 letters, cut between syllables; `page` for no letters at all."""
    syllables = slugify(" ".join(lazy_pinyin(title))).split("-")
    slug = ""
    for syllable in syllables:
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or "page"


def belongs_to_the_site(slug: str, parent: Page | None) -> bool:
    """Whether a page of this slug below `parent` would be hidden by an address of the site."""
    if parent is None or not parent.is_site_root():
        return False
    try:
        return resolve(f"/{slug}/").url_name != "wagtail_serve"
    except Resolver404:
        return False


def free_slug(title: str, parent: Page, page: Page | None = None) -> str:
    """A slug from `title` that no other page under `parent` has: …-2, …-3 where it is taken."""
    base = slug_from(title)
    candidates = (base if number == 1 else f"{base}-{number}" for number in count(1))
    return next(
        slug
        for slug in candidates
        if Page._slug_is_available(slug, parent, page) and not belongs_to_the_site(slug, parent)
    )
