"""Where a complaint goes: the hotline of the city, or the report of a mistake on this site."""

import re
from collections.abc import Iterator

from django.urls import reverse

from .answers import AnswerCard
from .catalogue import catalogue
from .documents import Document
from .kinds import PAGE
from .query import SiteQuery
from .terms import terms_of

_COMPLAINT = re.compile("投诉|举报|检举|告状|信访|扰民|噪音|噪声")
_DANGER = re.compile("虐|家暴|打|性侵|拐")
"""What has numbers of its own to ring (`safety`)."""


def complaint_answer(query: SiteQuery) -> AnswerCard | None:
    """The hotline, for every query that complains; 噪音 alone is a complaint too. None where the
    best page is one that editors wrote to be found by just this complaint (殡葬乱收费投诉)."""
    complains = _COMPLAINT.search(query.written) or ("", "投诉") in query.officials
    if not complains or _DANGER.search(query.written) or _has_page(query):
        return None
    return AnswerCard(
        heading="投诉、举报",
        answer="请打12345",
        facts=(("管什么", "对办事、服务的投诉，噪音、施工扰民，不知道归谁管的事"),),
        url=reverse("feedback:report"),
        link="本站的内容有错：我要找错",
    )


def _has_page(query: SiteQuery) -> bool:
    """Whether the best document has a phrase with a complaint of the same matter."""
    for best in catalogue().index.search(query)[:1]:
        for phrase in best.entry.phrases:
            of_what = _COMPLAINT.sub(" ", phrase)
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
