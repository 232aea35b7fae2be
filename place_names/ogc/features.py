"""Records as GeoJSON features, and a page of them."""

from collections.abc import Iterable

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from home.cache.memoize import memoized
from place_names.models import RegisterSettings
from place_names.names import addresses
from place_names.open_data.fields import as_feature
from place_names.open_data.http import GEOJSON, HTML
from place_names.open_data.problems import RequestError, shown

from . import asking, crs
from .asking import Asked
from .collections import Collection
from .documents import link, path_of


def collection_page(
    of: Collection, asked: Asked, base: str, typed: QueryDict, format_: str
) -> dict:
    """A page of the features that are asked for. Raises RequestError for a wrong filter."""
    register = RegisterSettings.in_force()
    decimals = register.published_decimals
    records = asking.select(of, asked, decimals)
    if asked.is_filtered:
        matched = records.count()
    else:
        matched = memoized(("ogc count", of.id), records.count)
    rows = list(of.rows(asking.page(records, asked), decimals))
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    items = reverse("ogc:items", args=[of.id])
    links = [
        link(base, _address(items, typed, f=format_), "self", _type(format_), "本页"),
        *(
            link(base, _address(items, typed, f=other), "alternate", _type(other), title)
            for other, title in (("json", "GeoJSON"), ("html", "网页"))
            if other != format_
        ),
        link(base, path_of(of), "collection", "application/json", of.title),
    ]
    if more:
        cursor = asking.cursor_after(of, asked, rows[-1][0])
        following = _address(items, typed, f=format_, cursor=cursor)
        links.append(link(base, following, "next", _type(format_), "下一页"))
    page = {
        "type": "FeatureCollection",
        "links": links,
        "timeStamp": timezone.now().isoformat(timespec="seconds"),
        "numberMatched": matched,
        "numberReturned": len(rows),
        "features": [
            as_feature(values[of.key], values, crs.in_axis_order(shape, asked.system))
            for values, shape in rows
        ],
    }
    return page | ({"label": register.label} if register.label else {})


def single(of: Collection, identifier: str, system: str, base: str, format_: str) -> dict:
    """One feature with its links. Raises RequestError when the public has none of this identifier."""
    path = of.tie_breaker.path
    decimals = RegisterSettings.in_force().published_decimals
    found = list(of.rows(of.records().filter(**{path: identifier[:40]}), decimals))
    if not found:
        raise RequestError(
            f"“{of.title}”里没有{shown(identifier)}。",
            f"There is no {shown(identifier)} in {of.id}.",
            status=404,
        )
    values, geometry = found[0]
    own = reverse("ogc:item", args=[of.id, identifier])
    links = [
        link(
            base, f"{own}?f=json", "self" if format_ == "json" else "alternate", GEOJSON, "GeoJSON"
        ),
        link(base, f"{own}?f=html", "self" if format_ == "html" else "alternate", HTML, "网页"),
        link(base, path_of(of), "collection", "application/json", of.title),
    ]
    if page := of.page_of(values):
        links.append(link(base, page, "alternate", HTML, "公众页面"))
    found_feature = as_feature(values[of.key], values, crs.in_axis_order(geometry, system))
    return found_feature | {"links": links}


def current_identifier(of: Collection, identifier: str) -> str | None:
    """The code today of a name whose code was corrected; None for all else."""
    return addresses.current_code(identifier) if of.id == "place-names" else None


def _address(path: str, typed: QueryDict, **changes: str) -> str:
    words = typed.copy()
    for name, value in changes.items():
        words[name] = value
    return f"{path}?{words.urlencode(safe=',:/')}"


def _type(format_: str) -> str:
    return HTML if format_ == "html" else GEOJSON


def columns(of: Collection, features: Iterable[dict]) -> tuple[list[str], list[list[str]]]:
    """The headings and rows of a table of features for people."""
    shown_fields = [f for f in of.fields if f.type != "array"][:8]
    rows = [[_words(each["properties"][f.name]) for f in shown_fields] for each in features]
    return [field.title for field in shown_fields], rows


def _words(value) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def facts(of: Collection, one: dict) -> list[tuple[str, str]]:
    """What is known of one feature, in words; what is not known is left out."""
    pairs = [(field.title, _words(one["properties"][field.name])) for field in of.fields]
    return [(title, words) for title, words in pairs if words]
