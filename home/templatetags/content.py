"""What the templates of content pages need beyond Django's own."""

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

from home import fillers, visibility
from home.remembered import remembered
from home.sitemap import public_address
from home.telephones import telephones_in

SHARED = "fill-1200x630|format-jpeg"

register = template.Library()


@register.filter
def is_open_to_all(page: Page | None) -> bool:
    """Whether there is a page, and everybody may read it: others are not named elsewhere."""
    return page is not None and visibility.is_open_to_all(page)


@register.filter
def filled(text: str) -> str:
    """The text of one line with what its marks stand for today, e.g. an amount."""
    return fillers.filled(text)


@register.filter
def with_telephones(text: str) -> SafeString:
    """The text with each number in it as a link to tap; an extension is dialled after a pause."""
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
    """JSON-LD for search engines, as a script of data that no browser runs."""
    text = json.dumps(data, ensure_ascii=False).translate(_json_script_escapes)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.filter
def with_columns(row, table) -> list:
    """The cells of a typed table's row, each with its column: for headings on a phone."""
    return list(zip(table.columns, row, strict=False))


@register.filter
def file_facts(document: AbstractDocument) -> str:
    """Type and size of a file, as told before a download: `PDF，1.2 MB`."""
    size = document.file_size
    kind = document.file_extension.upper() or "文件"
    return f"{kind}，{filesizeformat(size)}" if size else kind


@register.simple_tag(takes_context=True)
def event_as_data(context) -> SafeString | str:
    """The event as JSON-LD for search engines (https://schema.org/Event); of a sample nothing."""
    page, request = context["page"], context["request"]
    if page.is_sample:
        return ""
    data = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": page.title,
        "description": fillers.filled(page.summary),
        "url": public_address(request, page.url),
        "startDate": timezone.localtime(page.starts_at).isoformat(),
        "endDate": timezone.localtime(page.ends_at).isoformat(),
        "location": {"@type": "Place", "name": page.venue, "address": page.venue},
        "organizer": {"@type": "GovernmentOrganization", "name": "广州市海珠区民政局"},
    }
    return linked_data(data)


@register.simple_tag(takes_context=True)
def absolute(context, address: str) -> str:
    """`address` with the host of the site, as canonical links and social cards need it."""
    request = context.get("request")
    return public_address(request, address) if request and address else address


@register.simple_tag
def sizes_of(image: AbstractImage | None) -> SafeString | str:
    """The `<picture>` of an image in the text of a page, with its sizes and formats."""
    if image is None:
        return ""
    return remembered(
        ("sizes of", image.pk),
        lambda: render_to_string("home/blocks/sizes.html", {"image": image}),
    )


@register.simple_tag
def shared_picture(image: AbstractImage) -> str:
    """The address of the image as social software shows it beside a link."""
    return remembered(("shared", image.pk), lambda: get_rendition_or_not_found(image, SHARED).url)
