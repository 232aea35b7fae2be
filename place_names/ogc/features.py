"""Records as GeoJSON features, and a page of them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from place_names.models import RegisterSettings
from place_names.names import addresses
from place_names.open_data.http import GEOJSON, HTML
from place_names.open_data.problems import RequestError, shown

from . import asking, extents, prepared
from .asking import Asked
from .collections import Collection
from .documents import link, path_of


@dataclass(frozen=True)
class Page:
    """A page of features: all else that stands in its document, and each feature as JSON text."""

    document: dict
    features: list[str]

    def as_json(self) -> str:
        return _with_member(self.document, "features", f"[{','.join(self.features)}]")


def collection_page(
    of: Collection, asked: Asked, base: str, typed: QueryDict, format_: str
) -> Page:
    """A page of the features that are asked for. Raises RequestError for a wrong filter."""
    register = RegisterSettings.in_force()
    decimals = register.published_decimals
    if in_box := extents.page_of_box(of, asked, decimals):
        matched, rows = in_box[0], [(name, name) for name in in_box[1]]
    else:
        records = asking.select(of, asked, decimals)
        matched = prepared.count_of(of, records, asked.question)
        paths = (key.path for key in (of.tie_breaker, *asked.keys))
        rows = list(asking.page(records, asked).values_list(*paths))
    more = len(rows) > asked.limit
    rows = rows[: asked.limit]
    texts = prepared.texts_of(of, [row[0] for row in rows], asked.system, decimals)
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
        cursor = asking.cursor_after(asked, rows[-1][1:])
        following = _address(items, typed, f=format_, cursor=cursor)
        links.append(link(base, following, "next", _type(format_), "下一页"))
    document = {
        "type": "FeatureCollection",
        "links": links,
        "timeStamp": timezone.now().isoformat(timespec="seconds"),
        "numberMatched": matched,
        "numberReturned": len(texts),
    }
    return Page(document | ({"label": register.label} if register.label else {}), texts)


def _with_member(document: dict, name: str, text: str) -> str:
    """The JSON of an object with one more member, whose JSON is there already."""
    return f'{prepared.as_text(document)[:-1]},"{name}":{text}}}'


def single(of: Collection, identifier: str, system: str, base: str, format_: str) -> str:
    """The JSON of one feature with its links. Raises RequestError when the public has none."""
    decimals = RegisterSettings.in_force().published_decimals
    found = prepared.texts_of(of, [identifier[:40]], system, decimals)
    if not found:
        raise RequestError(
            f"“{of.title}”里没有{shown(identifier)}。",
            f"There is no {shown(identifier)} in {of.id}.",
            status=404,
        )
    own = reverse("ogc:item", args=[of.id, identifier])
    links = [
        link(
            base, f"{own}?f=json", "self" if format_ == "json" else "alternate", GEOJSON, "GeoJSON"
        ),
        link(base, f"{own}?f=html", "self" if format_ == "html" else "alternate", HTML, "网页"),
        link(base, path_of(of), "collection", "application/json", of.title),
    ]
    if page := of.page_of(identifier):
        links.append(link(base, page, "alternate", HTML, "公众页面"))
    return f'{found[0][:-1]},"links":{prepared.as_text(links)}}}'


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
