"""Structured data of a service place for search engines: schema.org's GovernmentOffice."""

from django.http import HttpRequest

from home.pages.sitemap import public_url
from home.pages.telephones import telephones_in

from .models import ServicePlace

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def dialled_at(place: ServicePlace) -> list[str]:
    """Telephone numbers to dial; none for samples, which a machine would dial too."""
    if place.is_sample:
        return []
    return [phone.dialled for phone in telephones_in(place.phone)]


def place_as_data(place: ServicePlace, request: HttpRequest) -> dict:
    """The place as JSON-LD (https://schema.org/GovernmentOffice) without its context."""
    data = {
        "@type": "GovernmentOffice",
        "name": place.name,
        "url": public_url(request, place.get_absolute_url()),
        "address": place.address,
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": DAYS[weekday],
                "opens": f"{span.opens:%H:%M}",
                "closes": f"{span.closes:%H:%M}",
            }
            for weekday, spans in sorted(place.weekly.items())
            for span in sorted(spans)
        ]
        + [
            {
                "@type": "OpeningHoursSpecification",
                "validFrom": item.first.isoformat(),
                "validThrough": item.last.isoformat(),
                "opens": f"{item.span.opens:%H:%M}" if item.span else "00:00",
                "closes": f"{item.span.closes:%H:%M}" if item.span else "00:00",
            }
            for item in place.coming_exceptions
        ],
    }
    if numbers := dialled_at(place):
        data["telephone"] = numbers
    if place.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return data
