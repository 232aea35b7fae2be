"""One form for every way to write the same character."""

import re
import unicodedata
from functools import cache
from pathlib import Path

from home.typed_text.characters import fold_radicals

DATA = Path(__file__).resolve().parent.parent / "data"


def data_lines(name: str) -> list[str]:
    """The lines of a file of search/data without comments and blank lines."""
    text = (DATA / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def _simplified() -> dict[int, str]:
    pairs = (line.split("\t") for line in data_lines("simplified.txt"))
    return {ord(traditional): simplified for traditional, simplified in pairs}


# Controls become spaces; marks of direction, joiners and lone surrogates vanish.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ud800-\udfff]+"
)
_SPACES = re.compile(r"\s+")
_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")


def normalise(text: str) -> str:
    """NFKC, radicals as characters, lower case, simplified characters, no invisible characters, single spaces,
    no marks between thousands (1,680 → 1680).

    Any string is accepted, lone surrogates and controls included. Idempotent.
    """
    text = fold_radicals(_INVISIBLE.sub("", _CONTROLS.sub(" ", text)))
    text = unicodedata.normalize("NFKC", text).casefold().translate(_simplified())
    # Case folding may take characters apart (ǰ) that NFKC would compose again.
    text = unicodedata.normalize("NFKC", text)
    return _SPACES.sub(" ", _THOUSANDS.sub("", text)).strip()


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (with 〇, without radicals and punctuation)."""
    code = ord(character)
    return (
        0x4E00 <= code <= 0x9FFF
        or 0x3400 <= code <= 0x4DBF
        or code == 0x3007
        or 0xF900 <= code <= 0xFAFF
        or 0x20000 <= code <= 0x3FFFF
    )


def name_key(text: str) -> str:
    """The letters, digits and characters of a name, without spaces and punctuation."""
    return "".join(filter(str.isalnum, normalise(text)))


def strip_tones(text: str) -> str:
    """Latin letters without tone marks; ü becomes v: Lǜyuàn → lvyuan."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    decomposed = decomposed.replace("u\u0308", "v").replace("u:", "v")
    kept = "".join(c for c in decomposed if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", kept)
