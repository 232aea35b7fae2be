"""What counts as one mistake, in characters or in syllables, and what sounds alike."""

from collections.abc import Callable, Sequence

from search.analysis import Name, sound_key

EDIT_OF_LONG = 5
"""From this length on a name may differ by any one character. In a shorter one another
character is another name (江南路, 江南街), unless it sounds alike."""
SIMILAR_FROM = 3
"""The beginnings of fewer syllables sound like too many names."""


def one_edit(asked: Sequence, written: Sequence, alike: Callable) -> str | None:
    """What one thing is wrong: an item missing, added, swapped with its neighbour, or wrong.

    A wrong item counts if `alike(asked, written)`, or in sequences from EDIT_OF_LONG on.
    """
    shorter, longer = sorted((asked, written), key=len)
    if len(longer) - len(shorter) > 1 or len(shorter) < 2:
        return None
    at = 0
    while at < len(shorter) and shorter[at] == longer[at]:
        at += 1
    if len(longer) > len(shorter):
        if shorter[at:] != longer[at + 1 :]:
            return None
        return "missing" if shorter is asked else "added"
    if asked[at + 1 :] == written[at + 1 :]:
        close = at == len(asked) or len(written) >= EDIT_OF_LONG or alike(asked[at], written[at])
        return "wrong" if close else None
    swapped = (
        asked[at] == written[at + 1]
        and asked[at + 1] == written[at]
        and asked[at + 2 :] == written[at + 2 :]
    )
    return "swapped" if swapped else None


def syllables_alike(asked: str, written: str) -> bool:
    """One letter typed wrong or left out, or syllables that sound alike."""
    return sound_key([asked]) == sound_key([written]) or (
        abs(len(asked) - len(written)) == 1
        and any(
            longer[:at] + longer[at + 1 :] == shorter
            for shorter, longer in [sorted((asked, written), key=len)]
            for at in range(len(longer))
        )
    )


def sounds_similar(asked: Sequence[str], name: Name) -> bool:
    """The name, or the beginning of a longer one, as somebody with an accent says it."""
    key, spoken = sound_key(asked), sound_key(name.spelling)
    return key == spoken or (len(asked) >= SIMILAR_FROM and f"{spoken} ".startswith(f"{key} "))
