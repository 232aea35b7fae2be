"""One form for the ways to write a character, for text and queries alike."""

import unicodedata


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
