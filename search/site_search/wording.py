"""Reading what citizens type: Cantonese, English, words that only ask, the editors' synonyms."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from home.traditional.text import to_simplified
from search.analysis import is_han, name_key, normalise
from search.analysis.characters import data_lines

_ENDS = re.compile(r"[^\W_]+")


def _pairs(name: str) -> list[tuple[str, str]]:
    """The lines of a file of search/data, cut at the tab, the longest first."""
    lines = (line.partition("\t") for line in data_lines(name))
    return sorted(((said, meant) for said, _, meant in lines), key=lambda pair: -len(pair[0]))


@cache
def _alternation(words: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(map(re.escape, words)) or "(?!)")


@dataclass(frozen=True, slots=True)
class _Cantonese:
    words: re.Pattern
    meanings: dict[str, str]
    tells: re.Pattern
    """What shows that a text is Cantonese."""


_CANTONESE_CHARACTERS = "冇咗喺嘅哋啲嗰嚟畀俾攞拎搵揾瞓嫲噉咁乜嘢咩佢唔嗌攰嘥"
"""Hardly written in Mandarin."""


@cache
def _cantonese() -> _Cantonese:
    rows = sorted(
        (line.split("\t") for line in data_lines("cantonese.txt")), key=lambda row: -len(row[0])
    )
    telling = (row[0] for row in rows if len(row) > 2)
    return _Cantonese(
        _alternation(tuple(row[0] for row in rows)),
        {row[0]: row[1] for row in rows},
        re.compile(f"[{_CANTONESE_CHARACTERS}]|{_alternation(tuple(telling)).pattern}"),
    )


@cache
def _english() -> tuple[re.Pattern, dict[str, tuple[str, ...]]]:
    pairs = _pairs("english.txt")
    words = "|".join(re.escape(said) for said, _ in pairs)
    return re.compile(rf"(?<![a-z])(?:{words})(?![a-z])"), {
        said: tuple(meant.split("、")) for said, meant in pairs
    }


@cache
def _function_words() -> tuple[str, ...]:
    return tuple(said for said, _ in _pairs("function_words.txt"))


@cache
def _traditional_words() -> tuple[re.Pattern, dict[str, str]]:
    pairs = dict(_pairs("traditional_words.txt"))
    return _alternation(tuple(pairs)), pairs


def in_simplified(text: str) -> str:
    """The text in simplified characters, phrase by phrase, as the site writes: 答覆 is 答复.

    `normalise` knows characters only, and 覆 is one of both scripts (覆盖).
    """
    words, meanings = _traditional_words()
    return to_simplified(words.sub(lambda match: meanings[match[0]], text))


def in_written_chinese(text: str) -> str:
    """A normalised text with Cantonese words put into written Chinese.

    Texts without anything that is Cantonese alone are left as they are: 点 and 系 are words of
    Mandarin too.
    """
    cantonese = _cantonese()
    if not cantonese.tells.search(text):
        return text
    return cantonese.words.sub(lambda match: cantonese.meanings[match[0]], text)


_THERE = re.compile("(在|去|到|系|喺)那(?:里|儿|边)?(?=$|[ ?？呀啊呢办])")


def with_where(text: str) -> str:
    """A text that ends in 那里 asks where: it is typed for 哪里, which sounds nearly the same."""
    return _THERE.sub(r"\1哪里", text)


_ASIDE = re.compile(
    "(?P<aside>.{0,6}(?:证|证件|户口簿|户口本|户口|护照|照片|证明|材料|判决书|协议书|回执)"
    "(?:快要?|已经?|都|刚|也)?"
    "(?:过期|到期|失效|丢|遗失|不见|没带|忘带|忘了|没有|没了|找不到|弄丢|损坏|坏|烂|被偷|在老家)(?:了|啦|过|着)*)"
    "(?:[ ,，。]|还|仲|也|又|就|那)*"
    "(?:能不能|可不可以|可唔可以|能否|可否|可以|能|怎么样?|怎样|如何|要|想)"
    "(?P<matter>..+)"
)
_ABOUT_THE_PAPER = re.compile("补|换|挂失|重新?办|找|代替|查|处理")


def without_aside(text: str) -> str:
    """The matter alone of a text that first tells what is wrong with a paper.

    >>> without_aside("身份证过期可以结婚吗")
    '结婚吗'
    >>> without_aside("结婚证丢了可以补吗")
    '结婚证丢了可以补吗'
    """
    match = _ASIDE.fullmatch(text.strip())
    if not match or _ABOUT_THE_PAPER.search(match["matter"]):
        return text
    return match["matter"]


def english_meanings(text: str) -> list[str]:
    """What the English words of a text are called on this site, each once."""
    if not any("a" <= character <= "z" for character in text):
        return []
    words, meanings = _english()
    found = (meanings[match[0]] for match in words.finditer(text))
    return list(dict.fromkeys(meant for each in found for meant in each))


_AGE = re.compile(
    "(?<![0-9])(?:([6-9][0-9]|1[01][0-9])|([六七八九]十[一二三四五六七八九]?|一百))(?:几|多|来)?(?:周?岁|了)"
    "|满(?:([6-9][0-9]|1[01][0-9])|([六七八九]十|一百))"
)
_DECADES = dict(enumerate("六七八九", 6))


def ages(text: str) -> list[tuple[str, str]]:
    """(as typed, the decade) for each age of an old person: 八十几岁 and 83岁 are 八十岁."""
    found = []
    for match in _AGE.finditer(text):
        figures, numeral = match[1] or match[3], match[2] or match[4]
        decade = int(figures) // 10 if figures else 10 if numeral == "一百" else None
        tens = numeral[0] if decade is None else _DECADES.get(decade)
        found.append((match[0], f"{tens}十岁" if tens else "一百岁"))
    return found


WEAK = frozenset("谁都还又就才和跟与或但在把被给让对向从到为去来想要能会做有不没很太再多少点上下里")
"""Characters that mostly connect, but are part of words too (去世, 会员): they stay, and a pair
with one that no document has is not missed."""


@cache
def kinship() -> frozenset[str]:
    """Words for the people of a family."""
    return frozenset(data_lines("kinship.txt"))


@cache
def kinship_pairs() -> frozenset[str]:
    """The pairs of characters of words of kinship."""
    return frozenset("".join(pair) for word in kinship() for pair in pairwise(word))


@cache
def _kinship_pattern() -> re.Pattern:
    return _alternation(tuple(sorted(kinship(), key=lambda word: (-len(word), word))))


class FunctionWords:
    """Takes words without a meaning of their own out of a text."""

    def __init__(self, more: Iterable[str] = ()):
        """`more`: those that the editors added."""
        words = sorted({*_function_words(), *more}, key=lambda word: -len(word))
        self._pattern = _alternation(tuple(words))

    def strip(self, text: str) -> str:
        """The text with blanks for function words and around words of kinship; itself where it
        has no others."""
        rest = self._pattern.sub(" ", text)
        if not name_key(rest):
            return text
        return " ".join(_kinship_pattern().sub(r" \g<0> ", rest).split())


@dataclass(frozen=True, slots=True)
class Synonyms:
    """What citizens say and what this site calls it, as the editors keep it."""

    meanings: dict[str, tuple[str, ...]]
    pattern: re.Pattern

    @classmethod
    def of(cls, meanings: dict[str, tuple[str, ...]]) -> "Synonyms":
        said = sorted(meanings, key=lambda word: -len(word))
        return cls(meanings, _alternation(tuple(said)))

    def found_in(self, text: str) -> list[str]:
        """The sayings in a text without blanks, those that do not overlap, longest first."""
        return list(dict.fromkeys(match[0] for match in self.pattern.finditer(text)))


def runs(text: str) -> list[str]:
    """Chinese runs and Latin words or numbers of a normalised text, in their order.

    >>> runs("结婚登记 app2.0")
    ['结婚登记', 'app2', '0']
    """
    found: list[str] = []
    for word in _ENDS.findall(text):
        start = 0
        for at in range(1, len(word) + 1):
            if at == len(word) or is_han(word[at]) != is_han(word[start]):
                found.append(word[start:at])
                start = at
    return found


def clean_phrases(asked: str) -> list[str]:
    """The phrases of a field of how people ask: one a line."""
    return [line for line in map(normalise, asked.splitlines()) if line]
