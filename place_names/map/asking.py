"""What is asked of the map: the number of a tile, filters, a point. Raises RequestError, which says
what would be right; only the page itself bears with odd words, as the list of names does."""

import re
from collections.abc import Mapping

import home.subdistricts
from home.cache.memoize import memoized
from place_names.names import listing
from place_names.open_data.problems import RequestError, shown
from place_names.views import found
from place_names.years import EARLIEST, LATEST
from search.places.mercator import MAX_ZOOM, Tile

SCRIPTS = ("", "hant")
_NUMBER = re.compile("0|[1-9][0-9]{0,7}")


def read_tile(zoom: str, x: str, y: str) -> Tile:
    """A tile by the three numbers of its address; one tile has one address."""
    if not all(_NUMBER.fullmatch(part) for part in (zoom, x, y)):
        raise RequestError(
            "瓦片地址应为级别/列/行三个数字，例如12/3337/1777。",
            "A tile is addressed by three numbers, zoom/column/row, e.g. 12/3337/1777.",
        )
    tile = Tile(int(zoom), int(x), int(y))
    if tile.zoom > MAX_ZOOM:
        raise RequestError(
            f"没有这一级瓦片，级别为0至{MAX_ZOOM}。",
            f"There are no tiles of this zoom; it is 0 to {MAX_ZOOM}.",
            404,
        )
    last = (1 << tile.zoom) - 1
    if max(tile.x, tile.y) > last:
        raise RequestError(
            f"没有这块瓦片，第{tile.zoom}级的列和行为0至{last}。",
            f"There is no such tile; columns and rows of zoom {tile.zoom} are 0 to {last}.",
            404,
        )
    return tile


def known_codes() -> dict[str, Mapping[str, object]]:
    """The codes of classes and subdistricts that a filter may name."""
    return {
        "category": memoized("categories", found.categories),
        "subdistrict": dict(home.subdistricts.subdistricts()),
    }


def read_filters(typed: Mapping[str, str]) -> listing.Asked:
    """The filters of the list of names, each of them understood."""
    asked, ignored = listing.read(typed, known_codes())
    if ignored:
        name = ignored[0]
        raise RequestError(
            f"参数{name}的值“{shown(typed[name])}”不对，写法与地名列表的地址相同。",
            f"“{shown(typed[name])}” is no value of {name}; the list of names has the same.",
            422,
            name,
        )
    if asked.year and asked.year_number is None:
        raise RequestError(
            f"年份应为{EARLIEST}至{LATEST}之间的年份，例如1985。",
            f"year is a year from {EARLIEST} to {LATEST}, e.g. 1985.",
            422,
            "year",
        )
    return asked


def read_script(typed: Mapping[str, str]) -> bool:
    """Whether names are asked for in traditional characters."""
    script = typed.get("script", "")
    if script not in SCRIPTS:
        raise RequestError(
            "script可以是hant（繁體），或者不写。", "script is hant or left out.", 422, "script"
        )
    return script == "hant"


def read_point(text: str) -> tuple[float, float]:
    """The point of “what is here”: longitude and latitude in degrees (CGCS2000)."""
    point = listing.Asked(near=text).point
    if point is None:
        raise RequestError(
            "at应为经度,纬度，例如at=113.27,23.10。",
            "at is longitude,latitude, e.g. at=113.27,23.10.",
            422,
            "at",
        )
    return point
