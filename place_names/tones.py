"""Tone marks of Hanyu Pinyin."""

import unicodedata

_TONES = {"\u0304", "\u0301", "\u030c", "\u0300"}


def without_tones(romanisation: str) -> str:
    """The spelling without its four tone marks; ü keeps its dots: Lǜyuán Lù → Lüyuan Lu."""
    parts = unicodedata.normalize("NFD", romanisation)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
