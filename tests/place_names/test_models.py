"""Rules that the database itself holds, and what follows from a record when it is saved."""

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from place_names.models import BoundaryLine, NameVariant, PlaceName, Succession

from .factories import make_category, make_line, make_place, make_subdistrict

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "fields",
    [
        {"code": "44010500423510"},
        {"code": "4401050042351000000a"},
        {"name": ""},
        {"year_established": 0},
        {"year_abolished": 2101},
        {"year_established": 1990, "year_abolished": 1989},
        {"geometry": {"type": "Point", "coordinates": [200, 23]}},
    ],
)
def test_database_refuses_what_cannot_be(fields):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_place(**{"name": "同福路", **fields})


def test_code_is_unique():
    place = make_place()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_place(code=place.code)


def test_point_and_extent_follow_the_geometry():
    line = [[113.26, 23.09], [113.27, 23.09], [113.28, 23.09]]
    place = make_place(geometry={"type": "LineString", "coordinates": line})
    assert (place.lon, place.lat) == pytest.approx((113.27, 23.09))
    assert (place.min_lon, place.max_lon) == (113.26, 113.28)
    place.draw(None)
    place.save()
    place.refresh_from_db()
    assert (place.lon, place.min_lat) == (None, None)


def test_a_given_point_stays_beside_the_line():
    line = [[113.26, 23.09], [113.27, 23.09], [113.28, 23.09]]
    geometry = {"type": "LineString", "coordinates": line}
    place = make_place(geometry=geometry, lon=113.265, lat=23.0905)
    assert (place.lon, place.lat) == (113.265, 23.0905)
    assert (place.min_lat, place.max_lat) == (23.09, 23.0905)
    place.draw({"type": "Point", "coordinates": [113.3, 23.1]})
    place.save()
    assert (place.lon, place.min_lon, place.max_lat) == (113.3, 113.3, 23.1)


def test_first_subdistrict_is_the_main_one():
    first, second = make_subdistrict(), make_subdistrict("440105003", "昌岗街道")
    place = make_place(subdistricts=[second, first])
    assert place.subdistrict == second
    assert set(PlaceName.objects.in_subdistrict(first)) == {place}
    assert set(PlaceName.objects.in_subdistrict(second)) == {place}


def test_main_subdistrict_alone_is_enough():
    place = PlaceName.objects.create(
        code="44010500423510999999",
        name="甲路",
        category=make_category(),
        subdistrict=make_subdistrict(),
    )
    assert [str(row) for row in place.place_subdistricts.all()] == ["江南中街道"]


def test_plain_romanisation_has_no_tones():
    assert make_place(romanisation="Lǜyuán Nánlù").romanisation_plain == "Lüyuan Nanlu"


def test_category_includes_those_below():
    above = make_category("23000", "交通运输设施")
    place = make_place(category=make_category("23510"))
    other = make_place(category=make_category("25200", "公园"))
    assert set(PlaceName.objects.in_category(above)) == {place}
    assert other not in PlaceName.objects.in_category(above)


def test_public_sees_no_drafts_and_nothing_pending():
    seen = make_place("甲路")
    make_place("乙路", live=False)
    make_place("丙路", status="pending")
    old = make_place("丁路", status="historical")
    assert set(PlaceName.objects.published()) == {seen, old}
    assert set(PlaceName.objects.standard()) == {seen}


def test_variant_cannot_end_before_it_begins():
    place = make_place()
    with pytest.raises(IntegrityError), transaction.atomic():
        NameVariant.objects.create(place=place, name="旧名", year_from=1980, year_to=1970)


def test_a_name_that_others_point_to_stays():
    old, new = make_place("旧路"), make_place("新路")
    Succession.objects.create(predecessor=old, successor=new, kind="renamed", year=1990)
    for place in (old, new):
        with pytest.raises(ProtectedError):
            place.delete()


def test_sides_of_a_line_fit_its_kind():
    left, right = make_subdistrict(), make_subdistrict("440105003", "昌岗街道")
    make_line(left, right, number="01")
    make_line(left, None, number="Q1", kind=BoundaryLine.Kind.DISTRICT, outside="荔湾区")
    for sides in ((left, left), (left, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_line(*sides, number="02")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_line(left, None, number="Q2", kind=BoundaryLine.Kind.DISTRICT)
