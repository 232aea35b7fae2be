import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_names.geometry.shapes import ShapeError, check, measure, positions

JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=4),
    max_leaves=12,
)


@given(kind=st.sampled_from(["Point", "LineString", "Polygon", "Circle"]), coordinates=JSON)
def test_anything_is_either_kept_or_explained(kind, coordinates):
    geometry = {"type": kind, "coordinates": coordinates}
    complaint = None
    try:
        check(geometry)
    except ShapeError as error:
        complaint = str(error)
    if complaint is None:
        found = measure(geometry)
        assert found.min_lon <= found.lon <= found.max_lon
    else:
        assert complaint.endswith("。")


def test_self_crossing_polygon_is_named_with_its_place():
    ring = [[113.0, 23.0], [113.2, 23.2], [113.2, 23.0], [113.0, 23.2], [113.0, 23.0]]
    with pytest.raises(ShapeError, match=r"自相交，位置：113\.1，23\.1"):
        check({"type": "Polygon", "coordinates": [ring]})


@pytest.mark.parametrize(
    ("kind", "coordinates"),
    [
        ("Polygon", [[[113, 23], [113.1, 23], [113.1, 23.1]]]),
        ("MultiPolygon", [[[[113, 23], [113.1, 23], [113.1, 23.1], [113, 23.05]]]]),
    ],
)
def test_a_ring_that_is_not_closed_is_not_closed_silently(kind, coordinates):
    with pytest.raises(ShapeError, match="没有闭合"):
        check({"type": kind, "coordinates": coordinates})


def test_positions_keep_their_order():
    geometry = {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]}
    assert positions(geometry) == [(1, 2), (3, 4), (5, 6), (7, 8)]
