"""The amount or rate that a query asks for, from the dated figures."""

import datetime
import re

from django.utils import timezone

from home.cache.memoize import memoized
from search.analysis import name_key
from search.models import AskedWords
from search.site_search.answers import AnswerCard
from search.site_search.catalogue import catalogue
from search.site_search.kinds import GUIDE
from search.site_search.query import SiteQuery

from .models import Figure, day_in_words
from .rendering import FigureLookup, figures_with_values, in_words, value_on

_ASKS_AMOUNT = re.compile("多少|几多|几钱|几元|标准|金额|百分之几|比例")
_YEAR = re.compile("(20[0-9]{2})年?度?")
# What says no more than that an amount is asked for, and of when and where.
_EMPTY = re.compile(
    "多少钱|多少|几多钱|几多|几钱|几元|标准|金额|百分之几|比例|现行|现在|目前|今年|最新|当前"
    "|每个月|每月|一个月|每年|一年|每人|月|海珠区|海珠|广州市|广州|的|是|系|有|能|可以|领取|领|拿|给|发"
    "|钱|元|啊|呢|吗|呀|请问|我|想问|问"
)
_BRACKETS = re.compile("[（(]([^）)]*)[）)]")


def amount_answer(query: SiteQuery) -> AnswerCard | None:
    """The card of a figure, where nothing but its name and an amount is asked for.

    A year in the query asks for the value of that year; without one of it there is no card.
    """
    key = name_key(query.written)
    if not _ASKS_AMOUNT.search(key):
        return None
    years = _YEAR.findall(key)
    subject = _subject(_YEAR.sub("", key))
    figures = memoized("figures by what they are called", _by_name).get(subject, ())
    if len(subject) < 2 or len(figures) != 1 or len(years) > 1:
        return None
    return _card(query, figures[0], int(years[0]) if years else None)


def _card(query: SiteQuery, figure: Figure, year: int | None) -> AnswerCard | None:
    # A target that a plan has set for now is no amount that anybody gets.
    reached = [value for value in FigureLookup().history(figure.slug) if not value.is_target]
    if year is None:
        found = in_words(reached, timezone.localdate())
    else:
        value = value_on(reached, datetime.date(year, 12, 31))
        told = f"{value.period} {value.valid_from.year}" if value else ""
        found = (value, value.shown()) if value and str(year) in told else None
    if found is None:
        return None
    value, words = found
    today = timezone.localdate()
    if value.period:
        as_of = f"数据时间：{value.period}"
    else:
        as_of = f"{day_in_words(value.valid_from)}起执行，{day_in_words(today)}查询"
    guide = _guide(query, figure)
    own = figure.get_absolute_url()
    return AnswerCard(
        heading=figure.name,
        answer=words,
        url=guide[0] if guide else own,
        link=f"怎么办：{guide[1]}" if guide else "历年数据和出处",
        more_url=own if guide else "",
        more_link="历年数据和出处" if guide else "",
        as_of=as_of,
        source=figure.source,
        is_sample=figure.is_sample,
    )


def _guide(query: SiteQuery, figure: Figure) -> tuple[str, str] | None:
    """Address and title of the guide that shows the figure and answers the query best."""
    uses = {f"page:{page}" for page in figure.uses.values_list("page", flat=True)}
    for scored in catalogue().index.search(query):
        document = scored.entry.document
        if document.kind == GUIDE and document.key in uses:
            return document.url, document.title
    return None


def _subject(key: str) -> str:
    return _EMPTY.sub("", key)


def _by_name() -> dict[str, tuple[Figure, ...]]:
    """Figures by their name, by what stands there in brackets, and as the editors say that
    people call them."""
    asked = dict(AskedWords.objects.values_list("document", "words"))
    found: dict[str, dict[int, Figure]] = {}
    for figure in figures_with_values().values():
        names = [_BRACKETS.sub("", figure.name), figure.name, *_BRACKETS.findall(figure.name)]
        names += asked.get(f"figure:{figure.slug}", "").splitlines()
        for name in names:
            subject = _subject(name_key(name))
            if len(subject) > 1:
                found.setdefault(subject, {})[figure.pk] = figure
    return {subject: tuple(figures.values()) for subject, figures in found.items()}
