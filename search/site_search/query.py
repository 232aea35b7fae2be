"""What a citizen typed, read for site search."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from search.analysis import is_han, name_key, normalise, segment, strip_tones

from .terms import terms_of
from .wording import (
    FunctionWords,
    Synonyms,
    ages,
    english_meanings,
    in_simplified,
    in_written_chinese,
    kinship,
    runs,
    with_where,
    without_aside,
)

MAX_LENGTH = 200
MAX_SYNONYMS = 12
_COUNTED = re.compile(
    "多少(?:对|人|名|位|家|间|所|个|张|处|座|条|份|宗)(?!月|工作日)|几(?:家|间|所|张床)"
)


@dataclass(frozen=True)
class SiteQuery:
    """A query after reading.

    `text` is normalised, `key` its letters and characters alone; `plain` is the text in written
    Chinese without function words and what is told beside the matter asked for; `officials` has
    what synonyms and English words stand for, with the saying. `units` are, for a query with
    Latin letters, its characters, whole syllables and initials.
    """

    text: str
    key: str = ""
    written: str = ""
    plain: str = ""
    officials: tuple[tuple[str, str], ...] = ()
    units: tuple[str, ...] = field(default=(), compare=False)

    @property
    def is_blank(self) -> bool:
        return not self.key

    @cached_property
    def plain_key(self) -> str:
        return name_key(self.plain)

    @cached_property
    def asks_how_many(self) -> bool:
        """Whether something is counted, money and time left aside: 多少对, 有几家."""
        return bool(_COUNTED.search(self.written))

    @cached_property
    def says_more_than_who(self) -> bool:
        """Whether anything but words of kinship and single characters is left."""
        return any(len(run) > 1 and run not in kinship() for run in runs(self.plain))

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word worth highlighting, the longest first."""
        every = {run for run in runs(self.plain) if len(run) > 1 or len(self.key) == 1}
        every |= {official for _, official in self.officials}
        return tuple(sorted(every, key=len, reverse=True))

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """Pairs of characters to highlight where no whole word is found."""
        return tuple(term for term in terms_of(self.plain) if len(term) > 1)


def clean(query: str) -> str:
    """The query as it may be shown again and searched: one line, at most MAX_LENGTH."""
    printable = "".join(c if c.isprintable() else " " for c in query[: MAX_LENGTH * 5])
    return " ".join(printable.split())[:MAX_LENGTH]


def read(query: str, synonyms: Synonyms, function_words: FunctionWords) -> SiteQuery:
    """Any string is accepted."""
    text = normalise(in_simplified(clean(query)))
    key = name_key(text)
    if not key:
        return SiteQuery(text)
    written = with_where(in_written_chinese(text))
    matter = without_aside(written)
    has_aside = matter != written and len(name_key(function_words.strip(matter))) > 1
    plain = function_words.strip(matter if has_aside else written)
    officials = []
    for reading in [matter] if has_aside else dict.fromkeys((text, written)):
        for said in synonyms.found_in(reading.replace(" ", "")):
            officials += [(said, meant) for meant in synonyms.meanings[said]]
    officials += ages(written)
    officials += [("", meant) for meant in english_meanings(text)]
    unique = tuple(dict.fromkeys(officials))[:MAX_SYNONYMS]
    return SiteQuery(text, key, written, plain, unique, _units(text))


def _units(text: str) -> tuple[str, ...]:
    """Characters, syllables, or single letters where Latin letters are no syllables."""
    if not any(c.isascii() and c.isalpha() for c in text):
        return ()
    units: list[str] = []
    for run in runs(strip_tones(text)):
        if is_han(run[0]) or not run.isascii():
            units += run
        elif run.isdigit():
            units.append(run)
        else:
            units += segment(run) or list(run)
    return tuple(units)
