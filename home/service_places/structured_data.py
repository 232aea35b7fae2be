"""What search engines are told of a service place: schema.org's GovernmentOffice."""

from django.http import HttpRequest

from home.models import ServicePlace
from home.sitemap import public_address

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def place_as_data(place: ServicePlace, request: HttpRequest) -> dict:
    """The place as JSON-LD (https://schema.org/GovernmentOffice) without its context.

    A sample number is left out: machines would dial it.
    """
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
    if place.phone and not place.is_sample:
        data["telephone"] = place.phone
    if place.latitude is not None:
        data["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": place.latitude,
            "longitude": place.longitude,
        }
    return data
