"""Changes of a name that are planned, divided, corrected or undone."""

import pytest
import time_machine

from place_names.models import FormerCode, PlaceName, Sign, Succession
from place_names.names.abolition import abolish, restore
from place_names.names.coming_into_force import bring_into_force, held_up
from place_names.names.correcting import Correction, correct, undo
from place_names.names.dividing import divide, split_off
from place_names.names.history import names_in
from place_names.names.renaming import Approval, HistoryError, merge, next_code, rename
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")

YEAR = 2026


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(f"{YEAR}-06-01 08:00 +0800", tick=False) as clock:
        yield clock


def fresh(place):
    return PlaceName.objects.get(pk=place.pk)


def make_sign(place, number="1", **fields):
    return Sign.objects.create(number=number, place=place, lon=113.26, lat=23.1, **fields)


def is_public(place):
    return PlaceName.objects.published().filter(pk=place.pk).exists()


# Planned


def test_a_renaming_of_a_later_year_is_planned(today):
    old = make_place("旧西路", year_established=1950)
    sign = make_sign(old)
    new = rename(old, "新民西路", YEAR + 1, basis="公告")
    assert (fresh(old).status, fresh(old).year_abolished) == ("standard", None)
    assert new.status == "planned"
    assert not is_public(new)
    assert [span.name for span in names_in(fresh(old), YEAR + 1)] == ["旧西路"]
    assert bring_into_force() == 0
    today.move_to(f"{YEAR + 1}-01-01 00:30 +0800")
    assert bring_into_force() == 1
    assert bring_into_force() == 0
    assert (fresh(old).status, fresh(old).year_abolished) == ("historical", YEAR + 1)
    assert fresh(new).status == "standard"
    assert is_public(new)
    sign.refresh_from_db()
    assert (sign.place, sign.inscription) == (new, "旧西路")


def test_merging_division_and_abolition_wait_for_their_year(today):
    small, large, divided, gone = (make_place(n) for n in ("小巷", "大街", "长路", "废路"))
    merge(small, large, YEAR + 1)
    parts = divide(divided, ["长路东段", "长路西段"], YEAR + 1)
    abolish(gone, YEAR + 1, "拆迁公告")
    places = (small, divided, gone)
    assert {fresh(place).status for place in places} == {"standard"}
    today.move_to(f"{YEAR + 1}-03-01 08:00 +0800")
    bring_into_force()
    assert {fresh(place).status for place in places} == {"abolished"}
    assert {fresh(place).status for place in parts} == {"standard"}
    assert fresh(gone).abolition_ground == "拆迁公告"


def test_a_planned_name_of_its_own_comes_into_force(today):
    place = make_place("新港东路", status="planned", year_established=YEAR + 1)
    assert not is_public(place)
    today.move_to(f"{YEAR + 1}-01-02 08:00 +0800")
    assert bring_into_force() == 1
    assert is_public(place)


def test_a_change_that_is_held_up_is_told_and_tried_again(today):
    old = make_place("旧西路")
    rename(old, "新民西路", YEAR + 1)
    PlaceName.objects.filter(pk=old.pk).update(locked=True)
    today.move_to(f"{YEAR + 1}-01-02 08:00 +0800")
    assert bring_into_force() == 0
    assert [item.title for item in held_up(None)] == ["旧西路"]
    PlaceName.objects.filter(pk=old.pk).update(locked=False)
    assert bring_into_force() == 1
    assert list(held_up(None)) == []


def test_a_name_with_a_planned_change_takes_no_other():
    old, large = make_place("旧西路"), make_place("大街")
    rename(old, "新民西路", YEAR + 1)
    for change in (
        lambda: rename(fresh(old), "丙路", YEAR),
        lambda: abolish(fresh(old), YEAR, "公告"),
        lambda: merge(fresh(old), large, YEAR),
    ):
        with pytest.raises(HistoryError, match=f"已定于{YEAR + 1}年变更"):
            change()


# Dividing


def test_dividing_ends_the_name_and_links_its_parts():
    old = make_place("长路", year_established=1950)
    parts = divide(old, ["长路东段", "长路西段"], 1990, approval=Approval("市政府", "1号"))
    assert (fresh(old).status, fresh(old).year_abolished) == ("abolished", 1990)
    assert fresh(old).abolition_ground == "1号"
    assert [part.name for part in parts] == ["长路东段", "长路西段"]
    assert {(p.approving_body, p.geometry) for p in parts} == {("市政府", None)}
    assert {link.kind for link in Succession.objects.all()} == {"divided"}


def test_a_part_that_is_split_off_leaves_the_name_in_force():
    old = make_place("长路")
    new = split_off(old, "长路东段", 1990)
    assert (fresh(old).status, fresh(old).year_abolished) == ("standard", None)
    assert Succession.objects.get().kind == "split_off"
    assert fresh(new).status == "standard"


@pytest.mark.parametrize("names", [[], ["长路东段"], ["甲路", "甲路"], ["甲路", "长路"]])
def test_a_division_into_less_than_two_new_names_is_refused(names):
    old = make_place("长路")
    with pytest.raises(HistoryError):
        divide(old, names, 1990)
    assert PlaceName.objects.count() == 1


# Undoing


def test_a_renaming_is_undone_without_a_trace_in_force():
    old = make_place("旧西路", year_established=1950)
    sign = make_sign(old)
    new = rename(old, "新民西路", 1990)
    own_sign = make_sign(new, "2")
    code = new.code
    undo(Succession.objects.get(), "登记错了一条路")
    assert (fresh(old).status, fresh(old).year_abolished) == ("standard", None)
    assert not PlaceName.objects.filter(code=code).exists()
    assert FormerCode.objects.get(code=code).place == old
    for each in (sign, own_sign):
        each.refresh_from_db()
    assert (sign.place, sign.inscription) == (old, "")
    assert (own_sign.place, own_sign.inscription) == (old, "新民西路")
    # The code is not given twice.
    assert next_code("23510", [old.subdistrict.code]) > code


def test_a_merging_is_undone_and_its_signs_return():
    small, large = make_place("小巷"), make_place("大街")
    came, own = make_sign(small), make_sign(large, "2")
    merge(small, large, 1980)
    came.refresh_from_db()
    assert came.place == large
    undo(Succession.objects.get(), "并错")
    for sign in (came, own):
        sign.refresh_from_db()
    assert (came.place, own.place) == (small, large)
    assert (fresh(small).status, fresh(small).abolition_ground) == ("standard", "")


def test_a_division_is_undone_with_all_its_parts():
    old = make_place("长路")
    divide(old, ["长路东段", "长路西段"], 1990)
    undo(Succession.objects.first(), "登记错")
    assert fresh(old).status == "standard"
    assert PlaceName.objects.count() == 1


def test_an_undoing_says_why_in_the_log():
    old = make_place("旧西路")
    rename(old, "新民西路", 1990, basis="1号")
    undo(Succession.objects.get(), "登记错了一条路")
    from wagtail.models import ModelLogEntry

    entry = ModelLogEntry.objects.get(action="place_names.undo")
    assert entry.object_id == str(old.pk)
    assert entry.message == "撤销变更：1990年“新民西路”，原因：登记错了一条路"
    assert entry.data["undone"][0]["record"]["name"] == "新民西路"


def test_what_later_changes_build_on_is_not_undone():
    first = make_place("甲路")
    second = rename(first, "乙路", 1970)
    rename(fresh(second), "丙路", 1990)
    with pytest.raises(HistoryError, match="后来又有变更"):
        undo(Succession.objects.get(year=1970), "错")
    assert fresh(first).status == "historical"


def test_undoing_wants_a_reason():
    rename(make_place("甲路"), "乙路", 1970)
    with pytest.raises(HistoryError, match="为什么"):
        undo(Succession.objects.get(), " ")


def test_a_wrong_abolition_is_taken_back():
    place = make_place("甲路")
    abolish(place, 2020, "公告")
    assert (fresh(place).status, fresh(place).year_abolished) == ("abolished", 2020)
    restore(fresh(place), "公告说的是另一条路")
    assert (fresh(place).status, fresh(place).year_abolished) == ("standard", None)
    with pytest.raises(HistoryError, match="没有废止"):
        restore(fresh(place), "再来一次")


def test_an_abolition_wants_a_ground():
    with pytest.raises(HistoryError, match="依据"):
        abolish(make_place("甲路"), 2020, " ")


# Correcting


def test_a_correction_reaches_every_record():
    old = make_place("旧西路", year_established=1950)
    new = rename(old, "新民西路", 1990)
    correct(Succession.objects.get(), Correction(1991, "海地名〔1991〕1号", "新明西路"))
    old, new = fresh(old), fresh(new)
    assert old.year_abolished == 1991
    assert (new.name, new.romanisation, new.year_established) == ("新明西路", "Xīnmíng Xīlù", 1991)
    assert [v.year_to for v in new.variants.all()] == [1991]
    link = Succession.objects.get()
    assert (link.year, link.basis) == (1991, "海地名〔1991〕1号")


def test_a_division_is_corrected_as_one():
    old = make_place("长路")
    parts = divide(old, ["长路东段", "长路西段"], 1990)
    correct(Succession.objects.first(), Correction(1991))
    assert {link.year for link in Succession.objects.all()} == {1991}
    assert {fresh(part).year_established for part in parts} == {1991}
    assert fresh(old).year_abolished == 1991


@pytest.mark.parametrize(
    ("correction", "reason"),
    [
        (Correction(YEAR + 1), "不能改到今后"),
        (Correction(1940), "早于设立"),
        (Correction(1990, name="<路"), "不能有"),
    ],
)
def test_corrections_that_cannot_be_are_refused(correction, reason):
    old = make_place("旧西路", year_established=1950)
    rename(old, "新民西路", 1990)
    with pytest.raises(HistoryError, match=reason):
        correct(Succession.objects.get(), correction)
    assert Succession.objects.get().year == 1990
