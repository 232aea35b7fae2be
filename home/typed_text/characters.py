"""Characters that look like others, or like nothing at all."""

import re
import unicodedata
from functools import cache
from pathlib import Path

RADICALS = Path(__file__).with_name("radicals.txt")

# Characters without a shape of their own: default ignorable code points of Unicode that are
# letters or marks (fillers of Hangul, variation selectors). Those of category Cf join them.
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
# Joiners and selectors shape emoji and some scripts; they stay in running text.
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")

# Capital letters of Cyrillic and Greek, and signs, that stand in for Latin ones when a keyboard
# or a document had another script (confusables of Unicode Technical Standard 39).
_LOOK_ALIKES = str.maketrans(
    "АВСЕНІЈКМОРЅТХУ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ" + "×✕✖╳⨯",
    "ABCEHIJKMOPSTXY" + "ABEZHIKMNOPTYX" + "XXXXX",
)


class TypedError(ValueError):
    """The text cannot be what was asked for; `message` tells the person what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


@cache
def _radicals() -> dict[int, str]:
    lines = RADICALS.read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {ord(radical): ideograph for radical, ideograph in pairs}


def fold_radicals(text: str) -> str:
    """Replace CJK radicals by the ideographs that they look like: ⻢涌 → 马涌, ⽂ → 文.

    The Kangxi radicals have NFKC mappings, those of the supplement have not.
    """
    text = text.translate(_radicals())
    return re.sub("[\u2f00-\u2fdf]", lambda found: unicodedata.normalize("NFKC", found[0]), text)


def without_invisible(text: str, keep: frozenset[str] = frozenset()) -> str:
    """Drop format characters, fillers, variation selectors and lone surrogates."""
    return "".join(
        sign
        for sign in _SURROGATES.sub("", text)
        if sign in keep or (unicodedata.category(sign) != "Cf" and not _IGNORABLE.match(sign))
    )


def one_line(text: str) -> str:
    """Visible characters with single spaces between words; composed, radicals folded."""
    text = without_invisible(text)
    text = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", fold_radicals(text)).split())


def paragraphs(text: str) -> str:
    """Running text of several lines without what cannot be seen or stored: controls, marks of
    direction, lone surrogates. Line ends become \\n; spaces within a line stay as typed."""
    text = _LINE_ENDS.sub("\n", text)
    text = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return unicodedata.normalize("NFC", fold_radicals(without_invisible(text, _JOINERS))).strip()


def plain(text: str) -> str:
    """NFKC (full-width forms become ASCII), digits of every script as 0–9, nothing invisible."""
    text = unicodedata.normalize("NFKC", one_line(text))
    return "".join(
        str(unicodedata.decimal(sign)) if sign.isdecimal() and not sign.isascii() else sign
        for sign in text
    )


def compact(text: str) -> str:
    """`plain`, in capitals, look-alikes as Latin letters, without spaces, dashes and dots."""
    folded = plain(text).upper().translate(_LOOK_ALIKES)
    kept = "".join(
        sign
        for sign in folded
        if not sign.isspace() and unicodedata.category(sign) != "Pd" and sign not in "·•.。,、_'\"`"
    )
    # Without the space before it, an accent may join a letter.
    return unicodedata.normalize("NFC", kept)
