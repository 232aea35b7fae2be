import json
from pathlib import Path

import pytest
from shapely.geometry import mapping, shape

from demonstration.place_names.generation import writing
from place_names.boundaries import coverage

HERE = Path(writing.__file__).parents[1]
WEST = [(113.26, 23.09), (113.28, 23.09), (113.28, 23.11), (113.26, 23.11), (113.26, 23.09)]
EAST = [(113.28, 23.09), (113.30, 23.09), (113.30, 23.11), (113.28, 23.11), (113.28, 23.09)]


def area(ring, code="440105001", name="赤岗街道"):
    return coverage.Area(code, name, {"type": "Polygon", "coordinates": [ring]})


def two(east):
    return [area(WEST), area(east, "440105002", "新港街道")]


@pytest.fixture(scope="module")
def demonstration():
    found = json.loads((HERE / "subdistricts.geojson").read_text(encoding="utf-8"))["features"]
    return [
        coverage.Area(f["properties"]["code"], f["properties"]["name"], f["geometry"])
        for f in found
    ]


def test_the_demonstration_has_no_flaw_and_38_lines(demonstration):
    assert coverage.flaws(demonstration) == []
    lines = coverage.shared_lines(demonstration)
    committed = json.loads((HERE / "boundary_lines.geojson").read_text(encoding="utf-8"))
    assert [(line.left, line.right, line.length_m) for line in lines] == [
        (f["properties"]["left"], f["properties"]["right"], f["properties"]["length_m"])
        for f in committed["features"]
    ]


def test_polygons_that_are_a_little_off_give_the_same_lines(demonstration):
    """As a survey gives them: the same edge drawn twice, up to a metre apart."""
    rough = []
    for number, one in enumerate(demonstration):
        shift = (number % 3 - 1) * 4e-6
        figure = shape(one.geometry)
        moved = type(figure)([(x + shift, y - shift) for x, y in figure.exterior.coords])
        rough.append(coverage.Area(one.code, one.name, mapping(moved)))
    assert coverage.flaws(rough, tolerance_m2=20_000) == []
    exact = {
        (line.left, line.right): line.length_m for line in coverage.shared_lines(demonstration)
    }
    found = {(line.left, line.right): line.length_m for line in coverage.shared_lines(rough)}
    assert set(found) == set(exact)
    for pair, metres in exact.items():
        assert found[pair] == pytest.approx(metres, rel=0.05, abs=20)


def test_two_squares_side_by_side_fit():
    assert coverage.flaws(two(EAST)) == []
    [line] = coverage.shared_lines(two(EAST))
    assert (line.left, line.right, line.length_m) == ("440105001", "440105002", 2215)


def test_an_overlap_is_reported_with_both_names_size_and_place():
    over = [(113.279, 23.09), *EAST[1:3], (113.279, 23.11), (113.279, 23.09)]
    [flaw] = coverage.flaws(two(over))
    assert "赤岗街道与新港街道重叠" in flaw.message
    assert "平方米" in flaw.message
    assert 113.279 < flaw.lon < 113.28
    assert f"{flaw.lon:.6f}" in flaw.message


def test_an_open_gap_between_two_is_reported():
    apart = [(113.2801, 23.09), *EAST[1:3], (113.2801, 23.11), (113.2801, 23.09)]
    [flaw] = coverage.flaws(two(apart))
    assert "赤岗街道、新港街道之间有空隙" in flaw.message


def test_a_closed_gap_is_reported_however_wide():
    dented = [
        (113.28, 23.09), (113.30, 23.09), (113.30, 23.11), (113.28, 23.11),
        (113.28, 23.105), (113.29, 23.1), (113.28, 23.095), (113.28, 23.09),
    ]  # fmt: skip
    [flaw] = coverage.flaws(two(dented))
    assert "之间有空隙" in flaw.message


def test_small_differences_are_let_pass():
    hair = [(113.279999, 23.09), *EAST[1:3], (113.279999, 23.11), (113.279999, 23.09)]
    assert coverage.flaws(two(hair), tolerance_m2=300) == []
    assert len(coverage.flaws(two(hair), tolerance_m2=10)) == 1


def test_a_self_crossing_polygon_is_named_with_the_place():
    bow = [(113.28, 23.09), (113.30, 23.11), (113.30, 23.09), (113.28, 23.11), (113.28, 23.09)]
    [flaw] = coverage.flaws(two(bow))
    assert flaw.message.startswith("新港街道：图形自相交，位置：113.29")


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "没有图形"),
        ({"type": "Point", "coordinates": [113.2, 23.1]}, "不是面"),
        ({"type": "Polygon", "coordinates": "x"}, "写法有误"),
        ({"type": "Polygon", "coordinates": [[[500, 1], [2, 2], [3, 1], [500, 1]]]}, "超出"),
    ],
)
def test_what_is_no_polygon_is_named(geometry, reason):
    [flaw] = coverage.flaws([coverage.Area("440105001", "赤岗街道", geometry)])
    assert flaw.message.startswith("赤岗街道")
    assert reason in flaw.message


def test_areas_that_touch_in_a_point_share_no_line():
    corner = [(113.28, 23.11), (113.30, 23.11), (113.30, 23.13), (113.28, 23.13), (113.28, 23.11)]
    assert coverage.shared_lines(two(corner)) == []
