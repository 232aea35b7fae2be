"""Single rules: how grave, which clause, which names are shown."""

import pytest

from place_names.naming import lists, parts
from place_names.naming.alternatives import alternatives
from place_names.naming.checking import check
from place_names.naming.findings import FIT, Proposal
from place_names.naming.index import Entry, NameIndex
from place_names.naming.lists import REMARK, UNFIT

from .cases import register, subdistricts

LISTS = lists.from_files()
AREAS = ("琶洲街道", "沙园街道", "南石头街道")


def result(name, kind="estate", names=(), **fields):
    entries = [
        Entry(f"4401050012210000000{number}", each, *part, category)
        for number, (each, part, category) in enumerate(names)
    ]
    return check(Proposal(name, kind, **fields), NameIndex(entries), LISTS, AREAS)


def only(name, rule, kind="estate", names=(), **fields):
    found = [each for each in result(name, kind, names, **fields).findings if each.rule == rule]
    assert len(found) == 1, found
    return found[0]


YIJIN = ("怡锦花园", ("怡锦", "花园"), "22100")


def test_a_name_that_nothing_speaks_against_is_fit():
    told = result("榕荫家园")
    assert told.findings == ()
    assert told.outcome == FIT


@pytest.mark.parametrize(
    ("name", "kind", "rule", "severity", "clause"),
    [
        ("怡锦花园", "estate", "duplicate", UNFIT, "第九条第八项"),
        ("怡锦大厦", "building", "same_specific", UNFIT, "《广州市地名管理规定》"),
        ("新怡锦花园", "estate", "affix", UNFIT, "负面清单"),
        ("宜锦花园", "estate", "homophone", UNFIT, "第九条第八项"),
        ("宜锦公寓", "estate", "homophone", REMARK, "避免同音、近音"),
        ("毛泽东花园", "estate", "leader", UNFIT, "第九条第四项"),
        ("鲁迅花园", "estate", "person", REMARK, "第三条"),
        ("万科家园", "estate", "company", UNFIT, "第九条第六项"),
        ("伦敦家园", "estate", "foreign", UNFIT, "第九条第五项"),
        ("世界家园", "estate", "exaggeration", UNFIT, "146号"),
        ("国际家园", "estate", "exaggeration", REMARK, "厦门市、杭州市"),
        ("Ａ座家园", "estate", "letters", UNFIT, "不得使用外文、字母"),
        ("塱头家园", "estate", "characters", REMARK, "第九条第三项"),
        ("龍门家园", "estate", "characters", UNFIT, "第九条第三项"),
        ("花园", "estate", "structure", UNFIT, "第九条"),
        ("榕荫路", "estate", "generic_kind", UNFIT, "第九条第二项"),
        ("琶洲榕荫家园", "estate", "location", REMARK, "第九条第二项"),
    ],
)
def test_each_finding_tells_how_grave_it_is_and_by_which_clause(name, kind, rule, severity, clause):
    found = only(name, rule, kind, [YIJIN], subdistrict="沙园街道")
    assert found.severity == severity
    assert clause in found.clause
    assert found.text.endswith("。")


def test_a_street_may_share_its_specific_part_with_a_reason():
    found = only("石岗二街", "same_specific", "street", [("石岗路", ("石岗", "路"), "23510")])
    assert found.severity == REMARK
    assert "派生" in found.text


def test_classes_that_the_law_does_not_compare_do_not_count():
    assert result("怡锦路", "street", [YIJIN]).findings == ()


def test_the_nearest_three_names_are_shown_and_the_rest_counted():
    names = [(f"石岗{n}街", ("石岗", f"{n}街"), "23510") for n in "一二三四五"]
    found = only("石岗六街", "same_specific", "street", names)
    assert len(found.places) == 3
    assert found.others == 2


def test_names_near_the_point_come_first():
    far = Entry("1" * 20, "怡锦新村", "怡锦", "新村", "22100", "甲街道", (113.40, 23.10))
    near = Entry("2" * 20, "怡锦小区", "怡锦", "小区", "22100", "乙街道", (113.27, 23.10))
    told = check(
        Proposal("怡锦家园", "estate", point=(113.2701, 23.1)), NameIndex([far, near]), LISTS
    )
    assert told.findings[0].places[0] == near


@pytest.mark.parametrize(
    ("measures", "found"),
    [
        ({"floors": 20}, False),  # 20层以上
        ({"floors": 19}, True),
        ({"floors": 19, "floor_area": 30000}, False),  # 或者3万平方米以上
        ({"green": 10}, False),  # 大厦没有绿地率的要求
        ({}, False),
    ],
)
def test_one_size_that_is_reached_is_enough(measures, found):
    told = result("榕荫大厦", "building", measures=measures)
    assert bool(told.findings) is found


def test_a_garden_needs_its_green_share_too():
    big = {"land": 20000, "floor_area": 50000}
    assert result("榕荫花园", measures=big | {"green": 35}).findings == ()
    assert only("榕荫花园", "threshold", measures=big | {"green": 34}).severity == UNFIT


@pytest.mark.parametrize(
    ("name", "kind"),
    [("海富花园社区居委会", "committee"), ("新村北街", "street"), ("海珠国家湿地公园", "park")],
)
def test_names_that_are_in_use_rightly_raise_no_alarm(name, kind):
    assert result(name, kind).findings == ()


def test_the_split_can_be_corrected():
    assert parts.split("听涛雅苑", "estate", LISTS).generic == "雅苑"
    told = result("听涛雅苑", generic="苑")
    assert (told.parts.specific, told.parts.generic) == ("听涛雅", "苑")
    assert result("听涛雅苑", generic="路").parts.generic == "雅苑"


def test_a_broken_expression_of_a_list_is_left_out():
    row = {
        "kind": "大",
        "word": "(",
        "is_pattern": True,
        "classes": "",
        "reason": "",
        "source": "",
        "severity": "",
    }
    assert lists.word_of(row) is None


def test_the_version_changes_with_the_lists():
    other = lists.Lists(LISTS.kinds, LISTS.generics, LISTS.words, affixes=("新",))
    assert other.version != LISTS.version
    assert check(Proposal("榕荫路", "street"), NameIndex([]), other).version.endswith(other.version)


def test_levels_are_those_of_the_table():
    # 《通用规范汉字表》: 3500, 3000 and 1605 characters; 一 is the first, 蠼 the last.
    assert [lists.standard_level(c) for c in "一琶滘蠼龍"] == [1, 2, 3, 3, None]


@pytest.mark.parametrize("name", ["", "🌳", "？", "a" * 200, "𠀀路", "\u202e路", "路" * 200])
@pytest.mark.parametrize("kind", sorted(LISTS.kinds))
def test_odd_names_get_an_answer(name, kind):
    told = check(Proposal(name, kind, "琶洲街道"), register(), LISTS, subdistricts().values())
    assert told.outcome in (UNFIT, REMARK)


@pytest.mark.parametrize("kind", ["estate", "street", "park", "building"])
@pytest.mark.parametrize("subdistrict", ["", "琶洲街道", "新港街道", "龙凤街道"])
def test_alternatives_are_names_that_somebody_would_propose(kind, subdistrict):
    """Tried by hand in November 2026: 珠家园 for 珠江, 马公寓 for 马涌, 康乐园公园, one park thrice."""
    asked = Proposal("罗马花园", kind, subdistrict)
    found = alternatives(asked, register(), LISTS, subdistricts().values())
    assert len(found) > 2
    assert len({each.name for each in found}) == len(found)
    for each in found:
        parts_of = parts.split(each.name, kind, LISTS)
        assert len(parts_of.specific) > 1, each
        assert parts_of.specific[-1] not in parts_of.generic, each
        assert parts_of.generic != "大院", each
