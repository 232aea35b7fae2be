"""Validates a row of text: a candidate for the register, or all problems of the row."""

import json
import re
from dataclasses import dataclass
from datetime import date

from django.utils.timezone import localdate

from home.table_export import unguarded
from place_names.geometry import reference_systems, shapes
from place_names.geometry.coordinates import convert_geometry, to_cgcs2000
from place_names.models import Category, PlaceName, Subdistrict
from place_names.names import codes, standing
from place_names.names.rows import HEADINGS, TEXTS, clean_text, degrees, parse_variants, shape_text
from place_names.plain_names import unwanted_sign

from .problems import Problem
from .readers import SourceRow

MAX_TEXT_LENGTH = 5000
CHINA = (73.0, 136.0, 3.0, 54.0)

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_HAN = re.compile(r"[㐀-鿿]")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,15})?")
_METRES = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,15})?")
_DECIMAL_COMMA = re.compile(r"[0-9]{1,3},[0-9]+")
_SEXAGESIMAL = re.compile(r"""([0-9]{1,3})[°度\s]+([0-9]{1,2})[′'’分\s]+([0-9.]+)?[″"”秒\s]*""")
_DATE = re.compile(r"[0-9]{4}[-/.年][0-9]{1,2}([-/.月].*)?")
_SPREADSHEET_NUMBER = re.compile(r"[0-9.]+[eE]\+?[0-9]+|[0-9]+\.0+")
_STATUS = {label: value for value, label in PlaceName.Status.choices} | {
    "现今": "standard",
    "历史": "historical",
}


@dataclass(frozen=True)
class Candidate:
    """A row that may be taken: canonical text by field, for the fields the file has."""

    line: int
    row: dict[str, str]
    shape: str | None = None  # None: the file says nothing about lines and polygons
    blank: frozenset[str] = frozenset()  # fields whose cell is empty


class Checker:
    """Checks rows one after another and remembers the codes it has seen.

    `shapes_by_code` may hold lines and polygons from a second file, as GeoJSON text.
    """

    def __init__(self, columns: dict[str, str], system: str = "CGCS2000", shapes_by_code=None):
        self.heading = {name: heading for heading, name in columns.items()}
        self.system = system
        self.in_metres = reference_systems.is_known(system) and not (
            reference_systems.is_geographic(system)
        )
        self.shapes = shapes_by_code
        self.this_year = localdate().year
        self.seen: dict[str, int] = {}
        self.categories = set()
        self.category_codes: dict[str, str] = {}
        for category in Category.objects.all():
            self.categories.add(category.code)
            # A name that several classes share tells nothing.
            same = self.category_codes.get(category.name)
            self.category_codes[category.name] = "" if same else category.code
        self.subdistricts: dict[str, str] = {}
        for subdistrict in Subdistrict.objects.only("code", "name"):
            for key in (subdistrict.code, subdistrict.name, subdistrict.name.removesuffix("街道")):
                self.subdistricts[key] = subdistrict.code

    def check(self, source: SourceRow) -> tuple[Candidate | None, list[Problem]]:
        problems: list[Problem] = []
        row: dict[str, str] = {}
        blank = set()
        for name, heading in self.heading.items():
            given = source.values.get(heading, "")
            value = clean_text(unguarded(clean_text(given)))
            if not value:
                blank.add(name)
            reason = source.faults.get(heading)
            if reason:
                pass
            elif _CONTROL.search(value):
                reason = "含有不可见的控制字符"
            elif name == "code" and not value:
                continue  # It is found by name and position, or given.
            else:
                try:
                    row[name] = self._field(name, value)
                except ValueError as error:
                    reason = str(error)
            if reason:
                problems.append(Problem(source.line, HEADINGS[name], given, reason))
        shape = self._place(source, row, problems)
        if not problems:
            self._together(source.line, row, problems)
        found = None if problems else Candidate(source.line, row, shape, frozenset(blank))
        return found, problems

    def _field(self, name: str, value: str) -> str:
        if name in TEXTS:
            return self._text(name, value)
        return getattr(self, f"_{name}")(value)

    def _text(self, name: str, value: str) -> str:
        longest = PlaceName._meta.get_field(name).max_length or MAX_TEXT_LENGTH
        if len(value) > longest:
            raise ValueError(f"最多{longest}个字，现有{len(value)}个字")
        if name == "name" and not value:
            raise ValueError("没有填写标准名称")
        if name == "romanisation" and _HAN.search(value):
            raise ValueError("罗马字母拼写中不能有汉字")
        if name in PlaceName.plain_names and (fault := unwanted_sign(value)):
            raise ValueError(fault.removesuffix("。"))
        return value

    def _code(self, value: str) -> str:
        if _SPREADSHEET_NUMBER.fullmatch(value):
            raise ValueError("代码被当作数字保存，末尾几位已丢失，请在表格中把该列设为文本")
        parts = codes.parse(value)
        if parts.district != codes.DISTRICT:
            raise ValueError(f"代码前6位应为本区代码{codes.DISTRICT}")
        if parts.subdistrict_code and parts.subdistrict_code not in self.subdistricts:
            raise ValueError(f"代码第7至9位“{parts.subdistrict}”不是本区的街道")
        if parts.category not in self.categories:
            raise ValueError(f"代码第10至14位“{parts.category}”不是已知的地名类别")
        return value

    def _category(self, value: str) -> str:
        padded = value.ljust(5, "0") if value.isascii() and value.isdigit() else value
        found = padded if padded in self.categories else self.category_codes.get(value)
        if not found:
            raise ValueError("没有填写类别" if not value else "不是已知的地名类别")
        return found

    def _status(self, value: str) -> str:
        found = value if value in PlaceName.Status.values else _STATUS.get(value)
        if not value:
            return PlaceName.Status.STANDARD.value
        if not found:
            raise ValueError(f"状态须为{'、'.join(PlaceName.Status.labels)}之一")
        return found

    def _subdistricts(self, value: str) -> str:
        named = [part.strip() for part in re.split(r"[;；、]", value) if part.strip()]
        found = []
        for each in named:
            if each not in self.subdistricts:
                raise ValueError(f"“{each}”不是本区的街道")
            found.append(self.subdistricts[each])
        if len(set(found)) != len(found):
            raise ValueError("同一街道写了两次")
        return ";".join(found)

    def _degrees(self, value: str) -> str:
        if self.in_metres:
            if value and not _METRES.fullmatch(value):
                raise ValueError("须为以米为单位的坐标，例如429260.6")
            return value
        if not value or _DECIMAL.fullmatch(value):
            return value
        if _DECIMAL_COMMA.fullmatch(value):
            raise ValueError(f"小数点写成了逗号，应为{value.replace(',', '.')}")
        if found := _SEXAGESIMAL.fullmatch(value):
            degrees_, minutes, seconds = (float(part or 0) for part in found.groups())
            decimal = degrees_ + minutes / 60 + seconds / 3600
            raise ValueError(f"写成了度分秒，须换算为十进制的度数：{decimal:.6f}")
        if _METRES.fullmatch(value):
            raise ValueError("不像经纬度，像是以米为单位的投影坐标，请选定它的坐标系")
        raise ValueError("须为十进制的度数，例如113.264500")

    _lon = _lat = _degrees

    def _year(self, value: str) -> str:
        if not value:
            return ""
        digits = value.removesuffix("年")
        if _DATE.fullmatch(value):
            raise ValueError(
                "是日期，这里须为年份。请把该列设为文本，只填四位年份，例如1998"
                "（在日期格式的单元格里填年份会变成另一个日期）"
            )
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
            raise ValueError("年份须为四位数字")
        if not 1 <= int(digits) <= 2100:
            raise ValueError("年份须在1至2100之间")
        return str(int(digits))

    _year_established = _year_abolished = _year

    def _approved_on(self, value: str) -> str:
        day = value.replace("年", "-").replace("月", "-").removesuffix("日")
        day = re.sub(r"[/.]", "-", day.removesuffix(" 00:00:00"))
        parts = day.split("-")
        try:
            return date(*map(int, parts)).isoformat() if day else ""
        except (TypeError, ValueError):
            raise ValueError("日期须写作2024-05-01") from None

    def _variants(self, value: str) -> str:
        return "|".join(str(variant) for variant in parse_variants(value))

    def _place(self, source: SourceRow, row: dict, problems: list[Problem]) -> str | None:
        """Convert and check point and shape; returns the shape as text, None if not given."""
        lon, lat = row.get("lon", ""), row.get("lat", "")
        broken = any(problem.column in (HEADINGS["lon"], HEADINGS["lat"]) for problem in problems)
        if broken:
            pass
        elif bool(lon) != bool(lat):
            name = "lat" if lon else "lon"
            problems.append(Problem(source.line, HEADINGS[name], "", "东经和北纬须同时填写"))
        elif lon:
            self._point(source.line, row, problems)
        geometry = source.geometry
        from_file = geometry is not None
        if self.shapes is not None and row.get("code") in self.shapes:
            geometry = json.loads(self.shapes[row["code"]])
        if geometry is None:
            return None
        try:
            if fault := geometry.get("fault"):
                raise shapes.ShapeError(str(fault))
            self._refuse_misplaced(geometry)
            geometry = self._converted(geometry)
            shapes.check(geometry)
            if wrong := _misplaced(shapes.positions(geometry)):
                raise shapes.ShapeError(wrong)
        except shapes.ShapeError as error:
            kind = str(geometry.get("type", ""))
            problems.append(Problem(source.line, HEADINGS["shape"], kind, str(error).rstrip("。")))
            return None
        if geometry["type"] == "Point":
            if from_file and not lon:
                row["lon"], row["lat"] = (degrees(v) for v in geometry["coordinates"][:2])
            return None
        return shape_text(geometry)

    def _point(self, line: int, row: dict, problems: list[Problem]) -> None:
        lon, lat = float(row["lon"]), float(row["lat"])
        reason = "" if self.in_metres else _misplaced([(lon, lat)])
        lon, lat = to_cgcs2000(self.system, lon, lat)
        if reason := reason or _misplaced([(lon, lat)]):
            problems.append(Problem(line, HEADINGS["lon"], f"{row['lon']}, {row['lat']}", reason))
            return
        row["lon"], row["lat"] = degrees(lon), degrees(lat)

    def _refuse_misplaced(self, geometry: dict) -> None:
        """Raise ShapeError for degrees that cannot be right, as the file has them."""
        if self.in_metres:
            return
        try:
            wrong = _misplaced(shapes.positions(geometry))
        except (KeyError, TypeError, IndexError):
            return  # What is wrong with its form is told by the check of the shape.
        if wrong:
            raise shapes.ShapeError(wrong)

    def _converted(self, geometry: dict) -> dict:
        """The geometry in CGCS2000; one that is no geometry comes back as it is."""
        if self.system in ("CGCS2000", "WGS84"):
            return geometry
        try:
            return convert_geometry(geometry, lambda x, y: to_cgcs2000(self.system, x, y))
        except (KeyError, TypeError, IndexError, ValueError):
            return geometry

    def _together(self, line: int, row: dict, problems: list[Problem]) -> None:
        """Rules over several fields and rows."""
        start, end = row.get("year_established"), row.get("year_abolished")
        if start and end and int(end) < int(start):
            column = HEADINGS["year_abolished"]
            problems.append(Problem(line, column, end, f"废止年份早于设立年份{start}"))
        else:
            for field, told in self._standing(row):
                problems.append(Problem(line, HEADINGS[field], row[field], told.rstrip("。")))
        if "code" not in row:
            return
        first = self.seen.setdefault(row["code"], line)
        if first != line:
            reason = f"与第{first}行的代码重复"
            problems.append(Problem(line, HEADINGS["code"], row["code"], reason))

    def _standing(self, row: dict) -> list[tuple[str, str]]:
        """Faults of status and years, where the file has them all.

        What an abolished name lacks is found by the checks: surveys often do not know it.
        """
        if not {"status", "year_established", "year_abolished"} <= row.keys():
            return []
        start, end = (int(row[name] or 0) for name in ("year_established", "year_abolished"))
        if row["status"] == PlaceName.Status.ABOLISHED:
            end = end or self.this_year
        return list(
            standing.faults(row["status"], start, end, ground="-", this_year=self.this_year)
        )


def _misplaced(points: list[tuple[float, float]]) -> str:
    """Why positions cannot be right; empty when they can."""
    west, east, south, north = CHINA
    for lon, lat in points:
        if lon == lat == 0:
            return "坐标是0, 0，那是没有填写坐标的记号；没有坐标请留空"
        if not (west <= lon <= east and south <= lat <= north):
            swapped = west <= lat <= east and south <= lon <= north
            return "东经、北纬可能写反了" if swapped else "坐标不在中国范围内"
    return ""
