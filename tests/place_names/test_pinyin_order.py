import pytest

from place_names.pinyin_order import sort_key


@pytest.mark.parametrize(
    "names",
    [
        # 一巷 before 五巷: by value, not by sound (er, san, shi, wu, yi).
        ["北山一巷", "北山二巷", "北山五巷", "北山九巷", "北山十巷", "北山十二巷", "北山二十巷"],
        ["南田一马路", "南田二马路", "南田路"],
        ["安昌右一巷", "安昌右二巷", "安昌左一巷"],
        # 五羊 and 一德 are words.
        ["五羊新城", "一德路"],
        ["第一桥北", "西一坊"],
        # Xi'an before xian: by syllable.
        ["西安路", "仙桥路"],
    ],
)
def test_names_stand_as_in_an_index(names):
    keys = [sort_key(name) for name in names]
    assert keys == sorted(set(keys))


def test_the_romanisation_says_how_a_name_is_read():
    assert sort_key("长岗路", "Chánggǎng Lù").startswith("chang gang lu")
    assert sort_key("长岗路", "Zhǎnggǎng Lù").startswith("zhang gang lu")
    assert sort_key("", "") == "  "
    assert len(sort_key("路" * 60, "lù " * 60)) <= 250
