"""What refers to a record so that it cannot be deleted."""

from django.db.models import PROTECT

from place_names.models import PlaceName

SHOWN = 3


def referrers(place: PlaceName) -> list:
    """Some of the records that forbid the deletion, at most SHOWN + 1 of each kind."""
    found = []
    for relation in PlaceName._meta.related_objects:
        if getattr(relation, "on_delete", None) is PROTECT:
            model = relation.related_model
            found += model._default_manager.filter(**{relation.field.name: place})[: SHOWN + 1]
    return found


def refusal(place: PlaceName, found: list) -> str:
    shown = "；".join(f"{each._meta.verbose_name}“{each}”" for each in found[:SHOWN])
    more = "等" if len(found) > SHOWN else ""
    return f"不能删除“{place.name}”：被{shown}{more}引用。请先处理这些记录，或把地名改为“已废止”。"
