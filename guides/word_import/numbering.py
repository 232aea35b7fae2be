"""The numbers that Word puts before paragraphs by itself: 第一条, (一), 1.1."""

import re
from collections import defaultdict

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

DIGITS = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "taiwaneseCountingThousand",
}
BULLET = "bullet"


def in_chinese(number: int) -> str:
    """1 to 9999 as laws number their articles: 十二, 一百零五."""
    text, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def _written(number: int, form: str) -> str:
    if form in CHINESE and 0 < number < 10_000:
        return in_chinese(number)
    if form in ("lowerLetter", "upperLetter") and 0 < number <= 26:
        return chr((ord("a") if form == "lowerLetter" else ord("A")) + number - 1)
    if form == "decimalEnclosedCircle" and 0 < number <= 20:
        return chr(0x2460 + number - 1)
    return str(number)


class Numbering:
    """Counts the numbered paragraphs of a document from its start to its end."""

    def __init__(self, document: Document):
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        parts = [p.target_part for p in document.part.rels.values() if not p.is_external]
        for part in parts:
            if str(part.partname) == "/word/numbering.xml":
                self._read(part.element)

    def _read(self, root) -> None:
        abstract = {one.get(qn("w:abstractNumId")): one for one in root.iter(qn("w:abstractNum"))}
        for number in root.iter(qn("w:num")):
            reference = number.find(qn("w:abstractNumId"))
            found = abstract.get(reference.get(qn("w:val"))) if reference is not None else None
            levels = found.iter(qn("w:lvl")) if found is not None else ()
            self._levels[number.get(qn("w:numId"))] = {
                int(level.get(qn("w:ilvl"))): (
                    _value(level, "w:numFmt", "decimal"),
                    _value(level, "w:lvlText", ""),
                    int(_value(level, "w:start", "1")),
                )
                for level in levels
            }

    def label(self, paragraph: Paragraph) -> str | None:
        """The number before the next paragraph, BULLET for a dot, None for neither."""
        properties = _properties(paragraph)
        if properties is None:
            return None
        key, depth = _value(properties, "w:numId", "0"), int(_value(properties, "w:ilvl", "0"))
        levels = self._levels.get(key, {})
        if key == "0" or depth not in levels:
            return None
        form, pattern, start = levels[depth]
        if form == BULLET:
            return BULLET
        if form == "none":
            return None
        counts = self._counts[key]
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]

        def written(match: re.Match) -> str:
            level = int(match[1]) - 1
            level_form, _pattern, first = levels.get(level, ("decimal", "", 1))
            return _written(counts.get(level, first), level_form)

        return re.sub(r"%([1-9])", written, pattern)


def _value(element, name: str, default: str) -> str:
    found = element.find(qn(name))
    return default if found is None else found.get(qn("w:val"), default)


def _properties(paragraph: Paragraph):
    """The numbering of the paragraph itself, else of its style or of what that is based on."""
    own = paragraph._p.pPr
    if own is not None and own.numPr is not None:
        return own.numPr
    style = paragraph.style
    for _ in range(10):
        if style is None:
            return None
        own = style.element.find(qn("w:pPr"))
        found = own.find(qn("w:numPr")) if own is not None else None
        if found is not None:
            return found
        style = style.base_style
    return None
