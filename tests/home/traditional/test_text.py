"""Texts in traditional characters, with the list that the site begins with."""

import importlib
import re

import pytest
from django.conf import settings

from home.traditional.text import Forms, to_traditional

from .cases import CASES

MIGRATIONS = ("0029_first_traditional_forms", "0030_forms_across_words", "0033_weeks_of_events")
LIST = [
    row for name in MIGRATIONS for row in importlib.import_module(f"home.migrations.{name}").FORMS
]
FORMS = Forms({phrase: form for phrase, form, _ in LIST})


@pytest.mark.parametrize(("right", "simplified", "source"), CASES)
def test_phrases_are_converted_by_their_meaning(right, simplified, source):
    assert to_traditional(simplified, FORMS) == right


@pytest.mark.parametrize(
    ("right", "simplified"),
    [
        # The subject of the site.
        ("後來、皇后", "后来、皇后"),
        ("頭髮、發展", "头发、发展"),
        ("幹部、乾淨、干涉", "干部、干净、干涉"),
        ("裏面、公里", "里面、公里"),
        ("麪條、面積", "面条、面积"),
        ("台灣、颱風", "台湾、台风"),
        ("只是、一隻", "只是、一只"),
        ("系統、關係、聯繫", "系统、关系、联系"),
        ("複印、恢復、複雜", "复印、恢复、复杂"),
        ("鐘錶、表格", "钟表、表格"),
        ("制度、製造", "制度、制造"),
        ("准予、標準", "准予、标准"),
        ("長者飯堂試吃週、敬老週、周到、周邊", "长者饭堂试吃周、敬老周、周到、周边"),
        ("海珠、戶口、週歲", "海珠、户口、周岁"),
        ("徵收、象徵", "征收、象征"),
        # As the pages of the Hong Kong government write them, not as its schools do.
        ("戶籍、說明、稅務、閱讀、床位", "户籍、说明、税务、阅读、床位"),
        ("群眾、啟用、脫離、銳、毀", "群众、启用、脱离、锐、毁"),
        ("準備、批准", "准备、批准"),
        ("松樹、輕鬆", "松树、轻松"),
        ("稻穀、山谷", "稻谷、山谷"),
        ("小丑、醜聞", "小丑、丑闻"),
        ("佔用、占卜", "占用、占卜"),
        ("自願、志願者", "自愿、志愿者"),
        ("低於、關於", "低于、关于"),
        ("長壽保健金發放標準", "长寿保健金发放标准"),
        ("辦好火化手續，簽火化確認書", "办好火化手续，签火化确认书"),
        ("當場簽聲明書", "当场签声明书"),
        ("海珠涌、上沖村", "海珠涌、上冲村"),
        # Pages of the site on which the conversion failed when they were first looked at.
        ("差額發放、換發登記證書", "差额发放、换发登记证书"),
        ("也會合併、終止", "也会合并、终止"),
        ("處理發現的問題，審核並發佈", "处理发现的问题，审核并发布"),
        ("這只能、這只會、三隻", "这只能、这只会、三只"),
        ("三方面包括、麪包", "三方面包括、面包"),
        ("赤崗街道、濱江街道、龍鳳街道", "赤岗街道、滨江街道、龙凤街道"),
    ],
)
def test_words_of_civil_affairs(right, simplified):
    assert to_traditional(simplified, FORMS) == right


def test_the_longest_phrase_of_the_list_counts():
    forms = Forms({"涌": "涌", "涌现": "湧現", "石涌现": "石涌現"})
    assert to_traditional("石涌现在，涌现，沙涌", forms) == "石涌現在，湧現，沙涌"


def test_a_phrase_of_the_list_leaves_the_words_around_it_whole():
    """头发 is 頭髮 also where the list splits it from what follows."""
    assert to_traditional("头发长", Forms({"长": "長"})) == "頭髮長"
    assert to_traditional("理发店", Forms({"店": "舖頭"})) == "理髮舖頭"


@pytest.mark.parametrize("text", ["", "Haizhu 440105", "｜", "\x00", "&amp;"])
def test_text_without_chinese_stays(text):
    assert to_traditional(text, FORMS) == text


def test_what_is_traditional_already_stays():
    text = "繁體版的標準名稱"
    assert to_traditional(text, FORMS) == text


def test_half_a_character_leaves_the_text_as_it_is():
    assert to_traditional("头发\ud800") == "头发\ud800"


PAIR = re.compile(r'inScript\(("[^"]*"|`[^`]*`), ("[^"]*"|`[^`]*`)\)')


def test_scripts_say_the_same_in_both():
    """Scripts write their few sentences themselves, in both scripts side by side."""
    scripts = (settings.ROOT / "static" / "js").glob("*.js")
    pairs = [pair for path in scripts for pair in PAIR.findall(path.read_text(encoding="utf-8"))]
    assert len(pairs) >= 15
    assert [pair for pair in pairs if to_traditional(pair[0], FORMS) != pair[1]] == []
