"""Directions to a service place; nothing of the visitor is sent."""

from urllib.parse import quote, urlencode

from .models import ServicePlace


def directions_to(place: ServicePlace) -> list[tuple[str, str]]:
    """(URL, label): the map application of the device (`geo:`, RFC 5870), and a web map for
    devices without one. Empty where the place has no coordinates.

    Coordinates are CGCS2000, which differs from WGS 84 by centimetres.
    """
    if place.longitude is None or place.latitude is None:
        return []
    latitude, longitude = f"{place.latitude:.6f}", f"{place.longitude:.6f}"
    web = urlencode(
        {"position": f"{longitude},{latitude}", "name": place.name, "coordinate": "wgs84"}
    )
    return [
        (
            f"geo:{latitude},{longitude}?q={latitude},{longitude}({quote(place.name)})",
            "用手机地图导航",
        ),
        (f"https://uri.amap.com/marker?{web}", "在高德地图网页上看（外部网站）"),
    ]
