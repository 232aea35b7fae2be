"""Simplified text in the traditional characters of Hong Kong, phrase by phrase."""

import re
from collections.abc import Mapping
from functools import cache

from opencc import OpenCC

CONVERSION, BACK = "s2hk", "hk2s"
# OpenCC's forms for Hong Kong are those of its schools; what its government and papers write
# are these:
_SCHOOL, _WRITTEN = "户説税閲鋭脱悦兑温毁卧敍藴醖牀蜕羣啓", "戶說稅閱銳脫悅兌溫毀臥敘蘊醞床蛻群啟"
_AS_WRITTEN = str.maketrans(_SCHOOL, _WRITTEN)
HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")


@cache
def _converter(conversion: str) -> OpenCC:
    """Reading the dictionaries takes some milliseconds; the converter may serve all threads."""
    return OpenCC(conversion)


def _convert(text: str, conversion: str = CONVERSION) -> str:
    try:
        converted = _converter(conversion).convert(text)
    except UnicodeEncodeError:  # Half a character, which the library cannot take.
        return text
    return converted.translate(_AS_WRITTEN) if conversion == CONVERSION else converted


class Forms:
    """Phrases whose traditional form staff wrote down, longest first where several begin."""

    def __init__(self, forms: Mapping[str, str]):
        self.forms = dict(forms)
        longest_first = sorted(self.forms, key=lambda phrase: (-len(phrase), phrase))
        self.pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")


NO_FORMS = Forms({})


def to_traditional(text: str, forms: Forms = NO_FORMS) -> str:
    """The text in traditional characters. Text without Chinese comes back as it is.

    The whole text is converted, so that a phrase of `forms` does not hide the words around it
    from the dictionary; then each phrase of `forms` is put in its place. That needs one character
    for each character. Where the dictionary changed the length, the parts between the phrases are
    converted by themselves.
    """
    if not HAN.search(text):
        return text
    found = list(forms.pattern.finditer(text))
    whole = _convert(text)
    if not found:
        return whole
    same_length = len(whole) == len(text)
    parts, end = [], 0
    for match in found:
        between = slice(end, match.start())
        parts.append(whole[between] if same_length else _convert(text[between]))
        parts.append(forms.forms[match[0]])
        end = match.end()
    parts.append(whole[end:] if same_length else _convert(text[end:]))
    return "".join(parts)


def to_simplified(text: str) -> str:
    """The text in simplified characters, phrase by phrase: 答覆 is 答复, and 覆盖 stays."""
    return _convert(text, BACK) if HAN.search(text) else text
