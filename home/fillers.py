"""What stands for something else in the text of pages, e.g. `{figure:dibao}` for an amount.

An app registers a loader in AppConfig.ready. It gives a function from text to text for
the day on which it is called.
"""

from collections.abc import Callable

Filler = Callable[[str], str]
MARK = "{"
"""Every mark has one."""

_loaders: dict[str, Callable[[], Filler]] = {}


def register(name: str, load: Callable[[], Filler]) -> None:
    _loaders[name] = load


def load() -> Filler:
    """All registered fillers as one function."""
    fillers = [loader() for loader in _loaders.values()]

    def fill(text: str) -> str:
        for filler in fillers:
            text = filler(text)
        return text

    return fill


def filled(text: str) -> str:
    """The text as citizens read it today, e.g. with amounts for their marks."""
    return load()(text) if MARK in text else text
