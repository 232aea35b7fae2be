"""Marking what was found, in text that stays escaped."""

import re
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import normalise

BEFORE, LENGTH = 30, 120


@lru_cache(maxsize=4096)
def _folded_character(character: str) -> str:
    folded = normalise(character)
    return folded if len(folded) == 1 else character


def folded(text: str) -> str:
    """The text as the analysis sees it, with one character for each: places stay the same."""
    return "".join(map(_folded_character, text))


def pattern(words: tuple[str, ...]) -> re.Pattern | None:
    """What to mark: any of the words (as `SiteQuery.words`), blanks and signs inside ignored."""
    parts = [r"[\W_]*".join(map(re.escape, word)) for word in words[:12] if len(word) <= 40]
    return re.compile("|".join(parts)) if parts else None


def highlight(text: str, marks: re.Pattern | None) -> SafeString:
    """The text escaped, each match inside <mark>."""
    if marks is None:
        return escape(text)
    pieces, end = [], 0
    for match in marks.finditer(folded(text)):
        pieces += [escape(text[end : match.start()]), "<mark>"]
        pieces += [escape(text[match.start() : match.end()]), "</mark>"]
        end = match.end()
    marked = "".join([*pieces, escape(text[end:])]).replace("</mark><mark>", "")
    return mark_safe(marked)  # noqa: S308 - escaped above


def snippet(text: str, marks: re.Pattern | None) -> str:
    """The part of a text around its first match, or nothing when there is none."""
    match = marks.search(folded(text)) if marks and text else None
    if match is None:
        return ""
    start = max(0, match.start() - BEFORE)
    part = text[start : start + LENGTH].strip(" …。，、；：！？）")
    return f"{'…' if start else ''}{part}{'…' if start + LENGTH < len(text) else ''}"
