"""How far a name is written or spelled as the query has it."""

from search.analysis import Name, is_han

from .weights import DIGITS_EQUAL, EXACT, INSIDE, PREFIX, SPECIFIC


def written(key: str, digits: str, name: Name) -> str | None:
    if name.key == key:
        return EXACT
    if name.digits == digits:
        return DIGITS_EQUAL
    if key == name.specific:
        return SPECIFIC
    if name.key.startswith(key) or name.digits.startswith(digits):
        return PREFIX
    if key in name.key or digits in name.digits:
        return INSIDE
    return None


def consumed(pattern: str, name: Name, start: int, *, mixed: bool = False) -> int | None:
    """Index after the last character of the name that the pattern spells from `start` on.

    Letters spell a character by one of its syllables; the last may be unfinished, then
    its end lies one short of the name's (it is a prefix). A character stands for itself.
    With `mixed`, an initial spells a character too. None if the pattern does not fit.
    """
    reached = {0}
    size = len(pattern)
    for at in range(start, len(name.readings)):
        following = set()
        unfinished = False
        for position in reached:
            if is_han(pattern[position]):
                if at < len(name.key) and pattern[position] == name.key[at]:
                    following.add(position + 1)
                continue
            for option in name.readings[at]:
                for syllable in (option, option.replace("v", "u")) if "v" in option else (option,):
                    if pattern.startswith(syllable, position):
                        following.add(position + len(syllable))
                    elif syllable.startswith(pattern[position:]):
                        unfinished = True
                if mixed and pattern[position] == option[0]:
                    following.add(position + 1)
            if pattern[position] == name.key[at]:
                following.add(position + 1)
        if size in following:
            return at + 1
        if unfinished:
            # Never the whole name: something of the last syllable is missing.
            return at if at + 1 == len(name.readings) else at + 1
        if not following:
            return None
        reached = following
    return None
