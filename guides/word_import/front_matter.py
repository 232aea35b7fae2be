"""Title, document number and dates, as official documents set them (GB/T 9704-2012)."""

import re

from .package import W
from .styles import Styles

NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(【]\s*\d{4}\s*[〕\]）)】]\s*第?\d{1,4}号")
DATE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
CHINESE_DATE = re.compile(
    r"([〇○Ｏ零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日"
)
IN_FORCE = re.compile(r"自([^，。；]{0,20}?(?:起|之日起))(?:施行|执行|实施)")
VALID_FOR = re.compile(r"有效期(?:至|为)?[^，。；]{1,20}")
DIGITS = {
    **{letter: str(n) for n, letter in enumerate("〇一二三四五六七八九")},
    "○": "0",
    "Ｏ": "0",
    "零": "0",
}
SECTION = re.compile(
    r"^(?:第[〇零一二三四五六七八九十百\d]+[编章节条]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十\d]+[）)]|\d+[.．、])"
)
TITLE_WITHIN, TITLE_LENGTH = 12, 90


def title_paragraphs(paragraphs: list, styles: Styles, text_of) -> list:
    """The paragraphs that are the title: by style, the only first-level heading, or centred.

    The property of the file is no title: it is the template's as a rule.
    """
    written = [paragraph for paragraph in paragraphs if text_of(paragraph).strip()]
    titles = [paragraph for paragraph in written if styles.is_title(paragraph)]
    if titles:
        return titles[:1]
    top = [paragraph for paragraph in written if styles.outline_level(paragraph) == 1]
    if len(top) == 1 and not SECTION.match(text_of(top[0])):
        return top
    found = []
    for paragraph in written[:TITLE_WITHIN] if not top else ():
        alignment = styles.property(paragraph, "jc")
        is_centred = alignment is not None and alignment.get(f"{W}val") == "center"
        text = text_of(paragraph).strip()
        if is_centred and len(text) <= TITLE_LENGTH and not NUMBER.fullmatch(text):
            found.append(paragraph)
        elif found:
            break
        elif is_centred or NUMBER.search(text):
            continue
        elif len(text) > TITLE_LENGTH or text.endswith(("。", "：", ":")):
            break
    return found[:3] if not _is_date("".join(map(text_of, found))) else []


def one_title(lines: list[str]) -> str:
    """A title over several lines as one; a space only where words of letters would run together."""
    title = ""
    for line in filter(None, (" ".join(line.split()) for line in lines)):
        apart = title and title[-1].isascii() and line[0].isascii()
        title += f" {line}" if apart else line
    return title


def document_number(texts: list[str]) -> str:
    return next((match[0] for text in texts[:20] if (match := NUMBER.search(text))), "")


def _is_date(text: str) -> bool:
    text = text.strip()
    return bool(DATE.fullmatch(text) or CHINESE_DATE.fullmatch(text))


def dates(texts: list[str]) -> list[str]:
    """Lines that are nothing but a date: the date of the document is the last of them."""
    return [text.strip() for text in texts if _is_date(text)]


def validity(texts: list[str]) -> list[str]:
    """What the text says of its entry into force and its end."""
    found = []
    for text in texts:
        found += [match[0] for pattern in (IN_FORCE, VALID_FOR) for match in pattern.finditer(text)]
    return found[:5]
