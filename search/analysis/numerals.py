"""Numbers in names: 第二, 第2 and 二 have one form."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile("第?(?:[0-9]+|[〇零一二三四五六七八九两十][〇零一二三四五六七八九两十百千]*)")


def number(numeral: str) -> int:
    """Value of a Chinese numeral, by place (二十三 → 23) or by digit (一九七八 → 1978)."""
    if not any(c in _UNITS for c in numeral):
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total, digit = 0, None
    for c in numeral:
        if c in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[c]
            digit = None
        else:
            digit = _DIGITS[c]
    return total + (digit or 0)


def digit_form(key: str) -> str:
    """Every numeral as Arabic digits, without 第: 南田二马路 → 南田2马路.

    Both what is indexed and what is asked are folded, so that a character that is no
    number in a name (一德路) does no harm.
    """

    def fold(match: re.Match[str]) -> str:
        numeral = match.group().removeprefix("第")
        return numeral if numeral.isascii() else str(number(numeral))

    return _NUMERAL.sub(fold, key)
