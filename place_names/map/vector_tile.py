"""Mapbox Vector Tile 2.1: features in tile coordinates to the bytes that map programs read.

Only what we need of the format: points, lines and areas, and values that are texts or whole
numbers. https://github.com/mapbox/vector-tile-spec/tree/master/2.1
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

EXTENT = 4096
"""Units along the side of a tile, counted from its north-western corner."""
POINT, LINE, AREA = 1, 2, 3
_MOVE_TO, _LINE_TO, _CLOSE = 1, 2, 7

Position = tuple[int, int]


@dataclass(frozen=True)
class Feature:
    """`parts` are the positions of a point, of lines, or of rings that are not closed: each
    outer ring clockwise as one sees it, then its holes the other way round."""

    kind: int
    parts: Sequence[Sequence[Position]]
    properties: Mapping[str, str | int]


def encode(layers: Mapping[str, Iterable[Feature]]) -> bytes:
    """The tile; a layer without features is left out."""
    tile = bytearray()
    for name, features in layers.items():
        features = list(features)
        if features:
            tile += _field(3, _layer(name, features))
    return bytes(tile)


def commands(kind: int, parts: Sequence[Sequence[Position]]) -> list[int]:
    """The geometry as the specification writes it (4.3): commands, and steps from one position
    to the next."""
    found: list[int] = []
    x = y = 0
    if kind == POINT:
        positions = [position for part in parts for position in part]
        found.append(_MOVE_TO | len(positions) << 3)
        for to_x, to_y in positions:
            found += [zigzag(to_x - x), zigzag(to_y - y)]
            x, y = to_x, to_y
        return found
    for part in parts:
        for number, (to_x, to_y) in enumerate(part):
            if number == 0:
                found.append(_MOVE_TO | 1 << 3)
            elif number == 1:
                found.append(_LINE_TO | (len(part) - 1) << 3)
            found += [zigzag(to_x - x), zigzag(to_y - y)]
            x, y = to_x, to_y
        if kind == AREA:
            found.append(_CLOSE | 1 << 3)
    return found


def zigzag(number: int) -> int:
    """0, -1, 1, -2 … as 0, 1, 2, 3 …"""
    return number << 1 if number >= 0 else (-number << 1) - 1


def varint(number: int) -> bytes:
    """A number of Protocol Buffers: seven bits to a byte, the lowest first."""
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def _field(number: int, content: bytes) -> bytes:
    return varint(number << 3 | 2) + varint(len(content)) + content


def _packed(number: int, values: Iterable[int]) -> bytes:
    return _field(number, b"".join(map(varint, values)))


def _value(value: str | int) -> bytes:
    if isinstance(value, str):
        return _field(1, value.encode())
    return varint(6 << 3) + varint(zigzag(value))


def _layer(name: str, features: Sequence[Feature]) -> bytes:
    keys: dict[str, int] = {}
    values: dict[str | int, int] = {}
    written = bytearray()
    for feature in features:
        tags: list[int] = []
        for key, value in feature.properties.items():
            tags.append(keys.setdefault(key, len(keys)))
            tags.append(values.setdefault(value, len(values)))
        body = _packed(2, tags) if tags else b""
        body += varint(3 << 3) + varint(feature.kind)
        body += _packed(4, commands(feature.kind, feature.parts))
        written += _field(2, body)
    layer = varint(15 << 3) + varint(2) + _field(1, name.encode()) + bytes(written)
    layer += b"".join(_field(3, key.encode()) for key in keys)
    layer += b"".join(_field(4, _value(value)) for value in values)
    return layer + varint(5 << 3) + varint(EXTENT)
