"""The base map: subdistricts, waters, parks, roads and boundary lines of the register as tiles."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy
import shapely
from django.db.models import F, QuerySet
from pyproj import Geod
from shapely.geometry import shape

from place_names.geometry.coordinates import published, published_point
from place_names.kinds import kind_of, rank_of
from place_names.models import BoundaryLine, PlaceName, RegisterSettings, Subdistrict
from place_names.models.located import HAS_EXTENT
from search.places.mercator import MAX_LAT, Tile, across, tile_at

from .vector_tile import AREA, EXTENT, LINE, POINT, Feature, Position

TOLERANCE = 4
"""Half a pixel at 512 pixels to a tile: finer turns of a line cannot be seen."""
MARGIN = 128
"""Units drawn beyond the edge, so that no outline shows where two tiles meet."""
MAX_SHAPES = 1500
"""Of more lines and areas in one tile the largest; the others would be one blot."""
LAYERS = ("subdistricts", "parks", "water", "areas", "roads", "boundaries", "labels")
"""In the order in which they are drawn."""
LAYER_OF_KIND = {"water": "water", "park": "parks", "road": "roads"}
GEOD = Geod(ellps="GRS80")
EXTENT_FIELDS = ("min_lon", "min_lat", "max_lon", "max_lat")


@dataclass(frozen=True)
class Shape:
    """Something of the base map: GeoJSON at the published precision, and its label's point."""

    layer: str
    geometry: dict
    at: list[float] | None
    properties: dict[str, str | int]
    rank: int = 0
    """Of the label; 0: none."""


def layers(tile: Tile, in_script: Callable[[str], str] = str) -> dict[str, list[Feature]]:
    """The features of a tile by layer.

    `in_script` writes a name in the characters that the reader chose.
    """
    found: dict[str, list[Feature]] = {name: [] for name in LAYERS}
    for each in _shapes(tile):
        properties = {**each.properties, "name": in_script(str(each.properties["name"]))}
        if feature := drawn(each.geometry, tile, properties):
            found[each.layer].append(feature)
        if each.rank and each.at and tile_at(*each.at, tile.zoom) == tile:
            label = {"code": properties["code"], "name": properties["name"]}
            label |= {"kind": each.layer, "rank": each.rank}
            found["labels"].append(Feature(POINT, [[position(*each.at, tile)]], label))
    return found


def position(lon: float, lat: float, tile: Tile) -> Position:
    """A position in units of the tile, counted from its corner."""
    x, y = across(lon, lat, tile.zoom)
    return round((x - tile.x) * EXTENT), round((y - tile.y) * EXTENT)


def drawn(geometry: dict, tile: Tile, properties: dict[str, str | int]) -> Feature | None:
    """The part of a line or an area that the tile shows, no finer than can be seen; None for
    nothing."""

    def project(positions: numpy.ndarray) -> numpy.ndarray:
        """As `position`, for many at once."""
        x, y = all_across(positions[:, 0], positions[:, 1], tile.zoom)
        return numpy.rint(numpy.column_stack([x - tile.x, y - tile.y]) * EXTENT)

    figure = shapely.transform(shape(geometry), project)
    figure = shapely.clip_by_rect(figure, -MARGIN, -MARGIN, EXTENT + MARGIN, EXTENT + MARGIN)
    figure = shapely.simplify(figure, TOLERANCE)
    if figure.is_empty:
        return None
    if "Polygon" in geometry["type"]:
        parts = [ring for area in _simple(figure, "Polygon") for ring in _rings(area)]
        return Feature(AREA, parts, properties) if parts else None
    parts = [part for line in _simple(figure, "LineString") if (part := _positions(line, 2))]
    return Feature(LINE, parts, properties) if parts else None


def all_across(
    lon: numpy.ndarray, lat: numpy.ndarray, zoom: int
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """`mercator.across` of many positions."""
    side = 1 << zoom
    rows = numpy.arcsinh(numpy.tan(numpy.radians(numpy.clip(lat, -MAX_LAT, MAX_LAT))))
    return (lon + 180) / 360 * side, (1 - rows / numpy.pi) / 2 * side


def _simple(figure: shapely.Geometry, kind: str) -> Iterator[shapely.Geometry]:
    return (part for part in shapely.get_parts(figure) if part.geom_type == kind)


def _rings(area: shapely.Polygon) -> list[list[Position]]:
    """The rings turned as tiles have them: rows count downwards there, so that what is
    anticlockwise by the numbers is clockwise to the eye."""
    area = shapely.orient_polygons(area)
    outer = _positions(area.exterior, 3)
    inner = [ring for each in area.interiors if (ring := _positions(each, 3))]
    return [outer, *inner] if outer else []


def _positions(line: shapely.Geometry, least: int) -> list[Position]:
    """Whole units, each once; [] for fewer than `least`."""
    found: list[Position] = []
    for x, y in line.coords:
        position = (round(x), round(y))
        if not found or found[-1] != position:
            found.append(position)
    if least == 3 and len(found) > 1 and found[0] == found[-1]:
        found.pop()
    return found if len(found) >= least else []


def _touching(records: QuerySet, tile: Tile) -> QuerySet:
    west, south, east, north = tile.bounds
    return records.filter(
        min_lon__lte=east, max_lon__gte=west, min_lat__lte=north, max_lat__gte=south
    )


def _shapes(tile: Tile) -> Iterable[Shape]:
    decimals = RegisterSettings.in_force().published_decimals
    for area in _touching(Subdistrict.objects.exclude(geometry=None), tile).order_by("code"):
        properties = {"code": area.code, "name": area.name}
        at = published_point(area.lon, area.lat, decimals)
        yield Shape("subdistricts", published(area.geometry, decimals), at, properties, 1)
    for place in _lines_and_areas(tile):
        code = place.category.code
        layer = LAYER_OF_KIND.get(kind_of(code), "areas")
        at = published_point(place.lon, place.lat, decimals)
        rank = rank_of(code, place.name)
        yield Shape(
            layer,
            published(place.geometry, decimals),
            at,
            {"code": place.code, "name": place.name, "rank": rank, "size": _size(place)},
            rank,
        )
    lines = _touching(BoundaryLine.objects.exclude(geometry=None), tile).order_by("number")
    for line in lines.select_related("left", "right").defer("left__geometry", "right__geometry"):
        properties = {"code": line.number, "name": line.sides, "kind": line.kind}
        yield Shape("boundaries", published(line.geometry, decimals), None, properties)


def _size(place: PlaceName) -> int:
    """How far it reaches from corner to corner, in metres: the longer river is drawn broader."""
    _, _, metres = GEOD.inv(place.min_lon, place.min_lat, place.max_lon, place.max_lat)
    return round(metres)


def _lines_and_areas(tile: Tile) -> list[PlaceName]:
    """Names in force with a line or an area, the largest first."""
    shown = _touching(PlaceName.objects.standard().filter(HAS_EXTENT), tile)
    size = F("max_lon") - F("min_lon") + F("max_lat") - F("min_lat")
    fields = ("code", "name", "geometry", "lon", "lat", "category__code", *EXTENT_FIELDS)
    found = shown.select_related("category").only(*fields).order_by(size.desc(), "pk")[:MAX_SHAPES]
    return [place for place in found if place.geometry["type"] != "Point"]
