"""Subdistricts and boundary lines as GeoJSON, in the form that their importers read."""

import json
from collections.abc import Iterator

from place_names.models import BoundaryLine, Subdistrict

TYPE = "application/geo+json"


def area_blocks() -> Iterator[str]:
    """The polygons as `boundaries.import_areas` reads them, in order of code."""
    areas = Subdistrict.objects.filter(geometry__isnull=False).order_by("code")
    return _collection(({"code": a.code, "name": a.name}, a.geometry) for a in areas)


def line_blocks() -> Iterator[str]:
    """The lines as `line_files.import_lines` reads them, in order of number."""
    lines = BoundaryLine.objects.filter(geometry__isnull=False).select_related("left", "right")
    return _collection((_facts(line), line.geometry) for line in lines.order_by("number"))


def _facts(line: BoundaryLine) -> dict[str, str]:
    return {
        "number": line.number,
        "left": line.left.code if line.left else "",
        "right": line.right.code if line.right else "",
        "neighbour": line.outside,
        "description": line.description,
    }


def _collection(features) -> Iterator[str]:
    yield '{"type":"FeatureCollection","features":[\n'
    for number, (facts, geometry) in enumerate(features):
        feature = {"type": "Feature", "properties": facts, "geometry": geometry}
        text = json.dumps(feature, ensure_ascii=False, separators=(",", ":"))
        yield (",\n" if number else "") + text
    yield "\n]}\n"
