import pytest

from place_names.models import Category
from place_names.names.listing import Asked, class_choices, read
from search.places.filters import Filters

KNOWN = {"category": {"23510": None}, "subdistrict": {"440105004": None}}


def test_the_address_is_the_whole_state():
    typed = {
        "q": " 江南 ", "category": "23510", "subdistrict": "440105004", "status": "historical",
        "year": "1985", "variant": "1", "sort": "distance", "near": "113.27,23.1",
        "bbox": "113.2,23.0,113.3,23.2", "page": "3",
    }  # fmt: skip
    asked, ignored = read(typed, KNOWN)
    assert ignored == []
    assert asked.filters == Filters(
        "23510",
        "440105004",
        "historical",
        1985,
        True,
        (113.2, 23.0, 113.3, 23.2),
        start_known=True,
    )
    assert asked.point == (113.27, 23.1)
    assert asked.address() == (
        "q=%E6%B1%9F%E5%8D%97&category=23510&subdistrict=440105004&status=historical"
        "&year=1985&variant=1&sort=distance&near=113.27,23.1&bbox=113.2,23.0,113.3,23.2"
    )
    assert "status" not in asked.address(status="")


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("category", "99999"),
        ("subdistrict", "x" * 5000),
        ("status", "pending"),
        ("variant", "maybe"),
        ("sort", "random"),
        ("near", "113.27"),
        ("near", "nan,23.1"),
        ("near", "113.27,91"),
        ("near", "1e999,0"),
        ("bbox", "113.3,23.0,113.2,23.2"),
        ("bbox", "1,2,3,4,5"),
        ("bbox", ",,,"),
    ],
)
def test_what_is_not_understood_is_named_and_left_out(word, value):
    asked, ignored = read({word: value, "q": "路"}, KNOWN)
    assert ignored == [word]
    assert asked == Asked(q="路")


def test_distance_needs_a_point():
    assert read({"sort": "distance"}, KNOWN)[0].sort == ""


@pytest.mark.django_db
def test_the_class_tree_shows_depth_and_counts():
    above = Category.objects.create(code="23000", name="交通")
    road = Category.objects.create(code="23510", name="道路", parent=above)
    empty = Category.objects.create(code="25100", name="纪念地")
    found = class_choices(
        {each.code: each for each in (road, empty, above)}, {"23510": 3, "23000": 3}, ""
    )
    assert [c["label"] for c in found] == ["交通（3）", "　道路（3）"]
