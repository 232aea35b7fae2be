"""What a client sends: batches of queries and requests for data, checked before they are used."""

from dataclasses import dataclass

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest

from place_names.literals import read_numbers
from place_names.models import Category, Subdistrict
from place_names.open_data.fields import PLACE_FIELDS
from place_names.open_data.json_text import read_json
from place_names.open_data.problems import RequestError, shown
from search.site_search.query import clean

from .matching import DEFAULT_LIMIT, MAX_LIMIT, Facts

MAX_QUERIES, MAX_IDS, MAX_TEXT = 50, 1000, 200
COORDINATES = "coordinates"


@dataclass(frozen=True)
class Question:
    text: str
    facts: Facts
    limit: int


@dataclass(frozen=True)
class Extension:
    """Which values of which names are wanted."""

    ids: list[str]
    properties: list[str]


def parameter(request: HttpRequest, name: str) -> str | None:
    try:
        return request.POST.get(name) or request.GET.get(name)
    except RequestDataTooBig:
        raise RequestError(
            "内容过大，请分批发送。", "Too large; send less at a time.", 413
        ) from None


def questions(text: str) -> dict[str, Question]:
    """The queries of a batch by their keys. Raises RequestError."""
    batch = _object(text, "queries")
    if len(batch) > MAX_QUERIES:
        raise RequestError(
            f"一批最多{MAX_QUERIES}个查询。", f"A batch has at most {MAX_QUERIES} queries.", 413,
            "queries",
        )  # fmt: skip
    lists = Lists()
    return {key: _question(key, query, lists) for key, query in batch.items()}


class Lists:
    """Classes and subdistricts by code and by name, read once for a batch."""

    def __init__(self):
        self.categories = _by_word(Category.objects.values_list("code", "name"))
        self.subdistricts = _by_word(Subdistrict.objects.values_list("code", "name"))


def _by_word(rows) -> dict[str, str]:
    found = {}
    for code, name in rows:
        found |= {code: code, name: code, name.removesuffix("街道"): code}
    return found


def _question(key: str, query: object, lists: Lists) -> Question:
    if not isinstance(query, dict) or not isinstance(query.get("query", ""), str):
        raise _wrong(key, "query应为文字", "query is a text")
    limit = query.get("limit", DEFAULT_LIMIT)
    if isinstance(limit, bool) or not isinstance(limit, int) or limit < 1:
        raise _wrong(key, "limit应为正整数", "limit is a positive whole number")
    types = query.get("type") or []
    types = types if isinstance(types, list) else [types]
    # Clients send the type as its identifier or with its name.
    types = [each.get("id") if isinstance(each, dict) else each for each in types]
    properties = query.get("properties") or []
    if not isinstance(properties, list):
        raise _wrong(key, "properties应为列表", "properties is a list")
    facts = _facts(key, properties, [each for each in types if isinstance(each, str)], lists)
    return Question(clean(query.get("query", ""))[:MAX_TEXT], facts, min(limit, MAX_LIMIT))


def _facts(key: str, properties: list, types: list[str], lists: Lists) -> Facts:
    values: dict[str, str] = {}
    for each in properties:
        if not isinstance(each, dict) or not isinstance(each.get("pid"), str):
            raise _wrong(key, "properties的每一项应有pid和v", "each property has a pid and a v")
        if word := _word(each.get("v")):
            values[each["pid"]] = word
    area = values.get("subdistrict") or values.get("subdistricts") or values.get("subdistrict_name")
    kind = values.get("category") or values.get("category_name")
    point = _point(values.get(COORDINATES, ""))
    if point is None and "lon" in values and "lat" in values:
        point = _point(f"{values['lon']},{values['lat']}")
    return Facts(
        types=tuple(types),
        subdistrict=lists.subdistricts.get(area or "", ""),
        category=lists.categories.get(kind or "", ""),
        point=point,
    )


def _word(value: object) -> str:
    """The text of a value, of which clients send one or a list."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        value = value.get("id") or value.get("name")
    return clean(str(value)) if isinstance(value, str | int | float) else ""


def _point(text: str) -> tuple[float, float] | None:
    """Longitude and latitude in either order: here the longitude is the larger one."""
    found = read_numbers(text.replace("，", ",").replace(" ", ""))
    if not found or len(found) != 2:
        return None
    one, two = found
    lon, lat = max(one, two), min(one, two)
    return (lon, lat) if 90 < lon <= 180 and 0 <= lat <= 90 else None


def extension(text: str) -> Extension:
    """Raises RequestError."""
    asked = _object(text, "extend")
    ids, properties = asked.get("ids"), asked.get("properties")
    if not isinstance(ids, list) or not isinstance(properties, list):
        raise RequestError(
            "extend应有ids和properties两个列表。", "extend has the lists ids and properties.",
            parameter="extend",
        )  # fmt: skip
    if len(ids) > MAX_IDS:
        raise RequestError(
            f"一次最多{MAX_IDS}个代码。", f"At most {MAX_IDS} ids at a time.", 413, "extend"
        )
    known = {*(field.name for field in PLACE_FIELDS), COORDINATES}
    names = [each.get("id") if isinstance(each, dict) else None for each in properties]
    for name in names:
        if not isinstance(name, str) or name not in known:
            raise RequestError(
                f"没有属性“{shown(str(name))}”。", f'There is no property "{shown(str(name))}".',
                parameter="extend",
            )  # fmt: skip
    return Extension([each for each in ids if isinstance(each, str)], names)


def _object(text: str, name: str) -> dict:
    try:
        found = read_json(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise RequestError(
            f"{name}不是一个JSON对象，或者里面的文字有无效的字符。",
            f"{name} is not a JSON object, or its text has invalid characters.",
            parameter=name,
        )
    return found


def _wrong(key: str, chinese: str, english: str) -> RequestError:
    key = shown(key, 20)
    return RequestError(f"{key}：{chinese}。", f"{key}: {english}.", parameter="queries")
