"""Whether letters spell a title, by whole syllables, initials or an unfinished last syllable."""

from collections.abc import Sequence

from search.analysis import is_han, strip_tones

from .wording import runs


def pattern_of(text: str) -> str:
    """The letters and characters of a query that has Latin letters; nothing for others."""
    if not any(c.isascii() and c.isalpha() for c in text):
        return ""
    return "".join(runs(strip_tones(text)))


def spelt_at(pattern: str, key: str, syllables: Sequence[str]) -> tuple[int, int] | None:
    """Where in a title the pattern stands: first character, and the one behind the last.

    A character stands for itself, letters for a syllable or its initial; the last syllable may
    be unfinished.
    """
    first = pattern[0]
    for start, syllable in enumerate(syllables):
        if first == syllable[0] or first == key[start]:
            end = _consumed(pattern, key, syllables, start)
            if end is not None:
                return start, end
    return None


def _consumed(pattern: str, key: str, syllables: Sequence[str], start: int) -> int | None:
    size = len(pattern)
    reached = {0}
    for at in range(start, len(syllables)):
        syllable = syllables[at]
        following = set()
        for position in reached:
            if pattern[position] == key[at]:
                following.add(position + 1)
            elif is_han(pattern[position]):
                continue
            elif pattern.startswith(syllable, position):
                following.add(position + len(syllable))
            elif syllable.startswith(pattern[position:]):
                return at + 1
            if pattern[position] == syllable[0]:
                following.add(position + 1)
        if size in following:
            return at + 1
        if not following:
            return None
        reached = following
    return None
