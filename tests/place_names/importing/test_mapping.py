import pytest

from place_names.importing.mapping import MappingError, guess, settle


def test_headings_of_the_form_are_known():
    assert guess(["地名代码*", "标准名称*", "别的", "经度"]) == {
        "地名代码*": "code",
        "标准名称*": "name",
        "经度": "lon",
    }


@pytest.mark.parametrize(
    ("headings", "columns", "reason"),
    [
        (["a", "b"], None, "找不到"),
        (["code", "name", "name"], None, "重复"),
        (["a", "b", "c"], {"a": "code", "b": "name", "c": "name"}, "同一项"),
    ],
)
def test_columns_that_do_not_fit_are_explained(headings, columns, reason):
    with pytest.raises(MappingError, match=reason):
        settle(headings, columns)


def test_secrecy_is_never_read():
    headings = ["code", "name", "密级"]
    settled = settle(headings, {"code": "code", "name": "name", "密级": "remarks"})
    assert "密级" not in settled
