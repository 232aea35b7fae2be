"""Import and export of signs as a table, and the validation of its rows.

A file goes in whole or not at all; rows that are in the register already and say the same
change nothing, so an import may be repeated. Signs that the file leaves out are kept.
"""

import datetime
from dataclasses import dataclass, field

from django.db import transaction

from home.cache.invalidation import invalidate
from home.table_export import unguarded
from place_names.importing.problems import FileRefusedError, Problem
from place_names.importing.readers import open_source
from place_names.models import PlaceName, Sign

HEADINGS = {
    "number": "标志编号",
    "kind": "类型",
    "place_code": "地名代码",
    "lon": "东经",
    "lat": "北纬",
    "state": "状态",
    "last_inspection": "最近检查",
    "remarks": "备注",
    "inscription": "牌面上的名称",
}
REQUIRED = ("number", "kind", "place_code", "lon", "lat", "state")
DECIMALS = 6
BATCH = 500
MAX_PROBLEMS = 1000


@dataclass
class SignImport:
    """What an import would do, or did: counts, and what is wrong with the file."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list = field(default_factory=list)

    def __str__(self):
        return f"新增{self.added}，变更{self.changed}，未变{self.unchanged}"


def import_signs(path, name="", dry_run=False):
    """Read signs from a CSV, XLSX or GeoJSON file.

    Returns a ``SignImport``; when it has problems, or on a dry run, nothing was changed.
    Raises ``FileRefusedError`` when the file as a whole cannot be read.
    """
    source = open_source(path, name, known=[*HEADINGS, *HEADINGS.values()])
    columns = _columns(source.headings)
    places = dict(PlaceName.objects.values_list("code", "pk"))
    known = {sign.number: sign for sign in Sign.objects.all()}
    result, new, changed, seen = SignImport(), [], [], {}
    for row in source.rows():
        text = {key: unguarded(row.values.get(columns[key], "").strip()) for key in columns}
        values, problems = _values(row.line, text, places)
        if text["number"] in seen:
            reason = f"与第{seen[text['number']]}行的编号相同"
            problems.append(Problem(row.line, HEADINGS["number"], text["number"], reason))
        seen[text["number"]] = row.line
        result.problems += problems
        if len(result.problems) > MAX_PROBLEMS:
            raise FileRefusedError(
                f"有误之处超过{MAX_PROBLEMS}处，不再核对。请检查文件是不是地名标志表。"
            )
        if problems:
            continue
        sign = known.get(values["number"])
        if sign is None:
            new.append(Sign(**values))
        elif any(getattr(sign, key) != value for key, value in values.items()):
            for key, value in values.items():
                setattr(sign, key, value)
            changed.append(sign)
        else:
            result.unchanged += 1
    result.added, result.changed = len(new), len(changed)
    if not result.problems and not dry_run:
        with transaction.atomic():
            Sign.objects.bulk_create(new, batch_size=BATCH)
            fields = ["kind", "place_id", "lon", "lat", "state", "last_inspection", "remarks",
                      "inscription"]  # fmt: skip
            Sign.objects.bulk_update(changed, fields, batch_size=BATCH)
            invalidate()
    return result


def _columns(headings):
    """{our column: heading of the file}; ours may be written in English or in Chinese."""
    found = {}
    for heading in headings:
        for key, label in HEADINGS.items():
            if heading.strip() in (key, label):
                found[key] = heading
    missing = [HEADINGS[key] for key in REQUIRED if key not in found]
    if missing:
        raise FileRefusedError(f"缺少这些列：{'、'.join(missing)}。")
    return found


def _values(line, text, places):
    """The fields of a sign from a row of text, and the problems of the row."""
    problems = []
    values = {key: text[key] for key in ("number", "remarks", "inscription") if key in text}

    def wrong(key, reason):
        problems.append(Problem(line, HEADINGS[key], text[key], reason))

    for key in list(values):
        longest = Sign._meta.get_field(key).max_length
        if len(values[key]) > longest:
            wrong(key, f"不能超过{longest}个字符")
    if not text["number"]:
        wrong("number", "没有填写")
    for key, choices in (("kind", Sign.Kind), ("state", Sign.State)):
        values[key] = next((v for v, label in choices.choices if text[key] in (v, label)), None)
        if values[key] is None:
            wrong(key, f"应为{'、'.join(choices.labels)}之一")
    values["place_id"] = places.get(text["place_code"])
    if values["place_id"] is None:
        wrong("place_code", "地名库中没有这个代码")
    for key, limit in (("lon", 180), ("lat", 90)):
        try:
            values[key] = round(float(text[key]), DECIMALS)
        except ValueError:
            wrong(key, "应为以度为单位的数字")
            continue
        if not -limit <= values[key] <= limit:  # also refuses nan
            wrong(key, f"应在-{limit}至{limit}之间")
    values["last_inspection"] = None
    if text.get("last_inspection"):
        try:
            values["last_inspection"] = datetime.date.fromisoformat(text["last_inspection"])
        except ValueError:
            wrong("last_inspection", "日期应写作2025-03-31")
    return values, problems


def export_rows(signs=None):
    """The headings, then a row for each sign, as ``import_signs`` reads them back."""
    signs = Sign.objects.all() if signs is None else signs
    yield list(HEADINGS.values())
    for sign in signs.select_related("place").iterator(BATCH):
        yield [
            sign.number,
            sign.get_kind_display(),
            sign.place.code,
            f"{sign.lon:.{DECIMALS}f}",
            f"{sign.lat:.{DECIMALS}f}",
            sign.get_state_display(),
            sign.last_inspection.isoformat() if sign.last_inspection else "",
            sign.remarks,
            sign.inscription,
        ]


def map_points(signs):
    """Points for the map: short rows instead of features, as there may be thousands."""
    rows = signs.values_list("pk", "number", "place__name", "lon", "lat", "state")
    return [list(row) for row in rows]
