"""Records of figures, guides and policies as the API gives them."""

import re
from html import unescape

from django.http import HttpRequest
from django.utils.html import strip_tags

from home.pages.sitemap import public_url

from ..figures.models import Figure, FigureValue
from ..figures.rendering import FigureLookup
from ..models import GuidePage, PolicyPage
from ..pages.materials import materials_of

_ENDS_OF_LINES = re.compile(r"</(?:p|li|h[1-6]|tr|dt|dd|caption)>|<br ?/?>")


def value(found: FigureValue) -> dict:
    return {
        "shown": found.shown(),
        "amount": None if found.amount is None else float(found.amount),
        "qualifier": found.qualifier,
        "text": found.text,
        "period": found.period,
        "valid_from": found.valid_from,
        "valid_to": found.valid_to,
        "is_target": found.is_target,
    }


def figure(found: Figure, lookup: FigureLookup, request: HttpRequest) -> dict:
    held, goal = lookup.value(found.slug), lookup.goal(found.slug)
    names = ("name", "area", "unit", "kind", "description", "source", "is_sample")
    return {name: getattr(found, name) for name in names} | {
        "code": found.slug,
        "address": public_url(request, found.get_absolute_url()),
        "value": value(held) if held else None,
        "is_review_due": bool(held and held.figure.is_review_due(lookup.day)),
        "target": value(goal) if goal else None,
    }


def guide(page: GuidePage, request: HttpRequest, lookup: FigureLookup) -> dict:
    names = ("authority", "audience", "sample_note")
    filled = ("fee", "statutory_limit", "promised_limit")
    return (
        _page(page, request, lookup)
        | {name: getattr(page, name) for name in names}
        | {name: lookup.fill_in_plain(getattr(page, name)) for name in filled}
        | {"ways": [way for way, (field, _) in GuidePage.WAYS.items() if getattr(page, field)]}
    )


def guide_detail(page: GuidePage, request: HttpRequest, lookup: FigureLookup) -> dict:
    def told(text: object) -> str:
        return plain(text, lookup)

    return guide(page, request, lookup) | {
        "legal_basis": [
            {name: told(block.value[name]) for name in ("law", "article", "number", "content")}
            for block in page.legal_basis
        ],
        "conditions": told(page.conditions),
        "materials": [
            {
                "name": told(material.name),
                "form": material.form,
                "copies": material.copies,
                "quantity": told(material.quantity),
                "required": material.is_required,
                "note": told(material.note),
            }
            for material in materials_of(page)
        ],
        "steps": [
            {name: told(block.value[name]) for name in ("title", "text", "time")}
            for block in page.steps
        ],
        **{
            name: told(getattr(page, name))
            for name in ("location", "hours", "phone", "complaint_phone", "result")
        },
        "text": told(page.body),
        "faq": [
            {name: told(block.value[name]) for name in ("question", "answer")} for block in page.faq
        ],
    }


def policy(page: PolicyPage, request: HttpRequest, lookup: FigureLookup) -> dict:
    names = (
        "document_number", "issuing_body", "issued_on", "revised_on", "published_on", "effective_on",
        "ends_on", "state", "is_summary", "is_sample",
    )  # fmt: skip
    return _page(page, request, lookup) | {name: getattr(page, name) for name in names}


def policy_detail(page: PolicyPage, request: HttpRequest, lookup: FigureLookup) -> dict:
    replaced = [block.value.slug for block in page.replaces if block.value]
    files = [block.value["document"] for block in page.attachments if block.value.get("document")]
    return policy(page, request, lookup) | {
        "index_number": page.index_number,
        "subject": page.subject,
        "ended_by": page.ended_by,
        "replaces": replaced,
        "text": plain(page.body, lookup),
        "attachments": [
            {"title": each.title, "address": public_url(request, each.url)} for each in files
        ],
    }


def _page(page: GuidePage | PolicyPage, request: HttpRequest, lookup: FigureLookup) -> dict:
    return {
        "id": page.pk,
        "slug": page.slug,
        "title": page.title,
        "summary": lookup.fill_in_plain(page.summary),
        "section": page.section.title if page.section else "",
        "published": page.last_published_at,
        "address": public_url(request, page.get_url(request)),
    }


def plain(content: object, lookup: FigureLookup) -> str:
    """Text or rendered blocks as plain text, a line for each paragraph, figures filled in."""
    html = _ENDS_OF_LINES.sub("\n", str(content or ""))
    lines = (" ".join(line.split()) for line in unescape(strip_tags(html)).splitlines())
    return lookup.fill_in_plain("\n".join(line for line in lines if line))
