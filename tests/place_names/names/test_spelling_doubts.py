"""What the rules of 1984 leave open is told with its source, and what is certain is not."""

import pytest

from place_names.names.romanisation import romanise
from place_names.names.spelling_doubts import doubts, readings_in_use

ROAD, ESTATE, SIGHT = "23510", "22100", "25100"


def found(name, category=ROAD, romanisation=None, decided=None):
    if romanisation is None:
        romanisation = romanise(name, category=category)
    return doubts(name, romanisation, category=category, decided=decided)


@pytest.mark.parametrize(
    ("name", "category", "about", "reason", "rule"),
    [
        ("祥乐街", ROAD, "祥乐", "“乐”有几种读音，这里按lè", "第8条"),
        ("朝德里", ROAD, "朝德", "“朝”有几种读音，这里按cháo", "第8条"),
        ("塱尾二巷", ROAD, "塱尾", "“塱”读lǎng只是推断", "第8条"),
        ("陈寅恪故居", SIGHT, "陈寅恪故居", "què、kè两读", "第8条"),
        ("万松路东街", ROAD, "万松路东街", "专名里还有一个通名", "第4条"),
        ("二马路街", ROAD, "二马路街", "专名里还有一个通名", "第4条"),
        ("天下第一城花园", ESTATE, "天下第一城花园", "数词是序数", "第6、7条"),
        ("K2荟公寓", ESTATE, "K2荟公寓", "含外文字母", "《地名管理条例》第9条"),
    ],
)
def test_what_is_not_certain_is_told_with_its_source(name, category, about, reason, rule):
    told = found(name, category)
    assert [each.about for each in told] == [about]
    assert reason in told[0].reason
    assert rule in told[0].source


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("新港西路", ROAD),
        ("江南大道中", ROAD),
        ("马涌直街", ROAD),
        ("沥滘东约十二巷", ROAD),
        ("海幢寺", SIGHT),
        ("孙中山大元帅府纪念馆", SIGHT),
        ("兴隆花园", ESTATE),  # A word of the dictionary tells how 兴 is read.
    ],
)
def test_what_is_certain_is_not_doubted(name, category):
    assert found(name, category) == []


def test_a_spelling_that_is_not_by_the_rules():
    [doubt] = found("邓世昌纪念馆", SIGHT, "Dèng Shìchāng Jìniànguǎn")
    assert doubt.candidates == ("Dèngshìchāng Jìniànguǎn",)
    assert "登记为“Dèng Shìchāng Jìniànguǎn”" in doubt.reason


def test_what_an_officer_has_decided_is_certain():
    assert found("祥乐街", decided={"祥乐": "xiáng lè"}) == []
    [doubt] = found("祥乐街", decided={"祥乐": "xiáng yuè"})
    assert doubt.candidates == ("Xiángyuè Jiē",)
    assert found("K2荟公寓", ESTATE, "K2huì Gōngyù", {"K2荟公寓": "K2huì Gōngyù"}) == []
    [doubt] = found("K2荟公寓", ESTATE, "K2huì Gōngyù", {"K2荟公寓": "K'èrhuì Gōngyù"})
    assert doubt.candidates == ("K'èrhuì Gōngyù",)


def test_neutral_tones_and_rare_readings_are_no_choice():
    assert readings_in_use("头") == ("tóu",)
    assert set(readings_in_use("乐")) == {"lè", "yuè"}
