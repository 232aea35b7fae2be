"""《地名管理条例》 art. 9 (8): what a new name may not repeat, and should not sound like."""

import pytest

from place_names.names.duplicates import alike
from place_names.names.renaming import HistoryError, rename
from tests.place_names.factories import make_category, make_place

pytestmark = pytest.mark.usefixtures("district")


@pytest.mark.parametrize(
    ("category", "year", "refused"),
    [
        (("23510", "道路、街巷"), 2026, True),  # streets and lanes of one built-up area
        (("23510", "道路、街巷"), None, True),
        (("23510", "道路、街巷"), 2021, False),  # before the decree came into force
        (("22100", "城镇居民点（住宅区）"), 2026, True),  # estates
        (("26100", "房屋（大厦、楼宇）"), 2026, True),  # buildings
        (("27620", "社区居民委员会"), 2026, True),  # committees of one county
        (("23610", "桥梁"), 2026, False),  # the law sets no area for bridges
    ],
)
def test_the_same_name_is_refused_or_warned(category, year, refused):
    category = make_category(*category)
    make_place("同福", category=category)
    found = alike("同福", category, year=year)
    assert bool(found.refusal) is refused
    assert bool(found.warning) is not refused


def test_another_class_and_names_out_of_use_do_not_count():
    make_place("同福路", category=make_category("23610", "桥梁"))
    for status in ("historical", "abolished", "pending"):
        make_place("同福路", status=status)
    found = alike("同福路", make_category())
    assert (found.same, found.sounding) == ((), ())


def test_homophones_are_warned():
    make_place("滨江路", romanisation="Bīnjiāng Lù")
    found = alike("宾江路", make_category())
    assert "滨江路" in found.warning
    assert not found.refusal
    assert not alike("病江路", make_category()).warning  # another tone


def test_a_record_is_not_held_against_itself():
    place = make_place("同福路")
    assert alike("同福路", place.category, besides=place).same == ()


def test_renaming_to_a_name_in_use_is_refused():
    place = make_place("甲路")
    make_place("乙路")
    with pytest.raises(HistoryError, match="第九条"):
        rename(place, "乙路", 2025)
    assert rename(place, "乙路", 1990).name == "乙路"
