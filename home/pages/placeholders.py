"""Placeholders in the text of pages: `{figure:dibao}` stands for an amount that may change.

Apps register in AppConfig.ready how theirs are substituted. A loader is called once for each
text or page and returns the substitution as it holds on that day.
"""

from collections.abc import Callable

Substitution = Callable[[str], str]
OPENING = "{"
"""Every placeholder begins so; text without it needs no substitution."""

_loaders: dict[str, Callable[[], Substitution]] = {}


def register(name: str, load: Callable[[], Substitution]) -> None:
    """`load()` returns a function from text to text; the same name again replaces it."""
    _loaders[name] = load


def load() -> Substitution:
    """All registered substitutions as one function."""
    substitutions = [loader() for loader in _loaders.values()]

    def substitute(text: str) -> str:
        for substitution in substitutions:
            text = substitution(text)
        return text

    return substitute


def substituted(text: str) -> str:
    """The text as the public reads it today, with values for its placeholders."""
    return load()(text) if OPENING in text else text
