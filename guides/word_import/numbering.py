"""The numbers that Word computes for paragraphs: 第一条, (一), 1.1."""

import re
from collections import defaultdict

from .package import Package, W
from .styles import Styles, child, value

DIGITS = "零一二三四五六七八九"
CHINESE = {
    "chineseCounting",
    "chineseCountingThousand",
    "ideographTraditional",
    "japaneseCounting",
    "koreanCounting",
    "taiwaneseCounting",
    "taiwaneseCountingThousand",
}
SINGLE_DIGITS = {"ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand"}
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
HEAVENLY_STEMS, EARTHLY_BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
ROMAN = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
]
BULLET = "bullet"
MAX_COUNT = 1_000_000


def in_chinese(number: int) -> str:
    """1 to 9999 as laws number their articles: 十二, 一百零五."""
    text, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + name
        gap = not digit
    return text.removeprefix("一") if 10 <= number < 20 else text


def in_roman(number: int) -> str:
    text = ""
    for amount, letters in ROMAN:
        text += letters * (number // amount)
        number %= amount
    return text


def written(number: int, form: str) -> str:
    """A number in one of the formats of ST_NumberFormat (ECMA-376, 17.18.59)."""
    if not 0 < number < 10_000:
        return str(number)
    if form in CHINESE:
        return in_chinese(number)
    if form in SINGLE_DIGITS:
        return "".join("〇" if digit == "0" else DIGITS[int(digit)] for digit in str(number))
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return in_chinese(number).translate(FORMAL)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return in_roman(number) if form == "lowerRoman" else in_roman(number).upper()
    if form.startswith("decimalEnclosedCircle") and number <= 20:
        return chr(0x2460 + number - 1)
    if form == "decimalEnclosedParen" and number <= 20:
        return chr(0x2474 + number - 1)
    if form == "decimalEnclosedFullstop" and number <= 20:
        return chr(0x2488 + number - 1)
    if form == "ideographEnclosedCircle" and number <= 10:
        return chr(0x3280 + number - 1)
    if form.startswith("decimalFullWidth"):
        return "".join(chr(0xFF10 + int(digit)) for digit in str(number))
    if form == "decimalZero":
        return f"{number:02}"
    if form == "ideographZodiac":
        return EARTHLY_BRANCHES[(number - 1) % 12]
    if form == "ideographZodiacTraditional":
        return HEAVENLY_STEMS[(number - 1) % 10] + EARTHLY_BRANCHES[(number - 1) % 12]
    if form == "ordinal":
        ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        return f"{number}{'th' if 10 < number % 100 < 14 else ending}"
    if form == "numberInDash":
        return f"- {number} -"
    return str(number)


class Level:
    def __init__(self, element):
        self.form = value(element, "numFmt", "decimal")
        self.pattern = value(element, "lvlText", "")
        self.start = _number(value(element, "start"), 0)
        self.is_legal = child(element, "isLgl") is not None
        restart = value(element, "lvlRestart")
        self.restarts_after = _number(restart, None) if restart is not None else None


def _number(text: str | None, default):
    return int(text) if text and text.isdigit() and len(text) < 7 else default


class Numbering:
    """Counts the numbered paragraphs of a document from its start to its end."""

    def __init__(self, package: Package, styles: Styles):
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._nums: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = {}
        self._by_style: dict[str, tuple[str, int]] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        self._started: set[tuple[str, int]] = set()
        if (root := package.related("numbering")) is not None:
            self._read(root)

    def _read(self, root) -> None:
        links, named = {}, {}
        for element in root.iter(f"{W}abstractNum"):
            key = element.get(f"{W}abstractNumId")
            levels = {}
            for level in element.iter(f"{W}lvl"):
                depth = _number(level.get(f"{W}ilvl"), 0)
                levels[depth] = Level(level)
            self._abstract[key] = levels
            if (link := value(element, "numStyleLink")) is not None:
                links[key] = link
            if (name := value(element, "styleLink")) is not None:
                named[name] = key
        for key, link in links.items():
            if link in named:
                self._abstract[key] = self._abstract[named[link]]
        for element in root.iter(f"{W}num"):
            starts, levels = {}, {}
            for override in element.iter(f"{W}lvlOverride"):
                depth = _number(override.get(f"{W}ilvl"), 0)
                if (start := value(override, "startOverride")) is not None:
                    starts[depth] = _number(start, 1)
                if (own := child(override, "lvl")) is not None:
                    levels[depth] = Level(own)
            abstract = value(element, "abstractNumId", "")
            self._nums[element.get(f"{W}numId")] = (abstract, starts, levels)

    def place(self, paragraph) -> tuple[str, int] | None:
        """(list, depth from 0) of a paragraph that is an item of a list, else None."""
        own = child(paragraph, "pPr/numPr")
        inherited = None
        for style in self._styles.of_paragraph(paragraph):
            if (inherited := child(style, "pPr/numPr")) is not None:
                break
        key = value(own, "numId") or value(inherited, "numId")
        if key is None or key == "0" or key not in self._nums:
            return None
        depth = value(own, "ilvl")
        if depth is None:
            depth = value(inherited, "ilvl")
        return key, min(_number(depth, 0), 8)

    def label(self, paragraph) -> str | None:
        """The number before the next paragraph, BULLET for a dot, None for neither."""
        if (place := self.place(paragraph)) is None:
            return None
        key, depth = place
        abstract, starts, own_levels = self._nums[key]
        levels = {**self._abstract.get(abstract, {}), **own_levels}
        if depth not in levels:
            return None
        level = levels[depth]
        counts = self._counts[abstract]
        if depth in starts and (key, depth) not in self._started:
            counts[depth] = starts[depth] - 1
        self._started.add((key, depth))
        for shallower in range(depth):  # Skipped levels count as begun.
            if shallower in levels:
                counts.setdefault(shallower, levels[shallower].start)
        counts[depth] = min(counts.get(depth, level.start - 1) + 1, MAX_COUNT)
        for deeper in [one for one in counts if one > depth]:
            after = levels[deeper].restarts_after if deeper in levels else None
            if after != 0 and (after is None or depth < after):
                del counts[deeper]
        if level.form == BULLET:
            return BULLET
        if level.form == "none" and "%" not in (level.pattern or ""):
            return level.pattern or None

        def count(match: re.Match) -> str:
            at = int(match[1]) - 1
            other = levels.get(at, level)
            number = counts.get(at, other.start)
            if other.form == "none":
                return ""
            return written(number, "decimal" if level.is_legal else other.form)

        return re.sub(r"%([1-9])", count, level.pattern or "") or None
