"""The score of site search: what adds to it, and that nothing alone shuts a document out."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.site_search import weights
from search.site_search.documents import Document
from search.site_search.kinds import FIGURE, GUIDE, NOTICE, PAGE
from search.site_search.query import read
from search.site_search.scoring import Index
from search.site_search.wording import FunctionWords, Synonyms, ages, in_written_chinese

DOCUMENTS = (
    Document(
        "marriage", GUIDE, "结婚登记", "/m/", "双方带身份证到婚姻登记处。", "领证\n结婚要带什么"
    ),
    Document("divorce", GUIDE, "离婚登记", "/d/", "中间隔30天冷静期。", "不想离了"),
    Document("burial", GUIDE, "骨灰撒海", "/b/", "免费参加集体骨灰撒海。"),
    Document("funeral", GUIDE, "申领殡葬惠民补贴", "/f/", "火化等基本项目可以减免。", "老人去世"),
    Document("meals", GUIDE, "到长者饭堂吃饭", "/e/", "满60岁的老人可以到饭堂。", "老人食堂"),
    Document("care", GUIDE, "申请居家养老服务", "/c/", "请人上门照顾老人。"),
    Document("longevity", GUIDE, "申请长寿保健金", "/l/", "高龄老人每月领保健金。"),
    Document("committee", GUIDE, "参加居委会选举", "/v/", "选居委会主任。", "罢免居委会主任"),
    Document("notice", NOTICE, "元旦放假通知", "/n/", "", "", "元旦不办公，婚姻登记预约照常。"),
    Document("figure", FIGURE, "长寿保健金发放人次", "/x/", "642万人次"),
    Document("about", PAGE, "关于本站", "/a/", "本站由区民政局主办。"),
)
SYNONYMS = {"海葬": ("骨灰撒海",), "居委会": ("社区居委会",), "高龄津贴": ("长寿保健金",)}


@pytest.fixture(scope="module")
def index():
    return Index(DOCUMENTS, Synonyms.of(SYNONYMS), FunctionWords())


def ask(index, text):
    return index.search(read(text, index.synonyms, index.function_words))


def keys(index, text):
    return [scored.entry.document.key for scored in ask(index, text)]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("结婚登记", "marriage"),
        ("您好，请问我和女朋友想结婚登记，需要带什么材料，谢谢", "marriage"),
        ("領證", "marriage"),
        ("领政", "marriage"),
        ("结婚等级", "marriage"),
        ("我哋想攞證結婚", "marriage"),
        ("get married", "marriage"),
        ("jiehun", "marriage"),
        ("jhdj", "marriage"),
        ("冷静期", "divorce"),
        ("海葬", "burial"),
        ("海葬要钱吗", "burial"),
        ("骨恢撒海", "burial"),
        ("家里老人昨晚去世了第一次遇到不知道要先联系谁", "funeral"),
        ("怎么罢免居委会主任", "committee"),
        ("老人饭堂几点开", "meals"),
        ("高龄津贴", "longevity"),
    ],
)
def test_what_was_asked_for_comes_first(index, query, first):
    assert keys(index, query)[0] == first


def test_a_literal_hit_elsewhere_does_not_hide_the_right_page(index):
    """The notice has the very words, the guide only some of them, but in its title."""
    found = keys(index, "婚姻登记预约结婚")
    assert found.index("marriage") < found.index("notice")


def test_a_rare_word_counts_more_than_a_common_one(index):
    assert keys(index, "老人去世")[0] == "funeral"
    assert keys(index, "老人上门照顾")[0] == "care"


def test_a_synonym_adds_to_the_query_and_does_not_replace_it(index):
    assert keys(index, "罢免居委会主任")[0] == "committee"


def test_a_guide_stands_above_a_figure_of_the_same_words(index):
    found = keys(index, "长寿保健金")
    assert found[0] == "longevity"
    assert "figure" in found
    assert keys(index, "领长寿保健金的有多少人")[0] == "figure"


@pytest.mark.parametrize("query", ["结婚登记", "冷静期多少天", "骨灰撒海"])
def test_an_answered_query_is_more_than_near(index, query):
    assert ask(index, query)[0].confidence >= weights.NEAR


@pytest.mark.parametrize(
    "query", ["驾驶证年审", "特斯拉股价", "天王盖地虎", "今天天气怎么样", "出入境管理", "量子力学"]
)
def test_nonsense_is_only_near(index, query):
    assert all(scored.confidence < weights.NEAR for scored in ask(index, query))


@pytest.mark.parametrize("query", ["", "？？？", "...", " ", "啊啊啊啊", "13800138000"])
def test_nothing_is_found_for_nothing(index, query):
    assert ask(index, query) == []


def test_function_words_alone_are_asked_for_as_they_are(index):
    assert FunctionWords().strip("怎么办") == "怎么办"


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("冇饭食", "没饭吃"),
        ("边个街道管我屋企", "哪个街道管我家里"),
        ("结婚证唔见咗", "结婚证丢了"),
        ("同老婆离左婚", "和妻子离婚"),
        ("个仔拉埋天窗", "儿子结婚"),
        ("八十岁有冇钱攞", "八十岁领补贴"),
        ("昌德左九巷", "昌德左九巷"),
        ("左边的窗口", "左边的窗口"),
        ("在路边一点", "在路边一点"),
        ("联系电话", "联系电话"),
    ],
)
def test_cantonese_is_read_and_mandarin_left_alone(said, written):
    assert in_written_chinese(said) == written


def test_equal_scores_keep_one_order(index):
    assert keys(index, "申请") == keys(index, "申请")


@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300))
def test_any_text_can_be_asked(index, text):
    for scored in ask(index, text):
        assert 0 <= scored.confidence <= 1
        assert scored.score >= 0


def test_who_is_concerned_counts_less_than_what_is_asked(index):
    """爸爸 stands in few documents, but it is not what somebody asks for."""
    documents = (*DOCUMENTS, Document("child", GUIDE, "孩子补贴", "/k/", "爸爸妈妈不在的孩子。"))
    known = Index(documents, Synonyms.of(SYNONYMS), FunctionWords())
    assert keys(known, "爸爸妈妈想骨灰撒海")[0] == "burial"
    assert ask(known, "爸爸妈妈想骨灰撒海")[0].confidence >= weights.NEAR


@pytest.mark.parametrize(
    ("typed", "decade"),
    [
        ("阿婆八十几岁", "八十岁"), ("今年91了", "九十岁"), ("满80", "八十岁"), ("83周岁", "八十岁"),
        ("七十岁", "七十岁"), ("一百岁", "一百岁"), ("103岁", "一百岁"),
    ],
)  # fmt: skip
def test_an_age_is_read_as_its_decade(typed, decade):
    assert [found for _, found in ages(typed)] == [decade]


@pytest.mark.parametrize("typed", ["30岁", "第80号", "2080岁月", "八十号", "满意"])
def test_other_numbers_are_no_age_of_an_old_person(typed):
    assert ages(typed) == []


def test_letters_that_spell_a_whole_title_stand_before_those_that_spell_a_part():
    documents = (
        Document("part", GUIDE, "补领婚姻登记证", "/p/"),
        Document("whole", PAGE, "婚姻登记", "/w/"),
    )
    known = Index(documents, Synonyms.of({}), FunctionWords())
    for typed in ("hun yin deng ji", "hunyindengji", "hydj"):
        assert keys(known, typed)[0] == "whole"


@pytest.mark.parametrize(
    "query", ["请帮我订一张飞机票", "帮我叫个外卖", "今天股市行情怎么样", "帮我写一篇作文"]
)
def test_errands_find_nothing(index, query):
    assert all(scored.confidence < weights.FLOOR for scored in ask(index, query))
