"""Names and addresses of service places for readers of English.

A name has its translation in `home/locale/en/`; one without, and every address, is written in
pinyin as the gazetteer writes place names: the app above registers how in `AppConfig.ready`.
"""

from collections.abc import Callable

from django.utils.translation import gettext

from .locales import HAN

_writers: dict[str, Callable[[str], str]] = {}


def register_latin(kind: str, write: Callable[[str], str]) -> None:
    """`write(text)` returns a `name` or an `address` in Latin letters, "" where it cannot."""
    _writers[kind] = write


def latin(kind: str, text: str) -> str:
    """The text in English or in pinyin; empty where neither is known."""
    translated = gettext(text)
    if not HAN.search(translated):
        return translated
    written = _writers[kind](text) if kind in _writers else ""
    return "" if HAN.search(written) else written
