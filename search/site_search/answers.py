"""Answers, not only links: one fact that the site holds as data, above the results.

A provider belongs to the app that owns the data. It answers only what it is sure of, and has
its fact from the same rules as the page that the card links to.
"""

from collections.abc import Callable
from dataclasses import dataclass

from .query import SiteQuery


@dataclass(frozen=True)
class AnswerCard:
    """`heading` names what was asked for, `answer` is the fact; `facts` are (label, words) beside
    it. `as_of` tells of which day the fact is, `source` where it comes from."""

    heading: str
    answer: str
    url: str
    link: str
    facts: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    source: str = ""
    more_url: str = ""
    more_link: str = ""
    is_sample: bool = False


Provider = Callable[[SiteQuery], AnswerCard | None]
_providers: dict[str, tuple[int, Provider]] = {}


def register_answers(name: str, provider: Provider, order: int = 50) -> None:
    """Add a provider; called in AppConfig.ready. Those of a lower order are asked first."""
    _providers[name] = (order, provider)


def answer_card(query: SiteQuery) -> AnswerCard | None:
    """The card of the first provider that is sure of its answer."""
    for _, provider in sorted(_providers.values(), key=lambda pair: pair[0]):
        card = provider(query)
        if card is not None:
            return card
    return None
