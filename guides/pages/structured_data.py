"""What search engines are told of a guide: schema.org's GovernmentService."""

from django.http import HttpRequest

from home.pages.sitemap import public_url
from home.pages.telephones import telephones_in
from home.service_places.mine import MAX_PLACES
from home.service_places.structured_data import dialled_at, place_as_data

from ..figures.rendering import lookup_for
from .models import GuidePage


def government_service(guide: GuidePage, request: HttpRequest) -> dict:
    """The guide as JSON-LD (https://schema.org/GovernmentService)."""
    fill_in = lookup_for(request).fill_in_plain
    data = {
        "@context": "https://schema.org",
        "@type": "GovernmentService",
        "name": guide.title,
        "description": fill_in(guide.summary),
        "url": public_url(request, guide.get_url(request)),
        "inLanguage": "zh-CN",
        "serviceOperator": {
            "@type": "GovernmentOrganization",
            "name": guide.authority or "广州市海珠区民政局",
        },
        "areaServed": {"@type": "AdministrativeArea", "name": "广州市海珠区"},
        "audience": {"@type": "Audience", "audienceType": guide.audience},
    }
    if channels := _channels(guide, request):
        data["availableChannel"] = channels
    if guide.faq:
        data["subjectOf"] = {
            "@type": "FAQPage",
            "mainEntity": [
                {
                    "@type": "Question",
                    "name": block.value["question"],
                    "acceptedAnswer": {
                        "@type": "Answer",
                        "text": fill_in(str(block.value["answer"])),
                    },
                }
                for block in guide.faq
            ],
        }
    return data


def _channels(guide: GuidePage, request: HttpRequest) -> list[dict]:
    """Where it is done and whom to call: the places on the page, else what is typed there.

    All places, whatever subdistrict the visitor chose: search engines have none, and the first
    of many would be no better than the others. Many are named only; their own pages tell the rest.
    A sample number goes to people, who read that it is one, and not to machines, which dial.
    """
    if places := guide.public_places:
        if len(places) <= MAX_PLACES:
            return [_channel(place_as_data(place, request), dialled_at(place)) for place in places]
        return [_channel(_named(place, request), []) for place in places]
    location = lookup_for(request).fill_in_plain(guide.location).strip()
    typed = "" if guide.sample_note else guide.phone
    numbers = [phone.dialled for phone in telephones_in(typed)]
    if not location and not numbers:
        return []
    return [_channel({"@type": "Place", "name": location} if location else {}, numbers)]


def _named(place, request: HttpRequest) -> dict:
    url = public_url(request, place.get_absolute_url())
    return {"@type": "Place", "@id": url, "name": place.name, "url": url}


def _channel(location: dict, numbers: list[str]) -> dict:
    channel: dict = {"@type": "ServiceChannel"}
    if location:
        channel["serviceLocation"] = location
    if numbers:
        channel["servicePhone"] = [
            {"@type": "ContactPoint", "telephone": number} for number in numbers
        ]
    return channel
