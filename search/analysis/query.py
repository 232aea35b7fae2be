"""What a person typed, understood: its script, and the wordings it may be short for."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from typing import Literal

from .characters import data_lines, is_han, name_key, normalise, strip_tones
from .numerals import digit_form
from .pinyin import Readings, number_spelling, readings, segment

MAX_LENGTH = 100
"""Characters of a query that are read; no name is longer."""

Script = Literal["empty", "han", "latin", "mixed"]

_ASKING_BEFORE = re.compile(
    "^(?:请问一下|请问|我要去|我想去|怎么去|怎样去|怎么到|如何到|如何去|哪里有|查一下|查询|搜索|导航到|导航)"
)
ASKS_AREA = (
    "(?:位于|属于|属|归|是|在|算)?(?:哪|边)一?[个条]?(?:街道?|区|社区|居委会?)(?:管辖|管理|管|的)?"
)
"""Which subdistrict, district or community: 归哪条街管, 属于哪个街道, 边个居委."""
_ASKING_BEHIND = re.compile(
    f"(?:应该|要)?(?:{ASKS_AREA}|怎么走|怎么去|怎样去|怎样走|如何去|怎么到"
    "|在哪里|在哪儿|在什么地方|在哪|位于哪里|是哪里|是什么地方|具体位置|的位置"
    "|位置|的地址|地址|什么意思|是什么意思|的含义|含义|的来历|来历|的由来|由来|的历史|为什么叫这个名字"
    "|为什么这么叫|现在叫什么|原来叫什么|以前叫什么|有多长|附近|旁边|一带|导航|前面|后面|里面|外面|对面|隔壁|隔篱|侧边|上面|下面|底下|周边|周围|门口|正门|大门|侧门"
    "|[东西南北]门|脚下|[呢嗰这那个]+边|边度|喺边度?|点去|点行|坐什么车|怎么坐车|[几什么时候点钟]+(?:关门|开门)|开放时间|要门票吗|门票"
    "|收费吗|好玩吗|有什么好玩的?|电话)+[呢啊吗呀了]?$"
)
_AREA = re.compile(
    "^(?:中国)?(?:广东省|广东(?=广州))?(?:广州市|广州(?=海珠区)|穗(?=海珠区))?(?:海珠区)?"
)
_LATIN_AREA = re.compile("^(?:guangdong(?:sheng)?)?(?:guangzhou(?:shi)?)?(?:haizhuqu)?")
_SUBDISTRICT = re.compile(
    "^[\u4e00-\u9fff]{2,4}?街道(?:办事处)?(?:[\u4e00-\u9fff]{1,6}(?:社区|居委会))?"
)
_SUBDISTRICT_OFFICE = re.compile("(?:街道办事处|街道办|街办事处|街办)$")
_ARABIC_NUMBER = re.compile(
    "^(.*[路街巷道里坊苑园村楼厦场院洲约直东西南北中])(?:第?[0-9]+[-－之0-9]*(?:号|栋|幢|座|弄|楼|室|房|单元|院)?.*)$"
)
_HAN_NUMBER = re.compile("^(.{2,}?)[〇零一二三四五六七八九十百]+号.*$")
_TONE_NUMBERS = re.compile("[a-zv]+[1-6]")
_DETAIL_CLASSES = (
    "号出入口|号?出口|出入口|入口|号口|口|区|座|栋|幢|层|楼|房|室|单元|梯|馆|门|铺|档|期|厅|线"
)
# G区, B口, B2层, 3b座: a letter or two with figures, and the class of the part behind it.
_LETTERED_DETAIL = re.compile(
    f"^(.*?[\u4e00-\u9fff])[0-9]*[a-z]{{1,2}}(?:[0-9][0-9a-z]*)?(?:(?:{_DETAIL_CLASSES}).*|(?<=[0-9]))$"
)
_DETAIL = re.compile(
    f"^(.{{2,}}?)(?:[0-9]+|[东西南北])(?:{_DETAIL_CLASSES}).*$|^(.{{2,}}?)(?:出入口|出口|入口)$"
)
_METRO = re.compile("地铁站?口?(?:出口|入口)?$|地铁站|站地铁口?$|轻轨站$")


@dataclass(frozen=True)
class Form:
    """One wording to look for: the key as typed or shortened, and why it was shortened."""

    key: str
    shortened: bool = False

    @cached_property
    def digits(self) -> str:
        return digit_form(self.key)


@dataclass(frozen=True)
class Query:
    """A query after analysis.

    `key` is the text without spaces and punctuation, `words` its parts at spaces, `forms`
    the key and the same without area, house number and asking words, and `letters` the
    joined pinyin spellings of a query in Latin letters.
    """

    text: str
    key: str
    script: Script
    words: tuple[str, ...] = ()
    forms: tuple[Form, ...] = ()
    letters: tuple[str, ...] = ()
    spaced: tuple[str, ...] = field(default=(), compare=False)

    @cached_property
    def readings(self) -> Readings:
        return readings(self.key)

    @cached_property
    def syllables(self) -> list[str] | None:
        """The pinyin cut into syllables, as the spaces say or as few as possible."""
        if len(self.spaced) > 1:
            parts = [segment(part) for part in self.spaced]
            if all(parts):
                return [syllable for part in parts for syllable in part]
        return segment(self.letters[0]) if self.letters else None


def analyse(text: str) -> Query:
    """Understand a query. Any string is accepted; at most MAX_LENGTH characters are read."""
    shown = normalise(text[: MAX_LENGTH * 2])[:MAX_LENGTH]
    plain = strip_tones(shown)
    key = name_key(plain)[:MAX_LENGTH]
    if not key:
        return Query(shown, "", "empty")
    has_han = any(is_han(c) for c in key)
    has_letters = any("a" <= c <= "z" for c in key)
    words = tuple(filter(None, (name_key(word) for word in plain.split(" "))))
    if has_letters and not has_han:
        letters, spaced = _latin(words)
        return Query(shown, key, "latin", words, (Form(key),), letters, spaced)
    if has_letters and (part := _LETTERED_DETAIL.match(key)) and len(part.group(1)) >= 2:
        rest = part.group(1)
        forms = (Form(key), *(Form(form.key, shortened=True) for form in _forms(rest)))
        return Query(shown, rest, "han", (rest,), forms)
    script: Script = "mixed" if has_letters else "han"
    return Query(shown, key, script, words, tuple(_forms(key)))


def _latin(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Spellings to look for, and the words of the first; numbers may be tones or digits."""
    joined = "".join(words)
    spaced = tuple(_without_digits(word) for word in words)
    # Passports write ü as yu: lyuyuan. But nanyue has a ny too.
    spellings = [joined, joined.replace("lyu", "lv").replace("nyu", "nv")]
    if any(c.isdigit() for c in joined):
        if _TONE_NUMBERS.match(joined):
            spellings.insert(0, _without_digits(joined))
        spellings.append(re.sub("[0-9]+", lambda m: number_spelling(m.group()), joined))
    spellings += _from_english(words)
    spellings += [s[len(m.group()) :] for s in spellings if (m := _LATIN_AREA.match(s)).end()]
    return tuple(dict.fromkeys(filter(None, spellings))), tuple(filter(None, spaced))


@cache
def _english_words() -> dict[str, tuple[str, ...]]:
    pairs = (line.split("\t") for line in data_lines("english_place_words.txt"))
    return {said: tuple(meant.split()) for said, meant in pairs}


DIRECTIONS = frozenset(("east", "west", "south", "north", "middle", "mid", "central"))
MAX_FROM_ENGLISH = 8
MAX_ENGLISH_WORDS = 4
"""A direction, a class or two and 'station' are all that a name has."""


def _from_english(words: tuple[str, ...]) -> list[str]:
    """Pinyin for a name in English: Xingang West Road and Xingang Road West → xingangxilu."""
    known = _english_words()
    at = next((i for i, word in enumerate(words) if i and word in known), None)
    if at is None:
        return []
    # With each further word the readings multiply.
    rest = [word for word in words[at:] if word in known][:MAX_ENGLISH_WORDS]
    specific = "".join(words[:at])
    directions = [word for word in rest if word in DIRECTIONS]
    classes = [word for word in rest if word not in DIRECTIONS and word not in ("metro", "subway")]
    orders = [(*directions, *classes), (*classes, *directions)]
    if "metro" in rest or "subway" in rest:
        orders = [(*directions, "station")]
    found = []
    for order in dict.fromkeys(orders):
        for meant in product(*(known[word] for word in order)):
            found.append(specific + "".join(meant))
    return list(dict.fromkeys(found))[:MAX_FROM_ENGLISH]


def _without_digits(word: str) -> str:
    return "".join(c for c in word if not c.isdigit())


def _forms(key: str) -> list[Form]:
    """The key, then shorter wordings in the order in which they are to be believed."""
    found = {key: Form(key)}

    def add(text: str) -> str:
        if len(text) >= 2 and text not in found:
            found[text] = Form(text, shortened=True)
        return text

    asked = _ASKING_BEFORE.sub("", _ASKING_BEHIND.sub("", key))
    asked = add(asked) if len(asked) >= 2 else key
    in_area = asked[_AREA.match(asked).end() :]
    in_area = add(in_area) if len(in_area) >= 2 else asked
    add(_SUBDISTRICT_OFFICE.sub("街道", in_area))
    near = add(_METRO.sub("站", in_area))
    if match := _DETAIL.match(near):
        add(_METRO.sub("站", match.group(1) or match.group(2)))
    for text in (in_area, _SUBDISTRICT.sub("", in_area)):
        if len(text) < 2:
            continue
        add(text)
        for pattern in (_ARABIC_NUMBER, _HAN_NUMBER):
            if match := pattern.match(text):
                add(match.group(1))
    return list(found.values())


def without_question(text: str) -> str:
    """The key of a query without asking words and the name of the district around it."""
    key = name_key(text[: MAX_LENGTH * 2])[:MAX_LENGTH]
    asked = _ASKING_BEFORE.sub("", _ASKING_BEHIND.sub("", key)) or key
    return asked[_AREA.match(asked).end() :] or asked
