"""Template tags and filters for content pages."""

import json
import re

from django import template
from django.template.defaultfilters import filesizeformat
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import _json_script_escapes, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage
from wagtail.images.shortcuts import get_rendition_or_not_found
from wagtail.models import Page

from home.cache.memoize import memoized
from home.files.picture_sizes import SHARED, has_sizes
from home.pages import placeholders, visibility
from home.pages.sitemap import public_url
from home.pages.telephones import telephones_in
from home.samples import are_all_samples
from home.service_places.done_here import powers_of

register = template.Library()


@register.filter
def is_open_to_all(page: Page | None) -> bool:
    """Whether the page exists and is public; pages that are not public are not mentioned."""
    return page is not None and visibility.is_open_to_all(page)


@register.filter
def substituted(text: str) -> str:
    """A line of text with the values that its placeholders have today."""
    return placeholders.substituted(text)


@register.filter
def all_samples(rows) -> bool:
    """Whether one notice says of all rows that they are examples."""
    return are_all_samples(rows)


@register.filter
def powers(place) -> list[str]:
    """What a service place may do and others of its kind may not."""
    return powers_of(place)


@register.filter
def with_telephones(text: str) -> SafeString:
    """The text with telephone numbers as `tel:` links; an extension is dialled after a pause."""
    parts, done = [], 0
    for phone in telephones_in(text):
        link = format_html('<a class="number" href="tel:{}">{}</a>', phone.dialled, phone.shown)
        parts += [escape(text[done : phone.start]), link]
        done = phone.end
    return mark_safe("".join([*parts, escape(text[done:])]))  # noqa: S308


@register.filter
def with_whole_times(text: str) -> SafeString:
    """The text with each 09:00–12:00 kept on one line."""
    return mark_safe(re.sub(r"\d\d:\d\d–\d\d:\d\d", _on_one_line, escape(text)))  # noqa: S308


def _on_one_line(found: re.Match) -> str:
    return f'<span class="nowrap">{found[0]}</span>'


@register.filter
def linked_data(data: dict) -> SafeString:
    """JSON-LD for search engines, as a data script that browsers do not execute."""
    text = json.dumps(data, ensure_ascii=False).translate(_json_script_escapes)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.filter
def with_columns(row, table) -> list:
    """The cells of a row of a typed table with their columns, whose headings phones show."""
    return list(zip(table.columns, row, strict=False))


@register.filter
def file_facts(document: AbstractDocument) -> str:
    """Type and size of a file, shown before a download: `PDF，1.2 MB`."""
    size = document.file_size
    kind = document.file_extension.upper() or "文件"
    return f"{kind}，{filesizeformat(size)}" if size else kind


@register.simple_tag(takes_context=True)
def event_as_data(context) -> SafeString | str:
    """The event as JSON-LD (https://schema.org/Event); nothing for a sample."""
    page, request = context["page"], context["request"]
    if page.is_sample:
        return ""
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": placeholders.substituted(page.summary),
        "url": public_url(request, page.url),
        "startDate": timezone.localtime(page.starts_at).isoformat(),
        "endDate": timezone.localtime(page.ends_at).isoformat(),
        "location": {"@type": "Place", "name": page.venue, "address": page.venue},
        "organizer": {"@type": "GovernmentOrganization", "name": "广州市海珠区民政局"},
    }
    return linked_data(data)


@register.simple_tag(takes_context=True)
def absolute(context, address: str) -> str:
    """`address` as an absolute URL, for canonical links and social cards."""
    request = context.get("request")
    return public_url(request, address) if request and address else address


@register.simple_tag
def sizes_of(image: AbstractImage | None) -> SafeString | str:
    """The `<picture>` of an image in the text of a page, with its sizes and formats.

    An `<img>` of one size until the worker has made them: nine take a minute, side by side."""
    if image is None:
        return ""
    return memoized(
        ("sizes of", image.pk),
        lambda: render_to_string(
            "home/blocks/sizes.html", {"image": image, "is_made": has_sizes(image)}
        ),
    )


@register.simple_tag
def cover_of(image: AbstractImage | None) -> SafeString | str:
    """The picture in the head of an area: small, and shown at once."""
    if image is None:
        return ""
    return memoized(
        ("cover of", image.pk),
        lambda: render_to_string(
            "home/blocks/cover.html", {"image": image, "is_made": has_sizes(image)}
        ),
    )


@register.simple_tag
def shared_picture(image: AbstractImage) -> str:
    """The URL of the image for social cards."""
    return memoized(("shared", image.pk), lambda: get_rendition_or_not_found(image, SHARED).url)
