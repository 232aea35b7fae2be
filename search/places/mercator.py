"""Tiles of the Web Mercator scheme (XYZ): which tile a point lies in, and what a tile covers.

Positions are degrees, longitude first. A tile contains its western and northern edge.
"""

from dataclasses import dataclass
from math import asinh, atan, degrees, floor, pi, radians, sinh, tan

MAX_ZOOM = 20
MAX_LAT = degrees(atan(sinh(pi)))
"""The scheme is a square that ends here, at 85.05 degrees."""


@dataclass(frozen=True)
class Tile:
    zoom: int
    x: int
    y: int

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north."""
        return (
            longitude(self.x, self.zoom),
            latitude(self.y + 1, self.zoom),
            longitude(self.x + 1, self.zoom),
            latitude(self.y, self.zoom),
        )

    def cells(self, deeper: int) -> list["Tile"]:
        """The 4**deeper tiles of a deeper zoom that make up this one, row by row."""
        side = 1 << deeper
        return [
            Tile(self.zoom + deeper, self.x * side + column, self.y * side + row)
            for row in range(side)
            for column in range(side)
        ]


def longitude(x: float, zoom: int) -> float:
    """The western edge of column `x`."""
    return x / (1 << zoom) * 360 - 180


def latitude(y: float, zoom: int) -> float:
    """The northern edge of row `y`."""
    return degrees(atan(sinh(pi * (1 - 2 * y / (1 << zoom)))))


def across(lon: float, lat: float, zoom: int) -> tuple[float, float]:
    """A position in columns and rows, with fractions, from the north-western corner."""
    side = 1 << zoom
    lat = min(max(lat, -MAX_LAT), MAX_LAT)
    return (lon + 180) / 360 * side, (1 - asinh(tan(radians(lat))) / pi) / 2 * side


def tile_at(lon: float, lat: float, zoom: int) -> Tile:
    """The tile of a position; one beyond the scheme counts to the outermost tile.

    Agrees with `Tile.bounds` where rounding would let a position at an edge fall beside it.
    """
    last = (1 << zoom) - 1
    x, y = (min(max(floor(value), 0), last) for value in across(lon, lat, zoom))
    if x and lon < longitude(x, zoom):
        x -= 1
    elif x < last and lon >= longitude(x + 1, zoom):
        x += 1
    if y and lat > latitude(y, zoom):
        y -= 1
    elif y < last and lat <= latitude(y + 1, zoom):
        y += 1
    return Tile(zoom, x, y)
