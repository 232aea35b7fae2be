"""The standard names of today that came out of names that have ended."""

from collections.abc import Iterable

from place_names.models import PlaceName, Succession

Status = PlaceName.Status
MAX_CHANGES = 20
"""Changes in a row that are followed; no place was renamed so often."""


def standard_names_of(keys: Iterable[int]) -> dict[int, list[PlaceName]]:
    """For each primary key the public standard names in its stead: itself while it is in force,
    else those that it was renamed to, merged into or divided into, however often; empty where it
    was abolished. One query for each change in a row, two for the names.
    """
    keys = list(dict.fromkeys(keys))
    known = dict(PlaceName.objects.filter(pk__in=keys).values_list("pk", "status"))
    heads: dict[int, list[int]] = {key: [key] for key in keys if key in known}
    next_of: dict[int, list[int]] = {}
    for _ in range(MAX_CHANGES):
        ended = {pk for pk, status in known.items() if status != Status.STANDARD}
        asked = ended - next_of.keys()
        if not asked:
            break
        next_of |= {pk: [] for pk in asked}
        links = Succession.objects.filter(in_force=True, predecessor__in=asked).order_by("pk")
        for old, new, status in links.values_list(
            "predecessor_id", "successor_id", "successor__status"
        ):
            next_of[old].append(new)
            known.setdefault(new, status)
    found = {key: _ends(head, next_of) for key, head in heads.items()}
    wanted = {pk for ends in found.values() for pk in ends}
    public = PlaceName.objects.standard().in_bulk(wanted)
    return {key: [public[pk] for pk in found.get(key, ()) if pk in public] for key in keys}


def _ends(head: list[int], next_of: dict[int, list[int]]) -> list[int]:
    """The last ones of all ways from `head` on, in order; a circle ends nowhere."""
    found: dict[int, None] = {}
    open_ones, seen = list(head), set()
    while open_ones:
        pk = open_ones.pop(0)
        if pk in seen:
            continue
        seen.add(pk)
        if pk in next_of:
            open_ones += next_of[pk]
        else:
            found[pk] = None
    return list(found)
