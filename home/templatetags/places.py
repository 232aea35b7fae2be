"""Service places in pages of other apps, those of the visitor's subdistrict first."""

from collections.abc import Sequence
from functools import partial

from django import template

from home.cache.memoize import memoized
from home.models import ServicePlace
from home.service_places.mine import Arranged, arranged, my_subdistrict
from home.subdistricts import subdistricts

register = template.Library()


@register.inclusion_tag("home/service_places/_in_guide.html", takes_context=True)
def places_of(context, places: list, directory: str) -> dict:
    """The places where something is done; `directory` lists all of them."""
    some = arranged(places, "")
    code, name = my_subdistrict(context.get("request")) if some.is_local else ("", "")
    return {
        "arranged": arranged(places, code) if code else some,
        "count": len(places),
        "directory": directory,
        **_choice(context, code, name),
    }


def _of_kind(kind: str) -> list[ServicePlace]:
    return list(ServicePlace.objects.public().filter(kind=kind))


@register.simple_tag(takes_context=True)
def mine_first(context, places: Sequence, kind: str) -> Arranged:
    """The places and all of a kind of which each subdistrict has its own, those of the visitor's
    subdistrict first; without a choice the local ones are there to choose from."""
    if kind:
        local = memoized(("places of kind", kind), partial(_of_kind, kind))
        places = [*places, *(place for place in local if place not in places)]
    some = arranged(places, "")
    code, _name = my_subdistrict(context.get("request")) if some.is_local else ("", "")
    return arranged(places, code) if code else some


@register.inclusion_tag("home/service_places/_choice.html", takes_context=True)
def subdistrict_choice(context) -> dict:
    """The visitor's subdistrict with a way to change it, or a list to choose it from."""
    return _choice(context, *my_subdistrict(context.get("request")))


def _choice(context, code: str, name: str) -> dict:
    request = context.get("request")
    return {
        "mine": code,
        "my_name": name,
        "subdistricts": subdistricts(),
        "here": request.get_full_path() if request else "",
    }
