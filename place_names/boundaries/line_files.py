"""Imports a file of boundary lines, completely or not at all.

A line between two subdistricts names them by ``left`` and ``right`` (9-digit codes), one
with another district by ``neighbour``. Lines that are there are found by their two sides and
keep their number, markers and inspections; those that the file leaves out are kept.
"""

from dataclasses import dataclass, field

import shapely
from django.db import transaction
from shapely.geometry import shape

from place_names.checks.entries import TOLERANCE
from place_names.geometry import shapes
from place_names.importing.problems import FileRefusedError, Problem
from place_names.importing.readers import few_rows, open_source
from place_names.models import BoundaryLine, Subdistrict

from . import coverage

HEADINGS = {
    "number": ("number", "编号"),
    "left": ("left", "一侧街道"),
    "right": ("right", "另一侧街道"),
    "outside": ("neighbour", "相邻的区"),
    "description": ("description", "走向说明"),
}
MAX_LINES = 2000


@dataclass
class LineImport:
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list = field(default_factory=list)

    def __str__(self):
        return f"新增界线{self.added}，变更{self.changed}，未变{self.unchanged}"


def import_lines(path, name="", dry_run=False):
    """Reads lines from GeoJSON, GeoPackage or Shapefile and measures their lengths.

    Returns a ``LineImport``; when it has problems, or on a dry run, nothing was changed.
    Raises ``FileRefusedError`` when the file cannot be read.
    """
    source = open_source(path, name)
    columns = {
        key: next((h for h in source.headings if h.strip() in wanted), None)
        for key, wanted in HEADINGS.items()
    }
    if not columns["number"] or not (columns["left"] or columns["outside"]):
        raise FileRefusedError(
            "须有编号（number），以及两侧街道（left、right）或相邻的区（neighbour）。"
        )
    areas = {area.code: area for area in Subdistrict.objects.all()}
    known = {_sides(line): line for line in BoundaryLine.objects.select_related("left", "right")}
    numbers = {line.number: line for line in known.values()}
    result, to_save = LineImport(), []
    for row in few_rows(source, MAX_LINES, "界线"):
        text = {key: row.values.get(heading, "").strip() for key, heading in columns.items()}
        problems = _problems(row, text, areas)
        if not problems:
            line = known.get(_wanted_sides(text)) or BoundaryLine()
            owner = numbers.setdefault(text["number"], line)
            if owner is not line:
                reason = "编号已用于另一条界线"
                problems.append(Problem(row.line, "编号", text["number"], reason))
        if problems:
            result.problems += problems
            continue
        if _take_over(line, text, row.geometry, areas):
            to_save.append(line)
            result.added += line.pk is None
            result.changed += line.pk is not None
        else:
            result.unchanged += 1
    if not result.problems and not dry_run:
        with transaction.atomic():
            for line in to_save:
                line.save()
    return result


def _sides(line):
    left, right = line.left and line.left.code, line.right and line.right.code
    return frozenset((left, right)) if right else (left or "", line.outside)


def _wanted_sides(text):
    if text["right"]:
        return frozenset((text["left"], text["right"]))
    return text["left"], text["outside"]


def _problems(row, text, areas):
    found = []

    def wrong(key, reason):
        found.append(Problem(row.line, HEADINGS[key][1], text[key], reason))

    if not text["number"] or len(text["number"]) > 20:
        wrong("number", "须填写，不超过20个字符")
    if text["outside"] and text["right"]:
        wrong("outside", "有另一侧街道时不填相邻的区")
    if not text["outside"] and not (text["left"] and text["right"]):
        wrong("right", "须填两侧街道，或填相邻的区")
    if text["left"] and text["left"] == text["right"]:
        wrong("right", "两侧不能是同一个街道")
    if len(text["outside"]) > 20:
        wrong("outside", "不能超过20个字符")
    for key in ("left", "right"):
        if text[key] and text[key] not in areas:
            wrong(key, "没有这个街道，应为9位区划代码")
    reason = _unsound(row.geometry)
    if reason:
        found.append(Problem(row.line, "图形", text["number"], reason))
    elif not found:
        figure = shape(row.geometry)
        for key in ("left", "right"):
            area = areas.get(text[key])
            if area is None or not area.geometry:
                continue
            if not shapely.dwithin(shape(area.geometry), figure, TOLERANCE):
                wrong(key, f"界线没有挨着{area.name}")
    return found


def _unsound(geometry):
    try:
        shapes.check(geometry)
    except shapes.ShapeError as problem:
        return str(problem).rstrip("。")
    if geometry["type"] not in ("LineString", "MultiLineString"):
        return "应为线"
    return ""


def _take_over(line, text, geometry, areas):
    """Give a line what its row says; True when that changes it."""
    values = {
        "geometry": geometry,
        "length_m": float(coverage.length(shape(geometry))),
        "description": text["description"] or line.description,
    }
    if line.pk is None:
        left, right = areas.get(text["left"]), areas.get(text["right"])
        kind = BoundaryLine.Kind.SUBDISTRICT if right else BoundaryLine.Kind.DISTRICT
        values |= {
            "number": text["number"],
            "kind": kind,
            "left": left,
            "right": right,
            "outside": text["outside"],
        }
    changed = any(getattr(line, key) != value for key, value in values.items())
    for key, value in values.items():
        setattr(line, key, value)
    return changed
