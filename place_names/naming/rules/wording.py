"""Characters and words: what a name is written with."""

import re
from collections.abc import Iterator

from home.traditional.text import to_simplified
from search.analysis.characters import is_han

from .. import clauses
from ..findings import Finding, Setting
from ..lists import REMARK, UNFIT, standard_level

RULES = {
    "大": "exaggeration",
    "洋": "foreign",
    "怪": "strange",
    "领": "leader",
    "人": "person",
    "企": "company",
}
_NAMES = {"大": "夸大", "洋": "外国", "怪": "不合适", "领": "领导人", "人": "人名", "企": "企业"}
_LETTERS = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"\d+")


def in_standard_characters(name: str) -> str:
    """A name with traditional characters as it is written with standard ones; empty for others."""
    if all(standard_level(character) for character in name if is_han(character)):
        return ""
    written = to_simplified(name)
    return written if written != name else ""


def characters(setting: Setting) -> Iterator[Finding]:
    """Characters outside levels 1 and 2 of 《通用规范汉字表》; level 3 is for names, so a remark."""
    outside, rare = [], []
    for character in dict.fromkeys(setting.proposal.name):
        if is_han(character):
            level = standard_level(character)
            if level is None:
                outside.append(character)
            elif level == 3:
                rare.append(character)
    if outside:
        text = f"“{'、'.join(outside)}”不是规范汉字（不在《通用规范汉字表》中）。"
        if written := in_standard_characters(setting.proposal.name):
            text += f"规范的写法是“{written}”，请用它再查。"
        yield Finding("characters", UNFIT, text, clauses.CHARACTERS)
    elif rare:
        text = f"“{'、'.join(rare)}”是《通用规范汉字表》的三级字，较少用；沿用本地旧名的请说明。"
        yield Finding("characters", REMARK, text, clauses.CHARACTERS)


def letters(setting: Setting) -> Iterator[Finding]:
    """Foreign letters, digits and signs."""
    name = setting.proposal.name
    others = "".join(c for c in name if not is_han(c))
    if not others:
        return
    found = [*_LETTERS.findall(others), *_DIGITS.findall(others)]
    signs = "".join(dict.fromkeys(c for c in others if not c.isalnum()))
    if any(c.isalpha() for c in others):
        text, clause = f"含有外文字母“{'、'.join(found)}”。", clauses.NO_LETTERS
    elif found:
        text, clause = f"含有数字“{'、'.join(found)}”，请用汉字。", clauses.NUMBERS
    else:
        text, clause = f"含有符号“{signs}”。", clauses.NUMBERS
    yield Finding("letters", UNFIT, text, clause)


def words(setting: Setting) -> Iterator[Finding]:
    """The word lists; one finding a kind of word, with all that was found of it."""
    name, category = setting.proposal.name, setting.kind.category
    by_kind: dict[str, list] = {}
    for word in setting.lists.words:
        written = word.found_in(name) if word.applies_to(category) else ""
        if written and word.kind in RULES and not _is_sign(written):
            by_kind.setdefault(word.kind, []).append((written, word))
    for kind, found in by_kind.items():
        grave = [each for each in found if each[1].severity == UNFIT]
        written = dict.fromkeys(text for text, _ in grave or found)
        first = (grave or found)[0][1]
        text = f"含有“{'”“'.join(written)}”：{first.reason}。"
        yield Finding(RULES[kind], first.severity, text, first.source or clauses.HEALTHY)


def _is_sign(text: str) -> bool:
    """What `letters` tells already."""
    return not any(is_han(character) for character in text)
