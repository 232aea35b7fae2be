"""References that prevent the deletion of a record."""

import json
from collections.abc import Iterable

from django.db.models import PROTECT
from wagtail.models import Page

from place_names.models import PlaceName

SHOWN = 3


def referrers(places: Iterable[PlaceName]) -> dict[int, list]:
    """By key of each place that others refer to: records that forbid the deletion, at most
    SHOWN + 1 of each kind, and published pages that link to the address of the place.

    A page that only mentions the name does not prevent it: the editors' desk lists it once the name is
    out of use.
    """
    found: dict[int, list] = {}
    places = list(places)
    for relation in PlaceName._meta.related_objects:
        if getattr(relation, "on_delete", None) is PROTECT:
            for place in places:
                held = relation.related_model._default_manager.filter(
                    **{relation.field.name: place}
                )[: SHOWN + 1]
                if held:
                    found.setdefault(place.pk, []).extend(held)
    for page in Page.objects.live().filter(depth__gt=1).specific().iterator():
        content = json.dumps(page.serializable_data(), default=str)
        for place in places:
            if f"/{place.code}/" in content:
                found.setdefault(place.pk, []).append(page)
    return found


def refusal(place: PlaceName, found: list) -> str:
    shown = "；".join(f"{_kind(each)}“{each}”" for each in found[:SHOWN])
    more = "等" if len(found) > SHOWN else ""
    return f"不能删除“{place.name}”：被{shown}{more}引用。请先处理这些记录，或把地名改为“已废止”。"


def _kind(each) -> str:
    return "页面" if isinstance(each, Page) else str(each._meta.verbose_name)
