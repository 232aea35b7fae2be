"""Where a complaint goes: what staff wrote for it (`SafetyCard`), or the report of a mistake on
this site."""

from collections.abc import Iterator

from django.urls import reverse

from .answers import AnswerCard
from .catalogue import catalogue
from .documents import Document
from .kinds import PAGE
from .query import SiteQuery
from .safety import Card, SafetyRules
from .terms import terms_of


def complaint_answer(query: SiteQuery) -> AnswerCard | None:
    """The number to ring, for every query that complains. None where the best page is one that
    editors wrote to be found by just this complaint (殡葬乱收费投诉)."""
    rules = catalogue().complaints
    card = _card_for(query, rules)
    if card is None or _has_page(query, rules):
        return None
    numbers = "、".join(number for number, _ in card.numbers)
    return AnswerCard(
        heading=card.title,
        answer=f"请打{numbers}",
        facts=(("管什么", card.text),) if card.text else (),
        url=card.page_url or reverse("feedback:report"),
        link=card.page_title or "本站的内容有错：我要找错",
    )


def _card_for(query: SiteQuery, rules: SafetyRules) -> Card | None:
    if alarm := rules.alarm_for(query):
        return alarm.card
    translated = (official for saying, official in query.officials if not saying)
    return next(filter(None, map(rules.card_for_words, translated)), None)


def _has_page(query: SiteQuery, rules: SafetyRules) -> bool:
    """Whether the best document has a phrase with a complaint of the same matter."""
    for best in catalogue().index.search(query)[:1]:
        for phrase in best.entry.phrases:
            of_what = rules.written.sub(" ", phrase)
            if of_what != phrase and set(terms_of(of_what)) & set(terms_of(query.written)):
                return True
    return False


def complaint_documents() -> Iterator[Document]:
    """The form on which mistakes of this site are reported."""
    yield Document(
        key="feedback",
        kind=PAGE,
        title="我要找错",
        url=reverse("feedback:report"),
        summary="网页上的内容、地名、电话写错了，链接打不开，请告诉我们。投诉和求助请打12345。",
        asked="网站有错\n内容写错了\n电话写错了\n网页打不开\n提意见\n投诉\n噪音投诉\n扰民投诉\n服务态度投诉\n意见反馈\n报错\n纠错",
    )
