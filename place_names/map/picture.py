"""A picture of the district, drawn from the base map: for pages that lead to the great map."""

from collections.abc import Iterable
from io import BytesIO
from math import floor

from django.http import Http404, HttpRequest, HttpResponse
from PIL import Image, ImageDraw

from home.cache.page_cache import set_policy
from place_names.models import Subdistrict
from place_names.open_data.http import open_data
from search.places.mercator import Tile, across

from . import base
from .vector_tile import AREA, EXTENT, Feature

WIDTHS = (400, 800)
RATIO = 2.08
"""Width to height: the district is twice as wide as high."""
FORMATS = {"avif": ("AVIF", 40), "webp": ("WEBP", 55)}
"""Ending of the address: name of the format for Pillow, and its quality."""
ZOOM = 12
FINE = 2
"""Drawn larger and then made smaller, so that edges are smooth."""
MARGIN = 0.04
GROUND, LAND, WATER, PARK, AREA_COLOUR = "#E3EFF0", "#FBFAF5", "#A9CDD8", "#CFE3C8", "#ECE6DA"
ROAD, BORDER, OUTLINE = "#CFC9BC", "#8A7F9E", "#5B4A78"
MAIN_ROAD = 4
"""Rank of the least road that is drawn."""


@open_data
def picture(request: HttpRequest, width: int, kind: str) -> HttpResponse:
    """The district as a picture `width` pixels wide."""
    whole = Subdistrict.extent_of_all()
    if width not in WIDTHS or kind not in FORMATS or whole is None:
        raise Http404
    name, quality = FORMATS[kind]
    data = BytesIO()
    drawn(whole, width).save(data, name, quality=quality)
    return set_policy(HttpResponse(data.getvalue(), f"image/{kind}"))


def drawn(whole: tuple[float, float, float, float], width: int) -> Image.Image:
    """The base map of that extent in degrees, in the middle of the picture."""
    west, south, east, north = whole
    (left, bottom), (right, top) = across(west, south, ZOOM), across(east, north, ZOOM)
    wide, high = width * FINE, round(width / RATIO) * FINE
    scale = (1 - 2 * MARGIN) * min(wide / (right - left), high / (bottom - top))
    shift = (wide / 2 - scale * (left + right) / 2, high / 2 - scale * (top + bottom) / 2)
    tiles = [
        Tile(ZOOM, x, y)
        for x in range(floor(left), floor(right) + 1)
        for y in range(floor(top), floor(bottom) + 1)
    ]
    layers = [(tile, base.layers(tile)) for tile in tiles]
    image = Image.new("RGB", (wide, high), GROUND)
    pen = Pen(ImageDraw.Draw(image), scale, shift)
    for name, colour in (("subdistricts", LAND), ("areas", AREA_COLOUR), ("parks", PARK)):
        pen.fill(_of(layers, name), colour)
    main = [
        (tile, each) for tile, each in _of(layers, "roads") if each.properties["rank"] <= MAIN_ROAD
    ]
    pen.stroke(main, ROAD, 1)
    for tile, each in _of(layers, "water"):
        pen.stroke([(tile, each)], WATER, 1 + min(6, each.properties["size"] / 1500))
    lines = list(_of(layers, "boundaries"))
    pen.stroke([each for each in lines if each[1].properties["kind"] != "district"], BORDER, 1)
    pen.stroke([each for each in lines if each[1].properties["kind"] == "district"], OUTLINE, 2)
    return image.resize((wide // FINE, high // FINE), Image.Resampling.LANCZOS)


Placed = tuple[Tile, Feature]


def _of(layers: list[tuple[Tile, dict[str, list[Feature]]]], name: str) -> Iterable[Placed]:
    return ((tile, each) for tile, found in layers for each in found[name])


class Pen:
    """Draws features of tiles; widths are in pixels of the finished picture, for 400 of them."""

    def __init__(self, draw: ImageDraw.ImageDraw, scale: float, shift: tuple[float, float]):
        self.draw, self.scale, self.shift = draw, scale, shift

    def positions(self, tile: Tile, part: list) -> list[tuple[float, float]]:
        return [
            (
                (tile.x + x / EXTENT) * self.scale + self.shift[0],
                (tile.y + y / EXTENT) * self.scale + self.shift[1],
            )
            for x, y in part
        ]

    def fill(self, features: Iterable[Placed], colour: str) -> None:
        for tile, each in features:
            for part in each.parts if each.kind == AREA else []:
                self.draw.polygon(self.positions(tile, part), fill=colour)

    def stroke(self, features: Iterable[Placed], colour: str, width: float) -> None:
        for tile, each in features:
            for part in each.parts:
                self.draw.line(
                    self.positions(tile, part), colour, max(1, round(width * FINE)), joint="curve"
                )
