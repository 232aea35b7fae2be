import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_names.geometry.coordinates import (
    bd09_from_gcj02,
    gcj02_from_cgcs2000,
    published,
    published_point,
    to_cgcs2000,
)

LON, LAT = st.floats(113.2, 113.45), st.floats(23.0, 23.15)


@given(LON, LAT)
def test_offsets_are_undone_to_a_centimetre(lon, lat):
    gcj = gcj02_from_cgcs2000(lon, lat)
    assert to_cgcs2000("GCJ-02", *gcj) == pytest.approx((lon, lat), abs=1e-7)
    assert to_cgcs2000("BD-09", *bd09_from_gcj02(*gcj)) == pytest.approx((lon, lat), abs=1e-7)


def test_offset_of_this_district():
    lon, lat = gcj02_from_cgcs2000(113.3, 23.1)
    assert (lon - 113.3, lat - 23.1) == pytest.approx((0.0054, -0.0026), abs=3e-4)


def test_same_datum_stays():
    assert to_cgcs2000("WGS84", 113.3, 23.1) == (113.3, 23.1)
    with pytest.raises(KeyError):
        to_cgcs2000("BJ54", 113.3, 23.1)


def test_published_no_finer_than_allowed():
    line = {"type": "LineString", "coordinates": [[113.123456, 23.123456], [113.2, 23.2]]}
    assert published(line, 3)["coordinates"] == [[113.123, 23.123], [113.2, 23.2]]
    assert published_point(113.123456, 23.1, 4) == [113.1235, 23.1]
    assert published_point(None, None, 4) is None
    assert published(None, 4) is None
