"""Names of people as they stand on their papers: Chinese, of minorities, of foreigners."""

import re
import unicodedata

from .characters import TypedError, one_line

LENGTH = 60

# Every dot that an input method gives for the one between the parts of a name.
_DOTS = "·•・‧∙⋅﹒．･․⸱ꞏ᛫⦁●⚫◦"
_APOSTROPHES = "’‘ʼʹ´`′＇ˈ"
_DASHES = "‐‑‒–—―−－﹣"
_SIGNS = str.maketrans(
    _DOTS + _APOSTROPHES + _DASHES + "○◯",
    "·" * len(_DOTS) + "'" * len(_APOSTROPHES) + "-" * len(_DASHES) + "〇〇",
)
# Passports know S/O and D/O (son, daughter of), @ (alias), commas, initials.
_ALLOWED = frozenset("·'-,./@ ")
_LABEL = re.compile(r"^(?:姓\s*名|名\s*字)\s*[::]\s*")
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff\ue000-\uf8ff"
_SPACE_WITHIN_HAN = re.compile(rf"(?<=[{_HAN}]) (?=[{_HAN}])")
# A full stop between letters that are not Latin was meant as the dot.
_STOP_AS_DOT = re.compile(r"(?<=[^\W\d_a-zA-Z\u00c0-\u024f])[.。](?=[^\W\d_a-zA-Z\u00c0-\u024f])")


def person_name(text: str) -> str:
    """A name with its dots as “·”, ASCII letters and signs, and no space between characters.

    Rare characters are kept as they were typed, those of the private use area too, where some
    names still live. Raises TypedError.
    """
    name = one_line(text).translate(_SIGNS)
    name = _LABEL.sub("", " ".join(unicodedata.normalize("NFKC", name).split()))
    name = _STOP_AS_DOT.sub("·", name)
    name = re.sub(r"\s*·[\s·]*", "·", name).strip("· ")
    name = _SPACE_WITHIN_HAN.sub("", name)
    if not name:
        raise TypedError("请输入姓名")
    if len(name) > LENGTH:
        raise TypedError(f"姓名最多{LENGTH}个字，您输入了{len(name)}个字")
    if any(sign.isdigit() for sign in name):
        raise TypedError("姓名里不要有数字")
    for sign in name:
        if not _is_letter(sign) and unicodedata.category(sign)[0] != "M" and sign not in _ALLOWED:
            raise TypedError(f"姓名里不能有“{sign if sign.isprintable() else '看不见的字符'}”")
    if not any(map(_is_letter, name)):
        raise TypedError("请输入姓名")
    return name


def _is_letter(sign: str) -> bool:
    category = unicodedata.category(sign)
    # 〇 is a letter-like number (Nl); Co is private use; Cn is younger than this Python.
    return category[0] == "L" or sign == "〇" or category in ("Co", "Cn")
