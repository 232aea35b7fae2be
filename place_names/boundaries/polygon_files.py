"""Imports subdistrict polygons and derives the boundary lines between them.

All or nothing: the file is checked as a coverage first. Lines that are in the register keep
their description, markers and inspections; their course is redrawn only on request.
"""

from dataclasses import dataclass, field

from django.db import transaction
from shapely.geometry import shape

from place_names.importing.problems import FileRefusedError
from place_names.importing.readers import few_rows, open_source
from place_names.models import BoundaryLine, Subdistrict
from place_names.names.romanisation import romanise

from . import coverage

CODE_HEADINGS = ("code", "区划代码", "代码")
NAME_HEADINGS = ("name", "名称", "街道")
MAX_POLYGONS = 500


@dataclass
class AreaImport:
    """What an import would do, or did, and what is wrong with the polygons."""

    added: list = field(default_factory=list)
    changed: list = field(default_factory=list)
    unchanged: int = 0
    new_lines: list = field(default_factory=list)
    redrawn_lines: list = field(default_factory=list)
    stale_lines: list = field(default_factory=list)
    problems: list = field(default_factory=list)

    def __str__(self):
        return (
            f"新增街道{len(self.added)}，变更{len(self.changed)}，未变{self.unchanged}；"
            f"新增界线{len(self.new_lines)}，重绘{len(self.redrawn_lines)}"
        )


def import_areas(path, name="", dry_run=False, redraw=False, tolerance_m2=50.0):
    """Read polygons from GeoJSON, GeoPackage or Shapefile with a 9-digit code for each.

    With the subdistricts that the file leaves out they must be a valid coverage; overlaps
    and gaps up to ``tolerance_m2`` are let pass. Lines are drawn where two neighbours have
    none; ``redraw`` redraws the others too. Returns an ``AreaImport``; when it has
    problems, or on a dry run, nothing was changed. Raises ``FileRefusedError`` when the
    file cannot be read.
    """
    rows, result = _read(path, name)
    known = {area.code: area for area in Subdistrict.objects.all()}
    given = {row.code for row in rows}
    kept = [
        coverage.Area(area.code, area.name, area.geometry)
        for area in known.values()
        if area.code not in given and area.geometry
    ]
    whole = [*rows, *kept]
    result.problems += [str(flaw) for flaw in coverage.flaws(whole, tolerance_m2)]
    if result.problems:
        return result
    for row in rows:
        before = known.get(row.code)
        if before is None:
            result.added.append(row.name)
        elif before.geometry != row.geometry:
            result.changed.append(before.name)
        else:
            result.unchanged += 1
    with transaction.atomic():
        _keep(rows, known)
        draw_lines(whole, redraw, result)
        if dry_run:
            transaction.set_rollback(True)
    return result


def draw_lines(areas, redraw=False, result=None):
    """Draw the lines between the areas that the register lacks, in order of their codes.

    ``redraw`` gives those that it has a new course and length. Lines between two that are
    no neighbours any more are reported as stale, never deleted. Returns the ``AreaImport``.
    """
    result = result or AreaImport()
    ids = dict(Subdistrict.objects.values_list("code", "pk"))
    lines = {
        frozenset((line.left.code, line.right.code)): line
        for line in BoundaryLine.objects.filter(kind=BoundaryLine.Kind.SUBDISTRICT).select_related(
            "left", "right"
        )
    }
    next_number = _next_number()
    for shared in coverage.shared_lines(areas):
        line = lines.pop(frozenset((shared.left, shared.right)), None)
        if line is None:
            line = BoundaryLine(
                number=f"{next_number:02d}", left_id=ids[shared.left], right_id=ids[shared.right]
            )
            next_number += 1
            result.new_lines.append(line.number)
        elif redraw and line.geometry != _plain(shared.going_with_left(line.left.code)):
            result.redrawn_lines.append(line.number)
        else:
            continue
        line.geometry = _plain(shared.going_with_left(line.left.code))
        line.length_m = shared.length_m
        line.save()
    result.stale_lines += [str(line) for line in lines.values()]
    return result


def _read(path, name):
    source = open_source(path, name)
    columns = [
        next((h for h in source.headings if h.strip() in wanted), None)
        for wanted in (CODE_HEADINGS, NAME_HEADINGS)
    ]
    if columns[0] is None:
        raise FileRefusedError("缺少“code”（9位区划代码）这一列。")
    result, rows, seen = AreaImport(), [], set()
    for row in few_rows(source, MAX_POLYGONS, "街道范围"):
        code = row.values.get(columns[0], "").strip()
        label = row.values.get(columns[1], "").strip() if columns[1] else ""
        if len(code) != 9 or not code.isascii() or not code.isdigit():
            result.problems.append(f"第{row.line}行：区划代码“{code[:20]}”应为9位数字")
        elif code in seen:
            result.problems.append(f"第{row.line}行：区划代码{code}重复")
        else:
            seen.add(code)
            label = (
                label
                or Subdistrict.objects.filter(code=code).values_list("name", flat=True).first()
            )
            if not label:
                result.problems.append(f"第{row.line}行：{code}是新的街道，须有名称")
            rows.append(coverage.Area(code, label or code, _plain(row.geometry)))
    if not rows and not result.problems:
        result.problems.append("文件中没有街道")
    return rows, result


def _keep(rows, known):
    for row in rows:
        area = known.get(row.code) or Subdistrict(
            code=row.code, name=row.name, romanisation=romanise(row.name, category="21500")
        )
        if area.pk and area.geometry == row.geometry:
            continue
        area.geometry = row.geometry
        area.area = round(coverage.square_metres(shape(row.geometry)))
        area.save()


def _next_number():
    numbers = BoundaryLine.objects.values_list("number", flat=True)
    return max((int(number) for number in numbers if number.isdigit()), default=0) + 1


def _plain(geometry):
    """Lists instead of tuples, as the database gives them back, to compare and to keep."""
    if isinstance(geometry, dict):
        return {key: _plain(value) for key, value in geometry.items()}
    return [_plain(item) for item in geometry] if isinstance(geometry, list | tuple) else geometry
