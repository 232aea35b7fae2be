"""Figures with their sources and history, service guides, policies."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from ninja import Query, Router
from ninja.errors import ValidationError

from home.models import SectionPage
from home.pages.sitemap import public_url
from home.pages.visibility import open_to_all

from ..figures.models import Figure
from ..figures.rendering import FigureLookup
from ..models import GuidePage, PolicyPage
from . import answers
from .schemas import (
    FigureDetail,
    FigureList,
    GuideDetail,
    GuideList,
    PolicyDetail,
    PolicyList,
)

router = Router()
MAX_LIMIT = 200
Day = Annotated[date | None, Query(description="哪一天的数值，写作2026-01-31，不填为今天")]


@router.get("/figures", response=FigureList, summary="民政数据", tags=["民政数据"])
def figures(
    request,
    area: str = Query("", max_length=30, description="领域，例如社会救助"),
    as_of: Day = None,
):
    """政策标准、指标和工作数据，各有出处；is_sample为true的是示例。"""
    lookup = FigureLookup(as_of)
    found = Figure.objects.filter(live=True)
    if area and not found.filter(area=area).exists():
        known = found.exclude(area="").order_by("area").values_list("area", flat=True)
        raise _no_such("area", known.distinct())
    items = list(found.filter(area=area) if area else found)
    return {
        "total": len(items),
        "as_of": as_of or localdate(),
        "items": [answers.figure(each, lookup, request) for each in items],
    }


@router.get("/figures/{code}", response=FigureDetail, summary="一项数据", tags=["民政数据"])
def figure(request, code: str, as_of: Day = None):
    lookup = FigureLookup(as_of)
    found = Figure.objects.filter(live=True, slug=code[:60]).first()
    if found is None:
        raise Http404
    values = [answers.value(each) for each in lookup.history(found.slug)]
    return answers.figure(found, lookup, request) | {"values": values}


@router.get("/guides", response=GuideList, summary="办事指南", tags=["办事指南和政策"])
def guides(
    request,
    section: str = Query("", max_length=80, description="业务领域的slug"),
    way: Literal["internet", "counter", "post"] | None = Query(None, description="怎么办"),
    limit: int = Query(50, ge=1, le=MAX_LIMIT),
    after: int = Query(0, ge=0, le=2**31 - 1, description="上一页最后一条的id，next里已给出"),
):
    found = open_to_all(GuidePage.objects).select_related("section").defer_streamfields()
    found = found.filter(section__slug=_area(section)) if section else found
    found = found.filter(**{GuidePage.WAYS[way][0]: True}) if way else found
    return _page_of(request, found, limit, after, answers.guide)


@router.get("/guides/{slug}", response=GuideDetail, summary="一份指南", tags=["办事指南和政策"])
def guide(request, slug: str):
    page = _one(GuidePage, slug)
    return answers.guide_detail(page, request, FigureLookup())


@router.get("/policies", response=PolicyList, summary="政策文件", tags=["办事指南和政策"])
def policies(
    request,
    section: str = Query("", max_length=80, description="业务领域的slug"),
    state: Literal["coming", "in_force", "ended"] | None = Query(None, description="效力"),
    limit: int = Query(50, ge=1, le=MAX_LIMIT),
    after: int = Query(0, ge=0, le=2**31 - 1, description="上一页最后一条的id，next里已给出"),
):
    found = open_to_all(PolicyPage.objects).select_related("section").defer_streamfields()
    found = found.filter(section__slug=_area(section)) if section else found
    found = found.in_state(state, localdate()) if state else found
    return _page_of(request, found, limit, after, answers.policy)


@router.get("/policies/{slug}", response=PolicyDetail, summary="一份文件", tags=["办事指南和政策"])
def policy(request, slug: str):
    page = _one(PolicyPage, slug)
    return answers.policy_detail(page, request, FigureLookup())


def _area(slug: str) -> str:
    """The slug of a public area. Raises RequestError for any other."""
    known = [area.slug for area in SectionPage.areas()]
    if slug not in known:
        raise _no_such("section", known)
    return slug


def _no_such(parameter: str, known: Iterable[str]) -> ValidationError:
    """A value that the parameter cannot have, with those that it can."""
    expected = {"expected": ", ".join(known)}
    return ValidationError(
        [{"type": "literal_error", "loc": ("query", parameter), "ctx": expected}]
    )


def _one(model: type, slug: str):
    page = open_to_all(model.objects).filter(slug=slug[:255]).select_related("section").first()
    if page is None:
        raise Http404
    return page


def _page_of(request: HttpRequest, found: QuerySet, limit: int, after: int, make) -> dict:
    """A page in the order of the keys: it starts after a record, so none is missed or repeated."""
    lookup = FigureLookup()
    pages = list(found.filter(pk__gt=after).order_by("pk")[: limit + 1])
    following = None
    if len(pages) > limit:
        pages = pages[:limit]
        words = request.GET.copy()
        words["after"] = str(pages[-1].pk)
        following = public_url(request, f"{request.path}?{words.urlencode()}")
    return {
        "total": found.count(),
        "next": following,
        "items": [make(page, request, lookup) for page in pages],
    }
