"""Left and right of a line; the first cases are the polygon of RFC 7946, appendix A.3."""

import pytest
import shapely
from shapely.geometry import LineString, Polygon

from place_names.geometry.sides import is_on_the_left, with_left

RING = [(100, 0), (101, 0), (101, 1), (100, 1), (100, 0)]
HOLE = [(100.8, 0.8), (100.8, 0.2), (100.2, 0.2), (100.2, 0.8), (100.8, 0.8)]
AREA = Polygon(RING, [HOLE])


@pytest.mark.parametrize("ring", [RING, HOLE])
def test_rings_that_follow_the_right_hand_rule_have_their_area_on_the_left(ring):
    """RFC 7946, 3.1.6: exterior rings are counterclockwise, and holes are clockwise."""
    assert is_on_the_left(LineString(ring), AREA) is True
    assert is_on_the_left(LineString(ring[::-1]), AREA) is False
    assert with_left(LineString(ring[::-1]), AREA).equals_exact(LineString(ring), 0)


@pytest.mark.parametrize(
    "line",
    [
        [(100.5, -1), (100.5, 2)],  # through the area
        [(110, 0), (110, 1)],  # far from it
        [(100, 1), (100, 0), (90, 0)],  # beside it for a tenth of its way
    ],
)
def test_where_an_area_is_on_neither_side_nothing_is_said(line):
    assert is_on_the_left(LineString(line), AREA) is None
    assert with_left(LineString(line), AREA).equals_exact(LineString(line), 0)


def test_a_line_in_parts_and_with_repeated_points_is_measured_as_one():
    parts = shapely.MultiLineString(
        [[(100, 0), (100, 0), (101, 0)], [(101, 0), (101, 1)], [(101, 1), (101, 1)]]
    )
    assert is_on_the_left(parts, AREA) is True
