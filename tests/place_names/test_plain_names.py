"""Names as they are written."""

import pytest

from place_names.plain_names import plain_name, unwanted_sign


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("榕荫路", "榕荫路"),
        ("榕\u200b荫路", "榕荫路"),
        ("榕\u3000荫 路", "榕荫路"),
        ("ＴＩＴ创意园", "TIT创意园"),
        ("珠江\u00a0New Town", "珠江New Town"),
        ("Cafe\u0301 路", "Café路"),
        ("⻢涌直街", "马涌直街"),
        ("甲（乙）路", "甲（乙）路"),
        ("\u200b", ""),
    ],
)
def test_what_cannot_be_seen_makes_no_other_name(typed, name):
    assert plain_name(typed) == name


@pytest.mark.parametrize(
    "name", ["榕\u200b荫路", "榕\u2060荫路", "榕荫路\ufe0f", "榕\u202e荫路", "<榕荫路"]
)
def test_signs_that_no_name_has(name):
    assert "名称里" in unwanted_sign(name)


@pytest.mark.parametrize("name", ["榕荫路", "TIT创意园", "甲（乙）路", "𠮷祥里", "Café路"])
def test_plain_names_are_taken(name):
    assert unwanted_sign(name) == ""
