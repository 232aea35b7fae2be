import pytest
from hypothesis import given
from hypothesis import strategies as st

from place_names.names import codes

ONE = ["440105008"]
TWO = ["440105008", "440105007"]


def test_a_code_is_built_from_its_parts_and_parsed_back():
    code = codes.build("23510", ONE, 17)
    assert code == "44010500823510000017"
    parts = codes.parse(code)
    assert (parts.district, parts.subdistrict, parts.category, parts.serial) == (
        "440105",
        "008",
        "23510",
        17,
    )
    assert parts.subdistrict_code == "440105008"


def test_a_place_in_several_subdistricts_has_000():
    code = codes.build("23510", TWO, 1)
    assert code[6:9] == "000"
    assert codes.parse(code).subdistrict_code is None


@given(
    st.sampled_from(sorted(codes.classes())),
    st.integers(1, 18).map(lambda n: [f"440105{n:03d}"]),
    st.integers(1, 999_999),
)
def test_every_code_that_is_built_fits_its_record(category, places, serial):
    code = codes.build(category, places, serial)
    assert str(codes.parse(code)) == code
    assert codes.faults(code, category, places) == []


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("", "没有填写"),
        (None, "没有填写"),
        ("4401050082351000001", "现有19位"),
        ("440105008235100000177", "现有21位"),
        ("44010500823510O00017", "只能由数字"),
        ("４４010500823510000017", "只能由数字"),
        ("44010500823510000000", "000001"),
    ],
)
def test_a_code_of_the_wrong_form_is_refused_with_the_reason(code, reason):
    with pytest.raises(ValueError, match=reason):
        codes.parse(code)
    [(part, message)] = codes.faults(code, "23510", ONE)
    assert part == "form"
    assert reason in message


@pytest.mark.parametrize(
    ("code", "category", "places", "part"),
    [
        ("44010600823510000017", "23510", ONE, "district"),
        ("44010500822100000017", "23510", ONE, "category"),
        ("44010500723510000017", "23510", ONE, "subdistrict"),
        ("44010500823510000017", "23510", TWO, "subdistrict"),
        ("44010500023510000017", "23510", ONE, "subdistrict"),
    ],
)
def test_a_code_that_disagrees_with_its_record_is_named_by_its_part(code, category, places, part):
    assert [found for found, _ in codes.faults(code, category, places)] == [part]


@pytest.mark.parametrize(("category", "serial"), [("2351", 1), ("23510", 0), ("23510", 1_000_000)])
def test_parts_that_do_not_fit_are_refused(category, serial):
    with pytest.raises(ValueError, match="应"):
        codes.build(category, ONE, serial)


def test_the_class_tree_has_parents_by_prefix_and_a_certainty_for_each_class():
    tree = codes.classes()
    assert tree["23510"].name == "道路、街巷"
    assert tree["23510"].parent == "23500"
    assert tree["27000"].parent is None
    assert {item.certainty for item in tree.values()} == {"high", "medium", "low"}
    assert all(len(code) == 5 and code.isdigit() for code in tree)
    assert all(item.parent is None or item.parent in tree for item in tree.values())


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (None, "没有填写地名代码，地名代码应为20位数字"),
        ("44010500823510A00017", "地名代码只能由数字组成"),
        ("4401050082351000001", "地名代码应为20位数字，现有19位"),
        ("44010500823510000000", "地名代码末6位为顺序号，应从000001编起"),
    ],
)
def test_what_is_no_code_is_refused_with_the_reason(code, message):
    with pytest.raises(ValueError, match=f"^{message}$"):
        codes.parse(code)


@pytest.mark.parametrize("subdistrict", ["44010500", "440106008"])
def test_a_subdistrict_outside_the_district_is_refused(subdistrict):
    message = f"街道代码应为9位数字并以440105开头：{subdistrict}"
    with pytest.raises(ValueError, match=f"^{message}$"):
        codes.build("23510", [subdistrict], 1)


def test_a_wrong_class_is_named_beside_the_right_one():
    [(_, message)] = codes.faults("44010500899999000017", "23510", ONE)
    assert message == "代码中的类别是99999，登记的类别是23510（道路、街巷）"


@pytest.mark.parametrize(
    ("code", "known", "parent"),
    [
        ("23510", {"20000", "23000", "23500", "23510"}, "23500"),
        ("23510", {"20000", "23000", "23510"}, "23000"),
        ("23510", {"20000", "23510"}, "20000"),
        ("23500", {"20000", "23500"}, "20000"),
        ("20000", {"20000"}, None),
    ],
)
def test_the_parent_is_the_nearest_class_above(code, known, parent):
    assert codes._parent(code, known) == parent
