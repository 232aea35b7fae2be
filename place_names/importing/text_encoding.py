"""Which encoding the text of a file is in: guessed from its bytes, never from its label alone.

Text that is UTF-8 by its bytes is UTF-8, since hardly any other text is. GB18030 is different:
nearly every sequence of bytes is some Chinese text, so it must also read like one. Where the
bytes leave a doubt, the officer is asked.
"""

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from home.sandbox import FileRefusedError

ENCODINGS = {
    "utf-8-sig": "UTF-8",
    "gb18030": "GB18030（含GBK、GB2312）",
    "utf-16": "UTF-16（Excel“Unicode文本”）",
    "big5hkscs": "Big5（繁体，港澳）",
}
ASKED = ("gb18030", "big5hkscs")
SAMPLE = 1 << 16
COMMON_SHARE = 0.6
USUAL_SHARE = 0.8
_TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüĀÁǍÀĒÉĚÈŌÓǑÒ")
_BLOCK = 1 << 20
_BOMS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True)
class Verdict:
    """The encoding to read with; `doubts` are the possible ones when the bytes do not tell."""

    encoding: str
    doubts: tuple[str, ...] = ()


def of_file(path: Path, name: str) -> Verdict:
    """The encoding of a text file, of which every byte is looked at.

    Raises FileRefusedError when it is text in none of ENCODINGS.
    """
    with path.open("rb") as file:
        head = file.read(4096)
    if head.startswith(_BOMS):
        refuse_nul(path, name, "utf-16")
        return Verdict("utf-16")
    if _has_zero_byte(path):
        return _without_mark(path, name)
    if decodes(path, "utf-8-sig"):
        return Verdict("utf-8-sig")
    possible = [each for each in ASKED if decodes(path, each)]
    if not possible:
        raise FileRefusedError(f"“{name}”的编码既不是UTF-8也不是GB18030，请另存为UTF-8再导入。")
    if possible[0] == "gb18030" and reads_as_chinese(sample(path, "gb18030")):
        return Verdict("gb18030")
    return Verdict(possible[0], tuple(possible))


def _without_mark(path: Path, name: str) -> Verdict:
    """UTF-16 without a byte order mark: its ASCII characters have a zero byte on one side.

    Other text with a stray zero byte can be cut into pairs as well, but does not read like text.
    """
    for encoding in ("utf-16-le", "utf-16-be"):
        if decodes(path, encoding) and _reads_as_text(path, encoding):
            return Verdict(encoding)
    refuse_nul(path, name, "latin-1")
    raise FileRefusedError(f"“{name}”的编码认不出，请另存为UTF-8再上传。")


def _reads_as_text(path: Path, encoding: str) -> bool:
    """Whether the characters are mostly ASCII, letters with tones or common Chinese ones."""
    with path.open(encoding=encoding, newline="") as file:
        text = file.read(SAMPLE)
    good = sum(_is_usual(each) for each in text)
    return good >= USUAL_SHARE * len(text)


def _is_usual(letter: str) -> bool:
    is_latin = letter.isascii() or letter in _TONED
    return letter in "\t\r\n" or (letter.isprintable() and (is_latin or _is_common(letter)))


def _has_zero_byte(path: Path) -> bool:
    with path.open("rb") as file:
        return any(b"\x00" in block for block in iter(lambda: file.read(_BLOCK), b""))


def refuse_nul(path: Path, name: str, encoding: str) -> None:
    """Raises FileRefusedError with the line of the first NUL, which no text has."""
    line = 1
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        while block := file.read(_BLOCK):
            at = block.find("\x00")
            line += block.count("\n", 0, at) if at >= 0 else block.count("\n")
            if at >= 0:
                raise FileRefusedError(
                    f"“{name}”第{line}行有空字符（NUL），多半是导出时出了错。"
                    "请删去这个字符，或者另存为UTF-8，再上传。"
                )


def decodes(path: Path, encoding: str) -> bool:
    """Whether every byte of the file is text in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                if "\x00" in decoder.decode(block):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def sample(path: Path, encoding: str) -> str:
    """The non-ASCII characters of a file, as many as are needed to judge them."""
    found: list[str] = []
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        while len(found) < SAMPLE and (block := file.read(SAMPLE)):
            found += [each for each in block if each > "\x7f"]
    return "".join(found[:SAMPLE])


def reads_as_chinese(text: str) -> bool:
    """Whether the non-ASCII characters are mostly common Chinese ones (GB 2312, level 1)."""
    letters = [each for each in text if each > "\x7f"]
    common = sum(map(_is_common, letters))
    return common >= COMMON_SHARE * len(letters)


def _is_common(letter: str) -> bool:
    try:
        first = letter.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return 0xA1 <= first <= 0xA3 or 0xB0 <= first <= 0xD7


def of_fields(fields: Iterable[bytes], declared: str = "") -> Verdict:
    """The encoding of short texts, the last character of which may be cut off.

    `declared` is what the file says of itself, as Python names it, or empty. It decides only
    where the bytes allow it.
    """
    fields = [each for each in fields if not each.isascii()]
    if not fields:
        return Verdict("utf-8")
    texts = {encoding: _decoded(fields, encoding) for encoding in ("utf-8", *ASKED)}
    unicode, chinese = texts["utf-8"], texts["gb18030"]
    if unicode is not None and (any(each > "⺀" for each in unicode) or declared == "utf-8"):
        return Verdict("utf-8")
    if unicode is None and chinese and not chinese.isascii() and reads_as_chinese(chinese):
        return Verdict("gb18030")
    if declared not in ("", "utf-8") and _decoded(fields, declared) is not None:
        return Verdict(declared)
    possible = [encoding for encoding, text in texts.items() if text is not None]
    if not possible:
        raise FileRefusedError("属性表的文字编码认不出，请在原软件中另存为UTF-8再导入。")
    return Verdict(possible[0], tuple(possible))


def _decoded(fields: list[bytes], encoding: str) -> str | None:
    """All fields as one text; None when one is not text in the encoding."""
    make: Callable = codecs.getincrementaldecoder(encoding)
    try:
        return "".join(make().decode(each) for each in fields)  # not final: the end may be cut
    except UnicodeDecodeError:
        return None


def cut_off(fields: Iterable[bytes], encoding: str) -> int:
    """How many of the texts end within a character."""
    count = 0
    for each in fields:
        try:
            each.decode(encoding)
        except UnicodeDecodeError:
            count += 1
    return count


def python_name(declared: str) -> str:
    """What a .cpg file says ("UTF-8", "936", "OEM 936", "ISO 88591") in Python's words."""
    text = declared.strip().lower().removeprefix("oem").removeprefix("ansi").strip()
    if text.startswith(("iso 8859", "8859", "88591")):
        part = text.removeprefix("iso").strip().removeprefix("8859").lstrip("-_ ")
        text = f"iso8859-{part or 1}"
    elif text.isdigit():
        text = f"cp{text}"
    try:
        found = codecs.lookup(text).name if text else ""
    except LookupError:
        return ""
    known = {"gbk": "gb18030", "gb2312": "gb18030", "cp936": "gb18030", "utf-8-sig": "utf-8",
             "cp65001": "utf-8", "big5": "big5hkscs", "cp950": "big5hkscs"}  # fmt: skip
    return known.get(found, found)
