"""What is typed in traditional characters finds what the simplified words find."""

import pytest

from home.traditional.text import to_traditional
from search.site_search.wording import in_simplified
from tests.home.factories import make_home

from .factories import guide_page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("結婚登記要帶什麼", "结婚登记要带什么"),
        ("答覆", "答复"),
        ("瞭解", "了解"),
        ("覆核", "复核"),
        ("座標", "坐标"),
        ("想像", "想象"),
        ("藉口", "借口"),
        ("諮詢", "咨询"),
        ("户口簿", "户口簿"),
        ("戶口簿", "户口簿"),
        ("羣眾、群眾", "群众、群众"),
        ("裏面、裡面", "里面、里面"),
        ("衞生、衛生", "卫生、卫生"),
        ("覆盖、覆蓋", "覆盖、覆盖"),
        ("沙涌", "沙涌"),
        ("乾隆", "乾隆"),
    ],
)
def test_traditional_words_are_read_as_simplified_ones(typed, meant):
    assert in_simplified(typed) == meant


@pytest.mark.django_db
@pytest.mark.one_engine
@pytest.mark.parametrize("asked", ["怎样了解复核结果", "收到答复以后", "结婚登记"])
def test_both_scripts_find_the_same(client, asked):
    make_home()
    guide_page("结婚登记", summary="怎样了解复核的结果；收到答复以后怎么办。")
    found = [
        [result.title for result in client.get("/search/", {"q": typed}).context["answer"].results]
        for typed in (asked, to_traditional(asked))
    ]
    assert found[0] == found[1] != []
