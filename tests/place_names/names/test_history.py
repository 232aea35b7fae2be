"""A name in time, and renaming that loses nothing."""

import pytest

from place_names.models import NameVariant, PlaceName, Succession
from place_names.names.history import former_names_in, names_in, parse_year, spans
from place_names.names.renaming import HistoryError, merge, next_code, rename
from search.places.engine import Filters
from search.places.engines import place_search
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")


def called(place, year):
    return [span.name for span in names_in(place, year)]


def with_former_names(**fields):
    place = make_place("江南大道", year_established=1921, **fields)
    for name, start, end in (("宝岗路", 1921, 1950), ("南大道", 1950, 1966)):
        NameVariant.objects.create(
            place=place, kind="former", name=name, year_from=start, year_to=end
        )
    NameVariant.objects.create(place=place, kind="alias", name="大马路")
    return PlaceName.objects.get(pk=place.pk)


def test_former_names_tell_what_a_place_was_called():
    place = with_former_names()
    assert called(place, 1930) == ["宝岗路"]
    assert called(place, 1950) == ["宝岗路", "南大道"]
    assert called(place, 1985) == ["江南大道"]
    assert called(place, 1900) == []
    assert [span.years for span in spans(place)] == ["1921年至1950年", "1950年至1966年", "1966年起"]


def test_without_any_year_the_present_name_answers():
    place = make_place("甲路")
    NameVariant.objects.create(place=place, kind="former", name="乙路")
    assert called(place, 1985) == ["甲路"]


def test_renaming_keeps_the_old_record_and_links_both_ways():
    old = make_place("旧西路", year_established=1950, meaning="原意")
    new = rename(old, "新民西路", 1990, basis="海地名〔1990〕1号")
    old.refresh_from_db()
    assert (old.status, old.year_abolished, old.meaning) == ("historical", 1990, "原意")
    assert (new.status, new.year_established, new.live) == ("standard", 1990, True)
    assert new.code[:14] == old.code[:14]
    assert new.code != old.code
    assert new.romanisation == "Xīnmín Xīlù"
    assert [v.name for v in new.variants.all()] == ["旧西路"]
    assert new.geometry == old.geometry
    link = Succession.objects.get()
    assert (link.predecessor, link.successor, link.kind, link.year) == (old, new, "renamed", 1990)
    for place in (old, new):
        assert called(place, 1970) == ["旧西路"]
        assert called(place, 2000) == ["新民西路"]
        assert called(place, 1990) == ["旧西路", "新民西路"]


def test_a_former_name_that_both_records_note_is_told_once():
    old = with_former_names()
    new = rename(old, "新民大道", 1990)
    told = [("宝岗路", 1921), ("南大道", 1950), ("江南大道", 1966), ("新民大道", 1990)]
    for place in (PlaceName.objects.get(pk=old.pk), PlaceName.objects.get(pk=new.pk)):
        assert [(span.name, span.year_from) for span in spans(place)] == told


def test_a_chain_of_renamings_is_followed_from_any_end():
    first = make_place("甲路", year_established=1950)
    second = rename(first, "乙路", 1970)
    third = rename(PlaceName.objects.get(pk=second.pk), "丙路", 1990)
    for place in (first, second, third):
        place = PlaceName.objects.get(pk=place.pk)
        assert [called(place, y) for y in (1960, 1980, 2000)] == [["甲路"], ["乙路"], ["丙路"]]


def test_merging_keeps_the_old_record():
    small, large = make_place("小巷", year_established=1950), make_place("大街")
    merge(small, large, 1980)
    small.refresh_from_db()
    assert (small.status, small.year_abolished) == ("abolished", 1980)
    assert large.precursors.get().predecessor == small
    assert called(small, 1985) == []


@pytest.mark.parametrize(
    ("fields", "name", "year", "reason"),
    [
        ({}, "甲路", 1990, "不同"),
        ({}, " ", 1990, "不同"),
        ({"status": "historical"}, "乙路", 1990, "不是现行"),
        ({"locked": True}, "乙路", 1990, "已锁定"),
        ({"has_unpublished_changes": True}, "乙路", 1990, "尚未发布"),
        ({"year_established": 1995}, "乙路", 1990, "早于设立"),
        ({}, "乙路", 3000, "年份须"),
    ],
)
def test_what_cannot_be_renamed_is_refused(fields, name, year, reason):
    place = make_place("甲路", **fields)
    with pytest.raises(HistoryError, match=reason):
        rename(place, name, year)
    assert PlaceName.objects.count() == 1


def test_merging_into_itself_or_what_is_gone_is_refused():
    place, gone = make_place("甲路"), make_place("乙路", status="abolished")
    for into in (place, gone):
        with pytest.raises(HistoryError):
            merge(place, into, 1990)


def valid_in(year, text=""):
    found = place_search().search(text, Filters(year=year), page_size=50)
    return {PlaceName.objects.get(pk=hit.id).name for hit in found.hits}


def test_names_valid_in_a_year():
    make_place("一直有")
    make_place("后来有", year_established=1990)
    make_place("已经没有", status="abolished", year_established=1950, year_abolished=1980)
    make_place("不知何时没有", status="historical")
    make_place("未公布", status="pending")
    assert valid_in(1985) == {"一直有"}
    assert valid_in(1970) == {"一直有", "已经没有"}
    assert valid_in(1990) == {"一直有", "后来有"}


def former(place, name, start, end):
    NameVariant.objects.create(place=place, kind="former", name=name, year_from=start, year_to=end)


def test_a_former_name_is_found_in_its_years():
    place = make_place("江南大道", year_established=1966)
    former(place, "南大道", 1950, 1966)
    former(place, "宝岗路", 1921, 1950)
    former(place, "远古路", 1700, 1800)
    assert valid_in(1985, "宝岗路") == {"江南大道"}
    assert valid_in(1930, "宝岗路") == {"江南大道"}
    assert valid_in(1930) == {"江南大道"}
    # Nothing is known of the years between.
    assert valid_in(1900) == set()


def test_a_former_name_without_a_known_start_reaches_back():
    place = make_place("江南大道", year_established=1966)
    former(place, "南大道", None, 1966)
    assert valid_in(1200) == {"江南大道"}


def test_former_names_of_a_listed_record_cost_no_query(django_assert_num_queries):
    with_former_names()
    place = PlaceName.objects.prefetch_related("variants").get()
    with django_assert_num_queries(0):
        assert former_names_in(place, 1930) == ["宝岗路"]
        assert former_names_in(place, 1966) == []


def test_next_code_follows_the_highest():
    place = make_place(code="44010500423510000041")
    assert next_code("23510", [place.subdistrict.code]) == "44010500423510000042"
    assert next_code("25200", []) == "44010500025200000001"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1985", 1985),
        (" 1985年 ", 1985),
        ("0", None),
        ("２０", None),
        ("-1", None),
        ("99999", None),
    ],
)
def test_typed_years(text, year):
    assert parse_year(text) == year
