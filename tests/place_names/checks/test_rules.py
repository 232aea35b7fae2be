"""The rules find every deliberate fault of the demonstration, and nothing else."""

import collections
import csv
import json
import re
import time
from pathlib import Path

import pytest

from demonstration.place_names.generation import faults, writing
from place_names.checks import figures, rules
from place_names.checks.entries import Entry
from place_names.checks.wording import FILE as WORDING_FILE

HERE = Path(writing.__file__).parents[1]
AREA = {"440105001": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}}
TWO_AREAS = {
    **AREA,
    "440105002": {"type": "Polygon", "coordinates": [[[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]]]},
}


def entry(pk=1, name="仁和里", **fields):
    given = {
        "id": pk,
        "code": f"44010500123510{pk:06d}",
        "name": name,
        "romanisation": "Rénhé Lǐ",
        "category": "23510",
        "status": "standard",
        "subdistricts": ("440105001",),
        "geometry": {"type": "Point", "coordinates": [0.5, 0.5]},
    }
    return Entry(**{**given, **fields})


def kinds(found):
    return [(fault.entry, fault.kind) for fault in found]


def wordings():
    with WORDING_FILE.open(encoding="utf-8") as file:
        return [
            rules.Wording(
                re.compile(row["word"] if row["is_pattern"] else re.escape(row["word"])),
                row["kind"],
                row["reason"],
                tuple(row["classes"].split()),
            )
            for row in csv.DictReader(file)
        ]


@pytest.fixture(scope="module")
def demonstration():
    with (HERE / "place_names.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    shapes, areas = (
        {
            feature["properties"]["code"]: feature["geometry"]
            for feature in json.loads((HERE / name).read_text(encoding="utf-8"))["features"]
        }
        for name in ("shapes.geojson", "subdistricts.geojson")
    )
    entries = [
        Entry(
            id=number,
            code=row["code"],
            name=row["name"],
            romanisation=row["romanisation"],
            category=row["category"],
            status=row["status"],
            subdistricts=tuple(row["subdistricts"].split(";")),
            description=row["description"],
            geometry=shapes.get(row["code"])
            or {"type": "Point", "coordinates": [float(row["lon"]), float(row["lat"])]},
            variants=tuple(
                re.sub(r"^\w+:|\[.*$", "", variant)
                for variant in row["variants"].split("|")
                if variant and not variant.startswith("dialect:")
            ),
        )
        for number, row in enumerate(rows)
    ]
    return entries, areas


def test_all_deliberate_faults_are_found_and_nothing_false(demonstration):
    entries, areas = demonstration
    found = collections.defaultdict(list)
    for fault in rules.all_faults(entries, areas, wordings()):
        found[fault.kind].append(entries[fault.entry].name)
    del found["spelling"]  # Doubts, and no faults.
    wrong = collections.defaultdict(list)
    for kind, name, *_ in faults.ROADS + faults.OTHERS:
        wrong["code" if kind.startswith("code_") else kind].append(name)
    # What the real sources have wrong, as the documentation lists it.
    real = (HERE / "README.md").read_text(encoding="utf-8").split("## Faults that are real")[1]
    for kind, name, where in re.findall(r"\| (\w+) \| (\S+) \| (.+) \|", real):
        if kind != "fault":
            wrong[kind] += [name] * len(where.split(", "))
    assert {kind: sorted(names) for kind, names in found.items()} == {
        kind: sorted(names) for kind, names in wrong.items()
    }


def test_few_spellings_are_doubtful_and_all_are_by_the_rules(demonstration):
    found = list(rules.doubtful_spellings(demonstration[0], {}))
    assert 20 < len(found) < 120
    assert not [fault for fault in found if "登记为" in fault.message]


def test_the_whole_register_is_checked_in_seconds(demonstration):
    entries, areas = demonstration
    start = time.monotonic()
    rules.all_faults(entries, areas, wordings())
    assert time.monotonic() - start < 10


def test_the_same_name_in_a_class_is_a_duplicate_for_both():
    found = list(rules.duplicates([entry(1), entry(2), entry(3, "仁和坊")]))
    assert kinds(found) == [(1, "duplicate"), (2, "duplicate")]
    assert found[0].others == (2,)
    assert "44010500123510000002" in found[0].message


@pytest.mark.parametrize("fields", [{"category": "22100"}, {"status": "historical"}])
def test_another_class_or_a_name_no_longer_in_use_is_no_duplicate(fields):
    assert not list(rules.duplicates([entry(1), entry(2, **fields)]))


def test_names_that_sound_alike_are_homophones_tones_included():
    found = rules.homophones(
        [
            entry(1, "福星里", romanisation="Fúxīng Lǐ"),
            entry(2, "福兴里", romanisation="Fúxīng Lǐ"),
            entry(3, "富兴里", romanisation="Fùxīng Lǐ"),
        ]
    )
    assert kinds(found) == [(1, "homophone"), (2, "homophone")]


def test_duplicates_are_not_reported_as_homophones_too():
    assert not list(rules.homophones([entry(1), entry(2)]))


def test_a_missing_romanisation_still_counts_for_homophones():
    places = [entry(1, "福星里", romanisation=""), entry(2, "福兴里", romanisation="Fúxīng Lǐ")]
    assert kinds(rules.homophones(places)) == [(1, "homophone"), (2, "homophone")]
    assert kinds(rules.missing_romanisation(places)) == [(1, "no_romanisation")]


def test_a_variant_may_not_be_the_standard_name_of_another_place():
    places = [entry(1, variants=("永安里", "仁和里")), entry(2, "永安里", category="22100")]
    found = list(rules.taken_variants(places))
    assert kinds(found) == [(1, "variant_taken")]
    assert "永安里" in found[0].message


def test_a_point_on_the_line_between_two_subdistricts_is_in_both():
    on_the_line = {"type": "Point", "coordinates": [1, 0.5]}
    for place in TWO_AREAS:
        assert not list(
            figures.misplaced([entry(geometry=on_the_line, subdistricts=(place,))], TWO_AREAS)
        )


def test_a_point_elsewhere_is_named_with_where_it_lies():
    far = entry(geometry={"type": "Point", "coordinates": [1.5, 0.5]})
    [fault] = figures.misplaced([far], TWO_AREAS, {"440105002": "新港街道"})
    assert fault.kind == "outside"
    assert "坐标在新港街道" in fault.message
    [fault] = figures.misplaced([entry(geometry={"type": "Point", "coordinates": [9, 9]})], AREA)
    assert "本区以外" in fault.message


def test_a_line_has_to_touch_each_of_its_subdistricts():
    line = {"type": "LineString", "coordinates": [[0.2, 0.2], [0.4, 0.4]]}
    both = entry(geometry=line, subdistricts=("440105001", "440105002"))
    [fault] = figures.misplaced([both], TWO_AREAS, {"440105002": "新港街道"})
    assert fault.kind == "line_apart"
    assert "没有经过登记的新港街道" in fault.message
    across = {"type": "LineString", "coordinates": [[0.2, 0.2], [1.4, 0.4]]}
    assert not list(
        figures.misplaced([entry(geometry=across, subdistricts=both.subdistricts)], TWO_AREAS)
    )


def test_a_name_without_location_is_reported_and_one_without_subdistrict_is_not():
    assert kinds(figures.misplaced([entry(geometry=None)], AREA)) == [(1, "no_location")]
    assert not list(figures.misplaced([entry(subdistricts=())], AREA))
    assert not list(figures.misplaced([entry()], {}))


@pytest.mark.parametrize(
    ("name", "category", "found"),
    [
        ("宇宙大厦", "26100", 1),
        ("宇宙路", "23510", 0),
        ("加州花园", "22100", 1),
        ("K2公寓", "22100", 1),
        ("珠江帝景", "22100", 0),
        ("广州塔站（有轨电车）", "23530", 0),
        ("生物岛—大学城隧道", "23620", 0),
        ("幸福★花园", "22100", 1),
    ],
)
def test_wording_rules_hold_for_their_classes(name, category, found):
    places = [entry(1, name, category=category)]
    assert len(list(rules.bad_wording(places, wordings()))) == found


def test_a_line_that_passes_a_subdistrict_of_others_is_told_with_how_far():
    across = {"type": "LineString", "coordinates": [[0.5, 0.5], [1.01, 0.5]]}
    [fault] = figures.misplaced([entry(geometry=across)], TWO_AREAS, {"440105002": "新港街道"})
    assert fault.kind == "line_unlisted"
    assert fault.message == "图形还经过新港街道（1,108米），没有登记"
    along = {"type": "LineString", "coordinates": [[1.0, 0.2], [1.0, 0.8]]}
    assert not list(figures.misplaced([entry(geometry=along)], TWO_AREAS))
    into = {"type": "Polygon", "coordinates": [[[0.9, 0.1], [1.1, 0.1], [1.1, 0.2], [0.9, 0.1]]]}
    [fault] = figures.misplaced([entry(geometry=into)], TWO_AREAS)
    assert "平方米" in fault.message


# A degree of longitude on the equator of GRS80 is 111,319 m long.
@pytest.mark.parametrize(
    ("degrees", "fields", "told"),
    [
        (0.009, {}, ""),
        (0.00005, {}, "图形长6米"),
        (0.3, {}, "图形长33,396米"),
        (0.03, {"category": "23610"}, "图形长3,340米"),
        (0.009, {"description": "石桥，长约1000米，宽约4米。"}, ""),
        (0.009, {"description": "全长1.2公里。"}, ""),
        (0.009, {"description": "河涌，长约320米。"}, "概况写的是“长约320米”，图形长1,002米"),
        (0.009, {"description": "长5公里，双向六车道。"}, "概况写的是“长5公里”"),
        (0.009, {"description": "周长约320米，建于1953年。"}, ""),
    ],
)
def test_the_length_of_a_line_is_believable_and_that_of_its_description(degrees, fields, told):
    line = {"type": "LineString", "coordinates": [[0, 0], [degrees, 0]]}
    found = [fault.message for fault in figures.odd_lengths([entry(geometry=line, **fields)])]
    assert [told in message for message in found] == ([True] if told else [])


def test_of_a_long_row_of_the_same_names_ten_are_listed():
    found = list(rules.duplicates([entry(number) for number in range(1, 31)]))
    assert len(found) == 30
    assert {fault.message.count("仁和里") for fault in found} == {10}
    assert all(fault.message.endswith("等29条重名") for fault in found)
