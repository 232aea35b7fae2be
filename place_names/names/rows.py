"""The canonical text row of a record, which is exported, imported and compared.

One row is a dict of strings with the keys COLUMNS, the same in every format. Two records
are the same to import and export when their rows (and shapes) are the same.
"""

import json
import re
from dataclasses import dataclass

from place_names.models import NameVariant, PlaceName
from place_names.plain_names import unwanted_sign

COLUMNS = (
    "code", "name", "specific", "generic", "romanisation", "category", "status",
    "subdistricts", "lon", "lat", "year_established", "year_abolished", "meaning", "origin",
    "history", "description", "sources", "variants", "remarks", "approving_body",
    "approval_document", "approved_on", "abolition_ground",
)  # fmt: skip
TEXTS = (
    "name", "specific", "generic", "romanisation", "meaning", "origin", "history",
    "description", "sources", "remarks", "approving_body", "approval_document",
    "abolition_ground",
)  # fmt: skip
SHAPE = "shape"
HEADINGS = {
    "code": "地名代码",
    "name": "标准名称",
    "specific": "专名",
    "generic": "通名",
    "romanisation": "罗马字母拼写",
    "category": "地名类别",
    "status": "状态",
    "subdistricts": "所在街道",
    "lon": "东经",
    "lat": "北纬",
    "year_established": "设立年份",
    "year_abolished": "废止年份",
    "meaning": "地名的含义",
    "origin": "地名的来历",
    "history": "地名的历史沿革",
    "description": "地理实体概况",
    "sources": "资料来源及出处",
    "variants": "其他名称",
    "remarks": "备注",
    "approving_body": "批准机关",
    "approval_document": "批准文件",
    "approved_on": "批准日期",
    "abolition_ground": "废止依据",
    SHAPE: "图形",
}
DECIMALS = 6

_VARIANT = re.compile(
    r"(?P<kind>alias|short|former|dialect|foreign)[:：](?P<name>.+?)"
    r"(?:\[(?P<start>[0-9]{0,4})-(?P<end>[0-9]{0,4})\])?",
    re.DOTALL,
)


@dataclass(frozen=True)
class Variant:
    kind: str
    name: str
    year_from: int | None = None
    year_to: int | None = None

    def __str__(self):
        if self.year_from is None and self.year_to is None:
            # A name that itself ends in brackets must not be read as years.
            bracket = "[-]" if re.search(r"\[[0-9]{0,4}-[0-9]{0,4}\]$", self.name) else ""
            return f"{self.kind}:{self.name}{bracket}"
        years = f"{self.year_from or ''}-{self.year_to or ''}"
        return f"{self.kind}:{self.name}[{years}]"


def parse_variants(text: str) -> list[Variant]:
    """`kind:name[from-to]|…` → variants. Raises ValueError with a message in Chinese."""
    found = []
    for item in filter(None, (part.strip() for part in text.split("|"))):
        match = _VARIANT.fullmatch(item)
        if not match:
            kinds = "、".join(NameVariant.Kind.values)
            raise ValueError(f"“{item}”须写作 种类:名称[起-止]，种类为 {kinds}")
        if fault := unwanted_sign(match["name"]):
            raise ValueError(fault.removesuffix("。"))
        start, end = (int(match[g]) if match[g] else None for g in ("start", "end"))
        if start is not None and end is not None and end < start:
            raise ValueError(f"“{item}”停用年份早于起用年份")
        if any(year is not None and not 1 <= year <= 2100 for year in (start, end)):
            raise ValueError(f"“{item}”的年份须在1至2100之间")
        name = match["name"].strip()
        if len(name) > NameVariant._meta.get_field("name").max_length:
            raise ValueError(f"“{item[:20]}…”名称过长")
        found.append(Variant(match["kind"], name, start, end))
    return found


def clean_text(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.{DECIMALS}f}"


def shape_text(geometry: dict | None) -> str:
    """A line or polygon as one line of JSON; empty for a point, which lon and lat tell."""
    if not geometry or geometry["type"] == "Point":
        return ""
    return json.dumps(geometry, separators=(",", ":"))


def row_of(place: PlaceName) -> dict[str, str]:
    """The row of a record. With `variants` and `place_subdistricts__subdistrict` prefetched
    and category selected it needs no query."""
    crossed = sorted(place.place_subdistricts.all(), key=lambda each: each.sort_order or 0)
    variants = sorted(place.variants.all(), key=lambda each: (each.sort_order or 0, each.pk or 0))
    row = {name: clean_text(getattr(place, name)) for name in TEXTS}
    row |= {
        "code": place.code,
        "category": place.category.code,
        "status": place.status,
        "subdistricts": ";".join(each.subdistrict.code for each in crossed),
        "lon": degrees(place.lon),
        "lat": degrees(place.lat),
        "year_established": str(place.year_established or ""),
        "year_abolished": str(place.year_abolished or ""),
        "approved_on": place.approved_on.isoformat() if place.approved_on else "",
        "variants": "|".join(
            str(Variant(v.kind, clean_text(v.name), v.year_from, v.year_to)) for v in variants
        ),
    }
    return {name: row[name] for name in COLUMNS}


def with_relations(places):
    """The records with all that `row_of` reads, in a fixed number of queries."""
    return places.select_related("category").prefetch_related(
        "variants", "place_subdistricts__subdistrict"
    )
