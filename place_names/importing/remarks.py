"""What an officer should look at before an import: rows that can be taken, and may be wrong."""

import json
from collections.abc import Iterator

from home.traditional.text import to_simplified
from place_names.geometry import shapes
from place_names.models import PlaceName, Subdistrict
from place_names.names.at_point import subdistrict_at
from place_names.names.rows import HEADINGS, SHAPE, parse_variants

from .differences import ADDED, CHANGED, Difference
from .matching import distance
from .problems import Problem

MOVED_FAR = 200
"""Metres from the extent of a record from which on a new position is told."""
Told = Iterator[tuple[str, str, str]]


class Remarks:
    """Looks at the differences of one file, in their order."""

    def __init__(self):
        self.lines: dict[tuple[str, ...], int] = {}
        self.subdistricts = dict(Subdistrict.objects.values_list("code", "name"))

    def of_batch(
        self, batch: list[Difference], rows: dict[str, dict[str, str]]
    ) -> Iterator[Problem]:
        """What to look at in each row; `rows` is by code what the file says of the places."""
        registered = _registered(each.code for each in batch if each.action == CHANGED)
        for each in batch:
            if each.action not in (ADDED, CHANGED):
                continue
            place = registered.get(each.code)
            row = rows[each.code]
            told = [*self._name(each, row), *self._place(each, row, place), *self._lost(each, row)]
            for field, value, reason in told:
                yield Problem(each.line, HEADINGS[field], value, reason)

    def _name(self, each: Difference, row: dict[str, str]) -> Told:
        fields = each.fields
        if "name" not in fields:
            if each.action == CHANGED and "category" in fields:
                was = fields["category"][0]
                yield "category", fields["category"][1], f"原来是{was}，代码不会跟着变"
            return
        name = fields["name"][1]
        if each.action == CHANGED:
            was = fields["name"][0]
            yield "name", name, f"登记的名称是“{was}”，会直接改掉，不留曾用名；真正的更名请用“更名”"
        if (simplified := to_simplified(name)) != name:
            yield "name", name, f"含有繁体字，规范写法是“{simplified}”"
        if any(sign in name for sign in "()（）"):
            yield "name", name, "含有括号；曾用名、别名请填在“其他名称”"
        key = (name, row.get("category", ""), row.get("subdistricts", ""))
        first = self.lines.setdefault(key, each.line)
        if each.action == ADDED and first != each.line:
            yield "name", name, f"与第{first}行的名称、类别、街道都相同"

    def _place(self, each: Difference, row: dict[str, str], place: PlaceName | None) -> Told:
        """Where a point and the subdistricts disagree, whichever of them the row changes."""
        moved = bool({"lon", "lat", SHAPE} & each.fields.keys())
        point = _point(each, row)
        if place is not None and point is None and not moved and place.lon is not None:
            point = (place.lon, place.lat)
        if point is None or not (moved or "subdistricts" in each.fields):
            return
        shown = f"{point[0]:.6f}, {point[1]:.6f}"
        there = subdistrict_at(*point)
        codes = [code for code in row.get("subdistricts", "").split(";") if code]
        own = [each.subdistrict.code for each in place.place_subdistricts.all()] if place else []
        names = self._names(codes or own)
        if there is None:
            if moved:
                yield "lon", shown, "不在海珠区内"
        elif not moved and there.code not in codes:
            yield "subdistricts", names, f"登记的位置在{there.name}，不在填的街道里"
        elif codes and there.code not in codes:
            yield "lon", shown, f"在{there.name}，街道填的是{names}"
        elif not codes and own and there.code not in own:
            yield "lon", shown, f"在{there.name}，登记的街道是{names}"
        if place is not None and moved and place.lon is not None:
            metres = distance(point, place)
            if metres > MOVED_FAR:
                yield "lon", shown, f"比登记的位置移动了{metres:,.0f}米"

    def _lost(self, each: Difference, row: dict[str, str]) -> Told:
        """What a changed record has now and will not have: a cell replaces the whole list."""
        if each.action != CHANGED:
            return
        if "subdistricts" in each.fields:
            before, after = (value.split(";") for value in each.fields["subdistricts"])
            if gone := [code for code in before if code and code not in after]:
                reason = f"原来登记的{self._names(gone)}不再登记；经过几个街道的，请都填上"
                yield "subdistricts", self._names(after), reason
        if "variants" in each.fields:
            before, after = (
                [variant.name for variant in parse_variants(value)]
                for value in each.fields["variants"]
            )
            if gone := [name for name in before if name not in after]:
                reason = f"原来登记的“{'、'.join(gone)}”会删去；要保留的，请一起填上"
                yield "variants", row.get("variants", ""), reason
        if "status" in each.fields:
            before, after = each.fields["status"]
            was_public, is_public = (state not in PlaceName.NOT_PUBLIC for state in (before, after))
            if was_public != is_public:
                was, now = (PlaceName.Status(state).label for state in (before, after))
                then = "马上公开" if is_public else "不再公开"
                yield "status", now, f"原来是“{was}”，导入后{then}"

    def _names(self, codes: list[str]) -> str:
        return "、".join(self.subdistricts[code] for code in codes if code)


def _point(each: Difference, row: dict[str, str]) -> tuple[float, float] | None:
    """The position that a row gives: its own, else that of its shape."""
    if row.get("lon") and row.get("lat"):
        return float(row["lon"]), float(row["lat"])
    if drawn := each.fields.get(SHAPE, ["", ""])[1]:
        found = shapes.measure(json.loads(drawn))
        return found.lon, found.lat
    return None


def _registered(codes) -> dict[str, PlaceName]:
    """Records by code, with their extent and subdistricts."""
    places = (
        PlaceName.objects.filter(code__in=list(codes))
        .only("code", "lon", "lat", "min_lon", "min_lat", "max_lon", "max_lat")
        .prefetch_related("place_subdistricts__subdistrict")
    )
    return {place.code: place for place in places}
