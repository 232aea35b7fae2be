"""Faults of points, lines and areas of place names."""

import re
from collections import defaultdict

import numpy
import shapely
from pyproj import Geod
from shapely.geometry import shape

from place_names.fault_kinds import LINE_APART, LINE_LENGTH, LINE_UNLISTED, NO_LOCATION, OUTSIDE

from .entries import TOLERANCE, Fault, areas_told

GEOD = Geod(ellps="GRS80")
# A line along a boundary goes a little into the other side, as coarse as it was drawn.
PASSED_METRES, PASSED_SQUARE_METRES = 50, 2_000
# Metres that a line may be long, by class; the district is 18 km from end to end. The longest
# bridges over the river here are not 2 km long, the tunnels not 4.
SHORTEST, LONGEST = 10, {"": 30_000, "23610": 3_000, "23620": 6_000}
# By how much the length in words may differ from that of the drawn line.
LENGTH_RATIO = 1.5
_LENGTH = re.compile(r"(?<![宽高深周])长约?([0-9]+(?:\.[0-9]+)?)(米|公里|千米)")


def misplaced(entries, areas, names=None):
    """A point outside every stated subdistrict; a line or area that misses one of them, or that
    passes one that is not stated."""
    return Locator(areas, names or {}).faults(list(entries))


class Locator:
    """Finds the subdistricts that entries lie in; `areas` and `names` as for `all_faults`."""

    def __init__(self, areas, names):
        self.names = names
        polygons = {code: shape(geometry) for code, geometry in areas.items() if geometry}
        self.known = sorted(polygons)
        self.polygons = polygons
        self.tree = shapely.STRtree([polygons[code] for code in self.known])

    def faults(self, entries):
        touched = self._touched(entries)
        for entry in entries:
            if entry.geometry:
                yield from self._of(entry, touched[entry.id])
            elif entry.in_use:
                yield Fault(entry.id, NO_LOCATION, "没有坐标")

    def _of(self, entry, touched):
        stated = [code for code in entry.subdistricts if code in self.polygons]
        missed = [code for code in stated if code not in touched]
        where = areas_told(sorted(touched), self.names) or "本区以外"
        if entry.geometry["type"] == "Point":
            if missed and len(missed) == len(stated):
                told = areas_told(stated, self.names)
                yield Fault(entry.id, OUTSIDE, f"坐标在{where}，登记的街道是{told}")
        elif missed:
            told = areas_told(missed, self.names)
            yield Fault(entry.id, LINE_APART, f"图形在{where}，没有经过登记的{told}")
        elif stated and (others := self._passed(entry, stated, touched.difference(stated))):
            told = "、".join(f"{self.names.get(code, code)}（{how}）" for code, how in others)
            yield Fault(entry.id, LINE_UNLISTED, f"图形还经过{told}，没有登记")

    def _passed(self, entry, stated, others):
        """(code, how far) of the subdistricts that a figure goes into, and not just along."""
        if not others:
            return []
        own = shapely.union_all([self.polygons[code] for code in stated]).buffer(TOLERANCE)
        figure, found = shapely.difference(shape(entry.geometry), own), []
        for code in sorted(others):
            inside = shapely.intersection(figure, self.polygons[code])
            metres = GEOD.geometry_length(inside) if figure.length and not figure.area else 0
            square = abs(GEOD.geometry_area_perimeter(inside)[0]) if figure.area else 0
            if metres > PASSED_METRES:
                found.append((code, f"{metres:,.0f}米"))
            elif square > PASSED_SQUARE_METRES:
                found.append((code, f"{square:,.0f}平方米"))
        return found

    def _touched(self, entries):
        """{entry: codes of the subdistricts that it lies in or touches}."""
        located = [entry for entry in entries if entry.geometry]
        figures = numpy.array([shape(entry.geometry) for entry in located], dtype=object)
        touched = defaultdict(set)
        if len(figures) and self.known:
            found = self.tree.query(figures, predicate="dwithin", distance=TOLERANCE)
            for figure, area in found.T:
                touched[located[figure].id].add(self.known[area])
        return touched


def odd_lengths(entries):
    """A line that is too short or too long for its class, or not as long as its description says."""
    for entry in entries:
        if entry.geometry and entry.geometry["type"] in ("LineString", "MultiLineString"):
            metres = GEOD.geometry_length(shape(entry.geometry))
            longest = LONGEST.get(entry.category, LONGEST[""])
            if not SHORTEST <= metres <= longest:
                message = f"图形长{metres:,.0f}米，这一类一般在{SHORTEST}米至{longest:,}米之间"
                yield Fault(entry.id, LINE_LENGTH, message)
            elif found := _LENGTH.search(entry.description):
                told = float(found[1]) * (1 if found[2] == "米" else 1000)
                if not told / LENGTH_RATIO <= metres <= told * LENGTH_RATIO:
                    message = f"概况写的是“{found[0]}”，图形长{metres:,.0f}米"
                    yield Fault(entry.id, LINE_LENGTH, message)
