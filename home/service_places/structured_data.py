"""What search engines are told of a service place: schema.org's GovernmentOffice."""

from django.http import HttpRequest

from home.models import ServicePlace
from home.sitemap import public_address
from home.telephones import telephones_in

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def dialled_at(place: ServicePlace) -> list[str]:
    """The numbers of the place for machines, which would dial a sample too: none of those."""
    if place.is_sample:
        return []
    return [phone.dialled for phone in telephones_in(place.phone)]


def place_as_data(place: ServicePlace, request: HttpRequest) -> dict:
    """The place as JSON-LD (https://schema.org/GovernmentOffice) without its context."""
    data = {
        "@type": "GovernmentOffice",
        "name": place.name,
        "url": public_address(request, place.get_absolute_url()),
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
