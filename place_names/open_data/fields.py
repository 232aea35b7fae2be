"""The public fields of a place name: one list for every interface, download and dictionary."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.db.models import QuerySet

from place_names.geometry.coordinates import published, published_point
from place_names.models import NameVariant, PlaceName, PlaceSubdistrict
from place_names.names.rows import Variant

BATCH = 500
STATUSES = tuple(s for s in PlaceName.Status.values if s not in PlaceName.NOT_PUBLIC)


@dataclass(frozen=True)
class Field:
    """One property of the records of a data set; `path` reads it, empty: it is computed."""

    name: str
    path: str
    type: str  # of JSON Schema: string, integer, number, array; date, date-time as formats
    title: str
    english: str
    values: tuple[str, ...] = ()
    sortable: bool = False
    nullable: bool = False

    @property
    def schema(self) -> dict:
        kind: dict = {"type": self.type}
        if self.type == "date-time":
            kind = {"type": "string", "format": "date-time"}
        elif self.type == "date":
            kind = {"type": "string", "format": "date"}
        elif self.type == "array":
            kind = {"type": "array", "items": {"type": "string"}}
        if self.values:
            kind["enum"] = list(self.values)
        return {"title": self.title, "description": self.english} | kind


PLACE_FIELDS = (
    Field("code", "code", "string", "地名代码", "20-digit code, the identifier", sortable=True),
    Field("name", "name", "string", "标准名称", "Name in Chinese characters", sortable=True),
    Field("romanisation", "romanisation", "string", "罗马字母拼写", "Hanyu Pinyin with tones"),
    Field("romanisation_plain", "romanisation_plain", "string", "罗马字母拼写（无声调）",
          "Hanyu Pinyin without tones, as on signs", sortable=True),
    Field("specific", "specific", "string", "专名", "Specific part of the name"),
    Field("generic", "generic", "string", "通名", "Generic part of the name"),
    Field("category", "category__code", "string", "类别代码", "Class by GB/T 18521, 5 digits"),
    Field("category_name", "category__name", "string", "地名类别", "Class in words"),
    Field("status", "status", "string", "状态",
          "standard (in force), historical or abolished", values=STATUSES),
    Field("subdistrict", "subdistrict__code", "string", "主要街道代码",
          "9-digit code of the main subdistrict", nullable=True),
    Field("subdistrict_name", "subdistrict__name", "string", "主要街道",
          "Name of the main subdistrict", nullable=True),
    Field("subdistricts", "", "array", "所在街道代码", "Codes of all subdistricts it lies in"),
    Field("year_established", "year_established", "integer", "设立年份",
          "First year; empty where it is not recorded", sortable=True, nullable=True),
    Field("year_abolished", "public_year_abolished", "integer", "废止年份",
          "Last year; empty where it is in force or not recorded", sortable=True, nullable=True),
    Field("lon", "", "number", "东经", "Longitude of its point, CGCS2000 degrees", nullable=True),
    Field("lat", "", "number", "北纬", "Latitude of its point, CGCS2000 degrees", nullable=True),
    Field("meaning", "meaning", "string", "地名的含义", "Meaning of the name"),
    Field("origin", "origin", "string", "地名的来历", "Origin of the name"),
    Field("history", "history", "string", "地名的历史沿革", "History of the place"),
    Field("description", "description", "string", "地理实体概况", "What it is and where"),
    Field("sources", "sources", "string", "资料来源及出处", "Sources"),
    Field("remarks", "remarks", "string", "备注", "Remarks, e.g. on the position"),
    Field("variants", "", "array", "其他名称",
          "Other names as kind:name[from-to]; kinds are alias, short, former, dialect, foreign"),
    Field("approving_body", "approving_body", "string", "批准机关", "Body that approved the name"),
    Field("approval_document", "approval_document", "string", "批准文件",
          "Number or title of the approval"),
    Field("approved_on", "approved_on", "date", "批准日期", "Day of the approval", nullable=True),
    Field("abolition_ground", "public_abolition_ground", "string", "废止依据",
          "Why a name is no longer in use"),
    Field("updated", "updated_at", "date-time", "更新时间", "Last change of the record",
          sortable=True),
)  # fmt: skip
_STORED = [field for field in PLACE_FIELDS if field.path]
# Read for every name, and rounded or joined: a filter on the exact values would give them away.
_RAW = ("pk", "geometry", "lon", "lat")


def place_rows(places: QuerySet, decimals: int) -> Iterator[tuple[dict, dict | None]]:
    """(values by field, geometry as published) of each name, in batches of constant memory.

    Variants are `names.rows.Variant`, which as text is `kind:name[from-to]`.
    """
    rows = places.with_public_end().values_list(*_RAW, *(field.path for field in _STORED))
    batch: list[tuple] = []
    for row in rows.iterator(BATCH):
        batch.append(row)
        if len(batch) == BATCH:
            yield from _complete(batch, decimals)
            batch = []
    yield from _complete(batch, decimals)


def _complete(batch: list[tuple], decimals: int) -> Iterator[tuple[dict, dict | None]]:
    keys = [row[0] for row in batch]
    areas = _grouped(
        PlaceSubdistrict.objects.filter(place__in=keys)
        .order_by("place_id", "sort_order", "pk")
        .values_list("place_id", "subdistrict__code")
    )
    variants = _grouped(
        NameVariant.objects.filter(place__in=keys)
        .order_by("place_id", "sort_order", "pk")
        .values_list("place_id", "kind", "name", "year_from", "year_to")
    )
    for key, geometry, lon, lat, *stored in batch:
        values = dict(zip((field.name for field in _STORED), stored, strict=True))
        values["lon"], values["lat"] = published_point(lon, lat, decimals) or (None, None)
        values["subdistricts"] = [code for (code,) in areas.get(key, ())]
        values["variants"] = [Variant(*each) for each in variants.get(key, ())]
        whole = {field.name: values[field.name] for field in PLACE_FIELDS}
        yield whole, published(geometry, decimals)


def values_of(place: PlaceName, decimals: int) -> dict:
    """The same values of a record that is loaded already, with its relations."""
    elsewhere = ("subdistrict__", "public_")
    stored = (field for field in _STORED if not field.path.startswith(elsewhere))
    values = {field.name: _read(place, field.path) for field in stored}
    values["year_abolished"], values["abolition_ground"] = place.public_end
    values["lon"], values["lat"] = published_point(place.lon, place.lat, decimals) or (None, None)
    rows = sorted(place.place_subdistricts.all(), key=lambda row: row.sort_order or 0)
    values["subdistricts"] = [row.subdistrict.code for row in rows]
    values["variants"] = [
        Variant(each.kind, each.name, each.year_from, each.year_to) for each in place.variants.all()
    ]
    main = rows[0].subdistrict if rows else None
    values["subdistrict"], values["subdistrict_name"] = main and main.code, main and main.name
    return {field.name: values[field.name] for field in PLACE_FIELDS}


def _read(record, path: str):
    for name in path.split("__"):
        record = record and getattr(record, name)
    return record


def plain(value):
    """A value as JSON has it; an empty text is no value."""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds").replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [str(each) for each in value]
    return None if value == "" else value


def as_feature(identifier: str, values: dict, geometry: dict | None) -> dict:
    """A record as a GeoJSON feature."""
    return {
        "type": "Feature",
        "id": identifier,
        "geometry": geometry,
        "properties": {name: plain(value) for name, value in values.items()},
    }


def _grouped(rows) -> dict[int, list[tuple]]:
    return {key: [row[1:] for row in own] for key, own in groupby(rows, lambda row: row[0])}
