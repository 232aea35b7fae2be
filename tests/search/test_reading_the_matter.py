"""What is asked for comes first, however it is said: dialect, asides, slips, complaints."""

import pytest

from search.site_search.answering import answer
from search.site_search.query import read
from search.site_search.wording import FunctionWords, Synonyms, with_where, without_aside
from tests.templates import DEMONSTRATION, in_copy_of

demonstration = in_copy_of(DEMONSTRATION)
on_the_demonstration = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.one_engine,
]
RESCUE = {"/guides/rescue-station-help/", "/service-places/rescue-station/"}
REGISTRIES = {f"/service-places/{name}-registry/" for name in ("marriage", "changgang", "pazhou")}
FUNERALS = {f"/service-places/funeral-{name}/" for name in ("home", "service", "centre")}
MARRIAGE, DIVORCE = {"/guides/marriage-registration/"}, {"/guides/divorce-registration/"}
REPORT = {"/feedback/"}
FUNERAL_RULES = {
    "/policies/funeral-regulations/",
    "/policies/funeral-regulations/funerals-in-plain-words/",
}
FIRST = [
    ("冇屋住", RESCUE),
    ("无瓦遮头", RESCUE),
    ("瞓街边冇人理", RESCUE),
    ("冇屋企返", RESCUE),
    ("身份证过期可以结婚吗", MARRIAGE),
    ("户口簿不见了能结婚吗", MARRIAGE),
    ("回乡证过期可以登记结婚吗", MARRIAGE),
    ("户口本没带能不能领证", MARRIAGE),
    ("身份证丢了可以离婚吗", DIVORCE),
    ("婚姻登记处在那里", REGISTRIES),
    ("救助站在那里", RESCUE),
    ("殡仪馆系边度", FUNERALS),
    ("投诉", REPORT),
    ("街坊噪音投诉", REPORT),
    ("我要投诉社工站", REPORT),
    ("楼上装修太吵想举报", REPORT),
    ("complaint", REPORT),
    ("殡仪馆乱收费去哪投诉", FUNERAL_RULES),
    ("longevity allowance", {"/guides/longevity-allowance/"}),
    ("老人卡怎么办", {"/guides/longevity-allowance/"}),
]


def addresses(query: str) -> list[str]:
    """The card of an answer first."""
    found = answer(query)
    return [*([found.card.url] if found.card else []), *(r.url for r in found.results.object_list)]


class TestOnTheDemonstration:
    pytestmark = on_the_demonstration

    @pytest.mark.parametrize(("query", "right"), FIRST, ids=[query for query, _ in FIRST])
    def test_the_matter_comes_first(self, query, right):
        assert addresses(query)[0] in right

    def test_a_page_that_is_just_what_was_asked_leaves_the_others_there(self):
        found = addresses("同香港人结婚要带什么")
        assert {"/guides/marriage-registration/", "/marriage/services/marriage/"} <= set(found)

    def test_a_danger_is_no_complaint(self):
        assert "/feedback/" not in addresses("邻居老打小孩怎么举报")[:1]

    def test_of_a_question_tree_the_summary_is_shown(self):
        shown = {each.url: each for each in answer("香港居民的回乡证").results.object_list}
        tree = shown["/guides/questions/marriage-materials/"]
        plain = tree.summary.replace("<mark>", "").replace("</mark>", "")
        assert plain == "结婚、离婚还是补领？回答几个问题，得到一张要带材料的清单。"


@pytest.mark.parametrize(
    ("typed", "matter"),
    [
        ("身份证过期可以结婚吗", "结婚吗"),
        ("户口簿不见了能结婚吗", "结婚吗"),
        ("户口本在老家怎么办离婚", "办离婚"),
        # Here the paper is the matter.
        ("结婚证丢了可以补吗", "结婚证丢了可以补吗"),
        ("结婚证丢了怎么办", "结婚证丢了怎么办"),
        ("身份证丢了怎么处理", "身份证丢了怎么处理"),
        ("结婚证不见了能不能换一本", "结婚证不见了能不能换一本"),
        ("可以结婚吗", "可以结婚吗"),
        ("残疾人证过期了", "残疾人证过期了"),
    ],
)
def test_what_is_wrong_with_a_paper_is_told_beside_the_matter(typed, matter):
    assert without_aside(typed) == matter


def test_a_synonym_in_an_aside_adds_nothing():
    synonyms = Synonyms.of({"不见了": ("补领",), "领证": ("结婚登记",)})
    query = read("身份证不见了能领证吗", synonyms, FunctionWords())
    assert query.officials == (("领证", "结婚登记"),)
    assert "身份证" not in query.plain


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("婚姻登记处在那里", "婚姻登记处在哪里"),
        ("民政局在那", "民政局在哪里"),
        ("去那里办结婚", "去哪里办结婚"),
        ("在那里工作的人", "在那里工作的人"),
        ("那里", "那里"),
    ],
)
def test_there_at_the_end_asks_where(typed, meant):
    assert with_where(typed) == meant
