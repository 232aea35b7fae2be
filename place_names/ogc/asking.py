"""What a request for items asks: each parameter read strictly, then made into a query."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import QueryDict

from place_names.literals import read_day, read_instant, read_number, read_numbers
from place_names.open_data import keyset
from place_names.open_data.fields import Field
from place_names.open_data.json_text import read_json
from place_names.open_data.keyset import SortKey
from place_names.open_data.problems import RequestError, shown
from search.models import PlaceDocument

from . import cql2, cql2_text, crs, spatial
from .collections import Collection

DEFAULT_LIMIT, MAX_LIMIT = 100, 10_000
OF_ITEMS = (
    "f", "limit", "bbox", "bbox-crs", "datetime", "crs", "filter", "filter-lang", "filter-crs",
    "sortby", "cursor",
)  # fmt: skip
CQL2_TEXT, CQL2_JSON = "cql2-text", "cql2-json"
_YEAR = re.compile(r"([0-9]{4})(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12][0-9]|3[01]))?)?")


@dataclass
class Asked:
    """The parameters of a request for items; `years` are the first and last year, or None."""

    limit: int = DEFAULT_LIMIT
    system: str = crs.CRS84
    box: tuple[float, float, float, float] | None = None
    years: tuple[int | None, int | None] | None = None
    values: dict[str, object] = field(default_factory=dict)
    expression: dict | bool | None = None
    filter_crs: str = crs.CRS84
    keys: tuple[SortKey, ...] = ()
    cursor: str = ""

    @property
    def question(self) -> str:
        """What decides which records are found: the same on all pages and in all orders."""
        return repr((self.box, self.years, self.values, self.expression, self.filter_crs))


def single_values(typed: QueryDict, known: tuple[str, ...]) -> dict[str, str]:
    """The parameters, each of them known and given once. Raises RequestError."""
    for name, values in typed.lists():
        if name not in known:
            listed = ", ".join(known)
            raise RequestError(
                f"没有参数“{shown(name)}”。可用的有：{listed}。",
                f'There is no parameter "{shown(name)}"; there are {listed}.',
                parameter=shown(name),
            )
        if len(values) > 1:
            raise RequestError(f"{name}只能写一次。", f"{name} may be given once.", parameter=name)
    return typed.dict()


def read(collection: Collection, typed: QueryDict) -> Asked:
    """What is asked of a collection. Raises RequestError."""
    given = single_values(typed, (*OF_ITEMS, *collection.queryables))
    asked = Asked(keys=read_order(collection, given.get("sortby", "")))
    if "limit" in given:
        asked.limit = read_limit(given["limit"])
    if "crs" in given:
        asked.system = crs.read(given["crs"], "crs")
    if "bbox" in given:
        system = crs.read(given["bbox-crs"], "bbox-crs") if "bbox-crs" in given else crs.CRS84
        asked.box = read_box(given["bbox"], system)
    if "datetime" in given:
        asked.years = read_years(given["datetime"])
    if "filter-crs" in given:
        asked.filter_crs = crs.read(given["filter-crs"], "filter-crs")
    if "filter" in given:
        asked.expression = read_filter(given["filter"], given.get("filter-lang", CQL2_TEXT))
    asked.values = {
        name: read_value(queryable, given[name])
        for name, queryable in collection.queryables.items()
        if name in given
    }
    asked.cursor = given.get("cursor", "")
    return asked


def read_limit(text: str, highest: int = MAX_LIMIT) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > 9 or int(text) < 1:
        raise RequestError(
            f"limit应为1至{highest}之间的整数，例如limit=100。",
            f"limit is a whole number from 1 to {highest}, e.g. limit=100.",
            parameter="limit",
        )
    return min(int(text), highest)


def read_box(text: str, system: str = crs.CRS84) -> tuple[float, float, float, float]:
    """West, south, east, north; of a box with heights those are dropped. Raises RequestError."""
    numbers = read_numbers(text) or []
    if len(numbers) == 6:
        numbers = [*numbers[:2], *numbers[3:5]]
    if len(numbers) == 4:
        west, south, east, north = crs.box_in_lon_lat(tuple(numbers), system)
        if all(-180 <= lon <= 180 for lon in (west, east)) and -90 <= south <= north <= 90:
            return west, south, east, north
    order = "南,西,北,东" if crs.is_latitude_first(system) else "西,南,东,北"
    example = "23.05,113.25,23.12,113.40" if order[0] == "南" else "113.25,23.05,113.40,23.12"
    raise RequestError(
        f"bbox应为四个数：{order}，以度为单位，例如bbox={example}。",
        f"bbox is four numbers in degrees in the axis order of its CRS, e.g. bbox={example}.",
        parameter="bbox",
    )


def read_years(text: str) -> tuple[int | None, int | None]:
    """The years of an instant or an interval; None at an open end. Raises RequestError."""
    start, slash, end = text.partition("/")
    try:
        first = _year(start, slash != "")
        last = _year(end, True) if slash else first
        if (first is None and last is None) or (first and last and first > last):
            raise ValueError
    except ValueError:
        raise RequestError(
            "datetime应为年份、日期、时刻或区间，例如1985、1985-06-01、1950-01-01/1980-12-31、../1949。",
            "datetime is a year, date, instant or interval, e.g. 1985, 1985-06-01, "
            "1950-01-01/1980-12-31, ../1949.",
            parameter="datetime",
        ) from None
    return first, last


def _year(text: str, may_be_open: bool) -> int | None:
    if may_be_open and text in ("", ".."):
        return None
    if match := _YEAR.fullmatch(text):
        return int(match[1])
    if (moment := read_instant(text)) is None:
        raise ValueError
    return moment.year


def read_filter(text: str, language: str) -> dict | bool:
    if language == CQL2_TEXT:
        return cql2_text.parse(text)
    if language != CQL2_JSON:
        raise RequestError(
            f"filter-lang可以是{CQL2_TEXT}或{CQL2_JSON}。",
            f"filter-lang is {CQL2_TEXT} or {CQL2_JSON}.",
            parameter="filter-lang",
        )
    try:
        found = read_json(text)
    except ValueError:
        found = None
    if not isinstance(found, dict | bool):
        raise RequestError(
            "filter不是一个JSON对象，或者里面的文字有无效的字符。",
            "The filter is not a JSON object, or its text has invalid characters.",
            parameter="filter",
        )
    return found


def read_value(queryable: Field, text: str) -> object:
    """A property as a parameter of the address. Raises RequestError."""
    value: object = text
    if queryable.type in ("integer", "number"):
        value = read_number(text)
        if value is None or abs(value) > 2**53:
            raise RequestError(
                f"{queryable.name}应为数字。",
                f"{queryable.name} is a number.",
                parameter=queryable.name,
            )
    elif queryable.type == "date":
        value = read_day(text)
        if value is None:
            raise RequestError(
                f"{queryable.name}应为日期，例如2026-01-31。",
                f"{queryable.name} is a date, e.g. 2026-01-31.",
                parameter=queryable.name,
            )
    elif queryable.type == "date-time":
        value = read_instant(text)
        if value is None:
            raise RequestError(
                f"{queryable.name}应为时刻，例如2026-01-31T08:00:00Z。",
                f"{queryable.name} is an instant, e.g. 2026-01-31T08:00:00Z.",
                parameter=queryable.name,
            )
    elif queryable.values and text not in queryable.values:
        listed = ", ".join(queryable.values)
        raise RequestError(
            f"{queryable.name}可以是：{listed}。",
            f"{queryable.name} is one of {listed}.",
            parameter=queryable.name,
        )
    return value


def read_order(collection: Collection, text: str) -> tuple[SortKey, ...]:
    """The keys of `sortby`, the identifier last. Raises RequestError."""
    keys: list[SortKey] = []
    for part in filter(None, text.split(",")):
        # A plus sign in an address is a blank.
        name = part.strip().lstrip("+-").strip()
        found = collection.sortables.get(name)
        if found is None:
            listed = ", ".join(collection.sortables)
            raise RequestError(
                f"不能按“{shown(name)}”排序。可以按：{listed}；前面加“-”表示倒序。",
                f'Cannot sort by "{shown(name)}"; sort by {listed}, with - for descending.',
                parameter="sortby",
            )
        if found.path not in [key.path for key in keys]:
            keys.append(SortKey(found.path, part.strip().startswith("-"), found.nullable))
    last = collection.tie_breaker
    return tuple(keys) if last.path in [key.path for key in keys] else (*keys, last)


def select(collection: Collection, asked: Asked, decimals: int) -> QuerySet:
    """The records that are asked for, on all pages. Raises RequestError for a wrong filter."""
    records = collection.records()
    paths: Mapping[str, str] = {name: f.path for name, f in collection.queryables.items()}
    for name, value in asked.values.items():
        records = records.filter(**{paths[name]: value})
    if asked.years is not None and collection.has_years:
        records = records.filter(in_years(*asked.years))
    if asked.box is not None:
        # As the standard has it, what is not located anywhere is found in every box.
        nowhere = ~spatial.has_geometry(collection) if collection.extent else cql2.EVERYTHING
        inside = spatial.in_box(collection, asked.box, records, decimals)
        records = records.filter(inside | nowhere)
    if asked.expression is not None:
        translator = cql2.Translator(collection, records, decimals, asked.filter_crs)
        records = records.filter(translator.condition(asked.expression))
    return records


def in_years(first: int | None, last: int | None, start_known: bool | None = None) -> Q:
    """Names valid in one of the years, as `names.history.validity` has it in the index.

    A name whose beginning is not recorded may be meant, unless `start_known` says otherwise; one
    that is no longer in force, and of whose end no year is recorded, is not.
    """
    valid = PlaceDocument.objects.all()
    if start_known is not None:
        valid = valid.filter(since__isnull=not start_known)
    if last is not None:
        valid = valid.filter(Q(since=None) | Q(since__lte=last))
    if first is not None:
        valid = valid.filter(Q(until=None) | Q(until__gte=first))
    return Q(pk__in=valid.exclude(until=0).values("place_id"))


def page(records: QuerySet, asked: Asked) -> QuerySet:
    """The records of one page and one more, which tells whether another page follows."""
    if asked.cursor:
        values = keyset.read_cursor(asked.keys, asked.cursor)
        records = keyset.after(records, asked.keys, values)
    return keyset.ordered(records, asked.keys)[: asked.limit + 1]


def cursor_after(asked: Asked, values: Sequence) -> str:
    """The cursor of the page that follows the record that has these values of the keys."""
    plain = [v.isoformat() if isinstance(v, datetime) else v for v in values]
    return keyset.write_cursor(asked.keys, plain)
