"""Tile numbers, the format of vector tiles, and what a tile shows of a line or an area."""

import numpy
import pytest

from place_names.kinds import kind_of, rank_of
from place_names.map import base
from place_names.map.directions import direction
from place_names.map.vector_tile import AREA, LINE, POINT, Feature, commands, encode, varint, zigzag
from search.places.mercator import Tile, across, tile_at


# The first four from the tests of mercantile (mapbox/mercantile, tests/test_funcs.py).
@pytest.mark.parametrize(
    ("lon", "lat", "zoom", "x", "y"),
    [
        (20.6852, 40.1222, 9, 285, 193),
        (-104.995, 39.995, 14, 3413, 6202),
        (-104.995, 39.9905, 14, 3413, 6203),
        (-9.140625, 53.33, 10, 486, 332),
        (0, 0, 1, 1, 1),
        (-180, 85.06, 3, 0, 0),
        (180, -90, 3, 7, 7),
        (113.26, 23.13, 12, 3336, 1777),
    ],
)
def test_the_tile_of_a_position(lon, lat, zoom, x, y):
    assert tile_at(lon, lat, zoom) == Tile(zoom, x, y)


def test_the_bounds_of_a_tile():
    expected = (-9.140625, 53.12040528310657, -8.7890625, 53.33087298301705)
    assert Tile(10, 486, 332).bounds == pytest.approx(expected, abs=1e-9)


def test_a_position_at_an_edge_lies_in_the_tile_whose_bounds_hold_it():
    for tile in Tile(12, 3337, 1777).cells(3):
        west, south, east, north = tile.bounds
        assert tile_at(west, north, 15) == tile
        assert tile_at(east, north, 15).x == tile.x + 1
        assert tile_at(west, south, 15).y == tile.y + 1


def test_the_cells_of_a_tile_cover_it_once():
    tile = Tile(11, 1668, 888)
    cells = tile.cells(2)
    assert len(set(cells)) == 16
    west, south, east, north = zip(*(cell.bounds for cell in cells), strict=True)
    assert (min(west), min(south), max(east), max(north)) == pytest.approx(tile.bounds)


# The examples of the specification, 4.3.5.
@pytest.mark.parametrize(
    ("kind", "parts", "written"),
    [
        (POINT, [[(25, 17)]], [9, 50, 34]),
        (POINT, [[(5, 7)], [(3, 2)]], [17, 10, 14, 3, 9]),
        (LINE, [[(2, 2), (2, 10), (10, 10)]], [9, 4, 4, 18, 0, 16, 16, 0]),
        (
            LINE,
            [[(2, 2), (2, 10), (10, 10)], [(1, 1), (3, 5)]],
            [9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8],
        ),
        (AREA, [[(3, 6), (8, 12), (20, 34)]], [9, 6, 12, 18, 10, 12, 24, 44, 15]),
        (
            AREA,
            [
                [(0, 0), (10, 0), (10, 10), (0, 10)],
                [(11, 11), (20, 11), (20, 20), (11, 20)],
                [(13, 13), (13, 17), (17, 17), (17, 13)],
            ],
            [
                9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0, 0, 18, 17, 0, 15,
                9, 4, 13, 26, 0, 8, 8, 0, 0, 7, 15,
            ],
        ),
    ],
)  # fmt: skip
def test_geometry_is_written_as_the_specification_does(kind, parts, written):
    assert commands(kind, parts) == written


@pytest.mark.parametrize(("number", "code"), [(0, 0), (-1, 1), (1, 2), (-2, 3), (2147483647, 4294967294)])  # fmt: skip
def test_zigzag(number, code):
    assert zigzag(number) == code


# Protocol Buffers, “Encoding”: 150 is 9601; 300 is ac02.
@pytest.mark.parametrize(("number", "code"), [(1, "01"), (150, "9601"), (300, "ac02")])
def test_varint(number, code):
    assert varint(number).hex() == code


def test_a_tile_byte_by_byte():
    """mapbox-vector-tile 2.2.0 reads from these bytes: layer “l”, a point at 25, 17 with name=河 and number=3."""
    feature = Feature(POINT, [[(25, 17)]], {"name": "河", "number": 3})
    assert encode({"l": [feature], "none": []}).hex() == (
        "1a30" "7802" "0a016c" "120d" "120400000101" "1801" "2203093222"
        "1a046e616d65" "1a066e756d626572" "22050a03e6b2b3" "22023006" "288020"
    )  # fmt: skip


WEST, SOUTH, EAST, NORTH = Tile(12, 3337, 1777).bounds
MIDDLE = (WEST + EAST) / 2, (SOUTH + NORTH) / 2
BEYOND = 4096 + base.MARGIN


def test_many_positions_are_placed_as_one_is():
    positions = [(113.2, 23.1), (-180, 85.06), (179.9, -90), (0, 0), (15.5, -33.33)]
    x, y = base.all_across(*(numpy.array(each) for each in zip(*positions, strict=True)), 14)
    for at, (lon, lat) in enumerate(positions):
        assert (x[at], y[at]) == pytest.approx(across(lon, lat, 14), abs=1e-6)


def test_a_line_is_cut_at_the_margin_of_the_tile():
    line = {"type": "LineString", "coordinates": [[WEST - 1, MIDDLE[1]], [EAST + 1, MIDDLE[1]]]}
    (part,) = base.drawn(line, Tile(12, 3337, 1777), {}).parts
    assert [x for x, _ in part] == [-base.MARGIN, BEYOND]
    assert len({y for _, y in part}) == 1


def test_a_line_that_leaves_and_returns_is_two_parts():
    line = {
        "type": "LineString",
        "coordinates": [
            [WEST, MIDDLE[1]], [EAST + 1, MIDDLE[1]], [EAST + 1, SOUTH], [WEST, SOUTH],
        ],
    }  # fmt: skip
    assert len(base.drawn(line, Tile(12, 3337, 1777), {}).parts) == 2


def test_bends_that_nobody_sees_are_left_out():
    step = (EAST - WEST) / 4096
    coordinates = [
        [WEST + number * step * 20, MIDDLE[1] + number % 2 * step] for number in range(50)
    ]
    (part,) = base.drawn(
        {"type": "LineString", "coordinates": coordinates}, Tile(12, 3337, 1777), {}
    ).parts
    assert len(part) == 2


def test_what_lies_elsewhere_or_is_a_speck_is_not_drawn():
    far = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    assert base.drawn(far, Tile(12, 3337, 1777), {}) is None
    speck = [[MIDDLE[0], MIDDLE[1]], [MIDDLE[0] + 1e-6, MIDDLE[1]], [MIDDLE[0], MIDDLE[1] + 1e-6]]
    area = {"type": "Polygon", "coordinates": [[*speck, speck[0]]]}
    assert base.drawn(area, Tile(12, 3337, 1777), {}) is None


def test_outer_rings_are_clockwise_to_the_eye_and_holes_the_other_way():
    def ring(size: float) -> list[list[float]]:
        (x, y), d = MIDDLE, size * (EAST - WEST)
        return [[x - d, y - d], [x + d, y - d], [x + d, y + d], [x - d, y + d], [x - d, y - d]]

    area = {"type": "Polygon", "coordinates": [ring(0.3), ring(0.1)]}
    outer, hole = base.drawn(area, Tile(12, 3337, 1777), {}).parts

    def turned(part) -> int:
        """Twice the surface by the surveyor's formula, which the specification uses."""
        pairs = zip(part, [*part[1:], part[0]], strict=True)
        return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)

    assert turned(outer) > 0 > turned(hole)


@pytest.mark.parametrize(
    ("code", "name", "kind", "rank"),
    [
        ("12100", "马涌", "water", 2),
        ("12300", "琶洲", "area", 1),
        ("25200", "晓港公园", "park", 3),
        ("23510", "江南大道中", "road", 2),
        ("23510", "前进路", "road", 4),
        ("23510", "安保一巷", "road", 8),
        ("23530", "宝岗大道站", "station", 5),
        ("25100", "七星岗", "sight", 4),
        ("27620", "青葵社区居委会", "other", 7),
    ],
)
def test_what_a_name_is_on_the_map(code, name, kind, rank):
    assert (kind_of(code), rank_of(code, name)) == (kind, rank)


@pytest.mark.parametrize(
    ("bearing", "word"),
    [(0, "北"), (22, "北"), (23, "东北"), (180, "南"), (359.9, "北"), (-90, "西")],
)
def test_bearings_in_words(bearing, word):
    assert direction(bearing) == word
