"""Which queries call for a safety card, wrong characters and Cantonese included."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pypinyin import Style, lazy_pinyin

from home.pages.visibility import is_open_to_all
from search.analysis import name_key, normalise
from search.models import SafetyCard

from .query import SiteQuery
from .terms import usual_syllables

MIN_SYLLABLES = 3
"""Fewer syllables sound like too much else (自杀, 紫砂): such words count as written only."""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it is shown."""

    title: str
    text: str
    numbers: tuple[tuple[str, str], ...]
    page_title: str
    page_url: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """The card that a query calls for, and what the query asks besides."""

    card: Card
    rest: str


@dataclass(frozen=True, slots=True)
class _Rule:
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    without: tuple[str, ...]
    """Words beside which the others mean no danger: 打我 in 打我电话."""
    card: Card

    def is_told_by(self, text: str) -> bool:
        return all(word in text for word in self.words) and not self.is_excluded(text)

    @property
    def is_told_by_sound(self) -> bool:
        """Whether its words have syllables enough to be known by them: 倒 sounds like 到."""
        return min(map(len, self.words)) > 1 and sum(map(len, self.words)) >= MIN_SYLLABLES

    def is_excluded(self, text: str) -> bool:
        return any(word in text for word in self.without)


@dataclass(frozen=True, slots=True)
class SafetyRules:
    rules: tuple[_Rule, ...]
    written: re.Pattern
    """The first word of any rule; most queries have none."""
    heard: re.Pattern
    """The first sounds of any rule that is told by sound."""

    @classmethod
    def load(cls) -> dict[str, "SafetyRules"]:
        """Those that are in use, in the editors' order, for each kind; one query."""
        rows = list(SafetyCard.objects.filter(is_active=True).select_related("page"))
        return {
            kind: cls._of(row for row in rows if row.kind == kind)
            for kind in SafetyCard.Kind.values
        }

    @classmethod
    def _of(cls, rows: Iterable[SafetyCard]) -> "SafetyRules":
        rules = []
        for row in rows:
            page = row.page if row.page and is_open_to_all(row.page) else None
            card = Card(
                row.title,
                row.text,
                tuple(row.lines()),
                page.title if page else "",
                (page.get_url() or "") if page else "",
            )
            for line in row.words.splitlines():
                words = normalise(line).split(" ")
                wanted = _keys(word for word in words if not word.startswith("-"))
                without = _keys(word for word in words if word.startswith("-"))
                if wanted:
                    rules.append(_Rule(wanted, tuple(map(_sounds, wanted)), without, card))
        told_by_sound = [rule for rule in rules if rule.is_told_by_sound]
        return cls(
            tuple(rules),
            _any_of(rule.words[0] for rule in rules),
            _any_of(rule.sounds[0] for rule in told_by_sound),
        )

    def alarm_for(self, query: SiteQuery) -> Alarm | None:
        """The first card whose words stand in the query, as written or as they sound."""
        texts = {query.key: query.text, name_key(query.written): query.written}
        return self._as_written(texts) or self._as_it_sounds(query, texts)

    def card_for_words(self, words: str) -> Card | None:
        """The first card that is told by words as they are written."""
        alarm = self._as_written({name_key(words): words})
        return alarm.card if alarm else None

    def _as_written(self, texts: dict[str, str]) -> Alarm | None:
        if not any(map(self.written.search, texts)):
            return None
        for rule in self.rules:
            for key, text in texts.items():
                if rule.is_told_by(key):
                    return Alarm(rule.card, _without(text, rule.words))
        return None

    def _as_it_sounds(self, query: SiteQuery, texts: Iterable[str]) -> Alarm | None:
        for rule in self.rules:
            if len(rule.words) == 1 and _is_misspelt(query.plain_key, rule.words[0]):
                return Alarm(rule.card, "")
        heard = [sounds for sounds in map(_sounds, texts) if self.heard.search(sounds)]
        if not heard:
            return None
        for rule in self.rules:
            if not rule.is_told_by_sound or rule.is_excluded(query.key):
                continue
            if any(all(sound in text for sound in rule.sounds) for text in heard):
                return Alarm(rule.card, "")
        return None


def _any_of(parts: Iterable[str]) -> re.Pattern:
    return re.compile("|".join(map(re.escape, sorted(set(parts)))) or "(?!)")


def _keys(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(name_key, words)))


def _without(text: str, words: tuple[str, ...]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def _is_misspelt(asked: str, word: str) -> bool:
    """Whether a short query is the word with another character of the same sound: 家爆. The
    tones count, as 遗属 is no 遗书."""
    return (
        len(asked) == len(word)
        and any(map(str.__eq__, asked, word))
        and lazy_pinyin(asked, Style.TONE) == lazy_pinyin(word, Style.TONE)
    )


def _sounds(key: str) -> str:
    """Syllables, each between blanks, so that one is never found inside another."""
    return f" {'  '.join(usual_syllables(key))} "
