import pytest
import ToJyutping
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import (
    Name,
    analyse,
    cantonese_readings,
    digit_form,
    gaps,
    loose_spelling,
    name_key,
    name_tokens,
    normalise,
    pinyin_terms,
    query_phrases,
    readings,
    segment,
    sound_key,
    text_terms,
    without_question,
)
from search.analysis.characters import data_lines
from search.analysis.names import CANTONESE


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("廣州塔", "广州塔"),
        ("ＡＢＣ　江南", "abc 江南"),
        ("馬涌\u200b直街\u202e", "马涌直街"),
        ("濱江\x00西\n路", "滨江 西 路"),
        ("崗頂\ud800", "岗顶"),
        ("①号", "1号"),
    ],
)
def test_one_form_for_every_way_to_write(typed, folded):
    assert normalise(typed) == folded


@given(st.text(alphabet=st.characters(), max_size=40))
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(max_size=60))
def test_any_text_can_be_asked_and_indexed(text):
    query = analyse(text)
    assert len(query.key) <= 100
    assert (query.script == "empty") == (query.key == "")
    assert all(token for _, token in name_tokens(Name(text)))
    assert all(text_terms(text))


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("南田二马路", "南田2马路"),
        ("南田第二马路", "南田2马路"),
        ("南田第2马路", "南田2马路"),
        ("二十三巷", "23巷"),
        ("十二巷", "12巷"),
        ("一百零五巷", "105巷"),
        ("一九七八园", "1978园"),
        ("百花路", "百花路"),
    ],
)
def test_numbers_have_one_form(name, folded):
    assert digit_form(name) == folded


def test_readings_come_from_the_record_then_from_the_district_then_from_the_library():
    assert [options[0] for options in readings("马涌直街")] == ["ma", "chong", "zhi", "jie"]
    assert [options[0] for options in readings("涌尾坊", "Yǒngwěi Fāng")] == ["yong", "wei", "fang"]
    assert [options[0] for options in readings("海幢街道")] == ["hai", "zhuang", "jie", "dao"]
    assert "yong" in readings("马涌")[1]
    assert [options[0] for options in readings("北2巷", "Běi 2 Xiàng")] == ["bei", "2", "xiang"]
    # A spelling that does not fit the characters is not believed.
    assert [options[0] for options in readings("江南", "Xīngǎng Xīlù")] == ["jiang", "nan"]


def test_pinyin_is_cut_into_as_few_syllables_as_possible():
    assert segment("jiangnandadao") == ["jiang", "nan", "da", "dao"]
    assert segment("xian") == ["xian"]
    assert segment("jndd") is None
    assert analyse("xi an").syllables == ["xi", "an"]


def test_sounds_that_cantonese_speakers_mix_up_are_one():
    assert sound_key(["nan", "tian"]) == sound_key(["lan", "tian"])
    assert sound_key(["zhong", "shan"]) == sound_key(["zong", "san"])
    assert sound_key(["jiang"]) == sound_key(["jian"])
    assert sound_key(["ma"]) != sound_key(["mi"])


@pytest.mark.parametrize("changed", ["江大道", "江南大道路", "江南大到", "江大南道", "江海大道"])
def test_one_wrong_character_leaves_a_common_gap(changed):
    name = "江南大道"
    assert ({*gaps(name), name}) & {*gaps(changed), changed}


@pytest.mark.parametrize(
    ("typed", "script"),
    [
        ("江南大道", "han"),
        ("jiangnandadao", "latin"),
        ("江南dadao", "mixed"),
        ("T.I.T创意园", "mixed"),
        ("jiang1nan2", "latin"),
        ("南田2马路", "han"),
        ("😀？！", "empty"),
        ("", "empty"),
    ],
)
def test_scripts(typed, script):
    assert analyse(typed).script == script


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("广州市海珠区新港西路135号", "新港西路"),
        ("广东省广州市海珠区新港街道新港西路135号之一", "新港西路"),
        ("江南大道中怎么走？", "江南大道中"),
        ("请问马涌直街在哪里", "马涌直街"),
        ("同福中路三百二十号", "同福中路"),
        ("海珠区滨江东路", "滨江东路"),
    ],
)
def test_area_number_and_question_are_taken_off(typed, wanted):
    forms = [form.key for form in analyse(typed).forms]
    assert wanted in forms
    assert forms[0] == name_key(typed)


def test_nothing_is_taken_off_that_leaves_nothing():
    assert [form.key for form in analyse("海珠区").forms] == ["海珠区"]
    assert [form.key for form in analyse("广州塔").forms] == ["广州塔"]
    assert without_question("海珠区婚姻登记处在哪里？") == "婚姻登记处"
    assert without_question("在哪里") == "在哪里"


@pytest.mark.parametrize(
    ("typed", "letters"),
    [
        ("Jiāngnán Dàdào", "jiangnandadao"),
        ("jiang1nan2da4dao4", "jiangnandadao"),
        ("JIANG NAN DA DAO", "jiangnandadao"),
        ("lǜyuàn", "lvyuan"),
        ("lyuyuan", "lvyuan"),
        ("guangzhoushihaizhuqujiangnanxi", "jiangnanxi"),
        ("nantian2malu", "nantianermalu"),
        ("xi'an", "xian"),
    ],
)
def test_pinyin_however_it_is_typed(typed, letters):
    assert letters in analyse(typed).letters


def test_every_part_and_every_spelling_of_a_name_is_a_token():
    tokens = set(name_tokens(Name("马涌直街", romanisation="Mǎchōng Zhíjiē")))
    assert {("h", "马涌直街"), ("h", "涌直街"), ("w", "马涌直街"), ("p", "chongzhijie")} <= tokens
    assert {
        ("p", "mayongzhijie"),
        ("i", "mczj"),
        ("g", "马直街"),
        ("s", "ma cong zi jie"),
    } <= tokens


def test_text_becomes_terms_that_form_phrases():
    assert text_terms("領取《結婚證》App2.0") == ["领", "取", "结", "婚", "证", "app2", "0"]
    assert query_phrases("结婚 登记") == [["结", "婚"], ["登", "记"]]
    assert query_phrases("  “”  ") == []
    assert {"jiehundengji", "hundengji", "jhdj", "dj"} <= set(pinyin_terms("结婚登记"))


def test_second_readings_are_readings_that_the_dictionary_has_too():
    lines = [line.split("\t") for line in data_lines("cantonese_second_readings.txt")]
    assert lines
    for character, said in lines:
        known = {tone[:-1] for tone in ToJyutping.get_jyutping_candidates(character)[0][1]}
        assert set(said.split()) <= known, character


def test_the_reading_of_the_word_stays_first():
    assert cantonese_readings("马涌") == (("maa",), ("cung", "jung"))
    assert cantonese_readings("赤岗")[0] == ("cek", "cik")


def test_a_name_is_stored_under_its_second_readings_too():
    tokens = {token for kind, token in name_tokens(Name("马涌")) if kind == CANTONESE}
    assert {loose_spelling("maacung"), loose_spelling("maajung"), loose_spelling("jung")} <= tokens
