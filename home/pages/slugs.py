"""Slugs from Chinese titles: 结婚登记 becomes jie-hun-deng-ji."""

import re
from collections.abc import Iterator
from itertools import count

from django.urls import Resolver404, resolve
from django.utils.text import slugify
from pypinyin import lazy_pinyin
from wagtail.models import Page

MAX_LENGTH = 60
UNREADABLE = re.compile(r"-|-.*|[0-9-]+")
"""Slugs that Wagtail's script made of Chinese titles with spaces, digits or letters."""
HAN = re.compile("[\u4e00-\u9fff]")


def slug_from(title: str) -> str:
    """An ASCII slug of at most MAX_LENGTH letters, cut between syllables; `page` if empty."""
    syllables = slugify(" ".join(lazy_pinyin(title))).split("-")
    slug = ""
    for syllable in syllables:
        longer = f"{slug}-{syllable}" if slug else syllable
        if len(longer) > MAX_LENGTH:
            break
        slug = longer
    return slug or "page"


def belongs_to_the_site(slug: str, parent: Page | None) -> bool:
    """Whether a URL of the site would hide a page with this slug below `parent`."""
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


def unreadable_pages() -> Iterator[Page]:
    """Pages with a Chinese title whose slug says nothing of it: `-`, `2026`, `-app`."""
    for page in Page.objects.filter(depth__gt=2).order_by("path"):
        if UNREADABLE.fullmatch(page.slug) and HAN.search(page.title):
            yield page


def rename_unreadable_pages() -> int:
    """Gives such pages a slug from their title; the old addresses lead on. Returns how many."""
    renamed = 0
    for found in unreadable_pages():
        page = found.specific
        page.slug = free_slug(page.title, page.get_parent(), page)
        page.save(update_fields=["slug", "url_path"])  # Wagtail adds the redirects.
        for revision in page.revisions.filter(
            pk__in=[page.latest_revision_id, page.live_revision_id]
        ):
            revision.content["slug"] = page.slug
            revision.save(update_fields=["content"])
        renamed += 1
    return renamed
