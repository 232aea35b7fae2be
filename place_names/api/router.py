"""The register for programs: search, one record, its names in time."""

from dataclasses import replace
from typing import Literal

from django.http import Http404
from django.urls import reverse
from ninja import Query, Router

from home.pages.sitemap import public_url
from place_names.geometry.coordinates import published, published_point
from place_names.models import Category, PlaceName, RegisterSettings, Subdistrict
from place_names.names import addresses, history
from place_names.ogc.asking import read_box
from place_names.open_data.http import json_response
from place_names.open_data.problems import PROBLEM_TYPE
from place_names.views.one_name import sorted_subdistricts
from place_names.years import EARLIEST, LATEST
from search.places.engines import place_search
from search.places.filters import Filters
from search.site_search.query import clean

from . import answers, asking, naming
from .facts import facts_of
from .looking_up import looked_up
from .schemas import (
    FacetsOut,
    HistoryOut,
    LookupIn,
    LookupList,
    Named,
    PlaceDetail,
    PlacePage,
    RecordList,
    ReverseOut,
    SuggestionOut,
)

# What is asked often is answered as it is: checking an answer against its schema takes longer than
# making it. The tests compare such answers with their schemas.
router = Router(tags=["地名"])
PAGE_SIZE = 50
YEAR_MEANS = (
    "该年有效的地名：起始年份有记载、该年在用的。起始年份不详的不在内，条数见start_unknown，"
    "用start=unknown列出"
)
START_MEANS = "起始年份是否有记载；问了年份时默认known，起始年份不详的（unknown）另成一组"
_PROBLEM = {"content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
PROBLEMS = {
    "responses": {
        400: {"description": "请求有误，说明怎样才对"} | _PROBLEM,
        422: {"description": "参数有误，说明怎样才对"} | _PROBLEM,
    }
}
TOO_LARGE = {"responses": PROBLEMS["responses"] | {413: {"description": "内容过大"} | _PROBLEM}}
NOT_FOUND = {"responses": PROBLEMS["responses"] | {404: {"description": "没有找到"} | _PROBLEM}}


def _named(record) -> dict:
    return {"code": record.code, "name": record.name}


def _facts(place: PlaceName, subdistricts: list[Subdistrict], decimals: int) -> dict:
    return {
        "code": place.code,
        "name": place.name,
        "romanisation": place.romanisation,
        "status": place.status,
        "category": _named(place.category),
        "subdistricts": [_named(each) for each in subdistricts],
        "year_established": place.year_established,
        "year_abolished": place.public_end[0],
        "point": published_point(place.lon, place.lat, decimals),
        "address": place.get_absolute_url(),
    }


def _place(code: str) -> PlaceName:
    """The published name of a code; a code that was corrected since answers as well."""
    code = addresses.current_code(code[:20]) or code[:20]
    place = PlaceName.objects.published().select_related("category").filter(code=code).first()
    if place is None:
        raise Http404("没有这个代码的地名。")
    return place


@router.get("/", response=PlacePage, summary="查地名", openapi_extra=PROBLEMS)
def find(
    request,
    q: str = Query("", max_length=200, description="汉字、拼音或拼音首字母"),
    category: asking.Category = "",
    subdistrict: asking.Subdistrict = "",
    status: asking.Status = "",
    year: int | None = Query(None, ge=EARLIEST, le=LATEST, description=YEAR_MEANS),
    start: Literal["known", "unknown", "all"] | None = Query(None, description=START_MEANS),
    variant: bool | None = Query(None, description="是否有别名或曾用名"),
    near: asking.Point = "",
    bbox: asking.Box = "",
    sort: Literal["relevance", "name", "distance"] = Query(
        "relevance", description="distance须同时给near"
    ),
    geometry: bool = Query(False, description="是否要图形"),
    limit: int = Query(PAGE_SIZE, ge=1, le=100, description="每页条数"),
    page: int = Query(1, ge=1, le=500),
):
    register = RegisterSettings.in_force()
    point = asking.read_near(near)
    filters = _filters(category, subdistrict, status, year, variant, bbox, start)
    text = addresses.of_today(clean(q))
    result = place_search().search(
        text,
        filters,
        sort=asking.read_sort(sort, point),
        near=point,
        page=page,
        page_size=limit,
        facets=False,
    )
    ids = [hit.id for hit in result.hits]
    known = facts_of(ids)
    # Few ask for them, and they are read for those alone.
    shapes = (
        dict(PlaceName.objects.filter(pk__in=ids).values_list("pk", "geometry")) if geometry else {}
    )
    former = history.former_names(ids, year) if year else {}
    items = [
        known[hit.id]
        | {
            "distance": None if hit.distance is None else round(hit.distance, 1),
            "geometry": published(shapes.get(hit.id), register.published_decimals),
            "reason": hit.reason,
            "names_then": former.get(hit.id, []),
            "start_known": hit.place.since is not None,
        }
        for hit in result.hits
        if hit.id in known
    ]
    return json_response(
        {
            "label": register.label,
            "total": result.total,
            "more": result.more or result.total > result.pages * limit,
            "start_unknown": _count_of_unknown_start(text, filters),
            "page": result.page,
            "pages": result.pages,
            "items": items,
        }
    )


def _count_of_unknown_start(text: str, filters: Filters) -> int | None:
    if filters.year is None:
        return None
    unknown = replace(filters, start_known=False)
    return place_search().search(text, unknown, page_size=1, facets=False).total


def _start_known(start: str | None, year: int | None) -> bool | None:
    """Of a year, those known to have been valid then, unless others are asked for."""
    return {None: None if year is None else True, "known": True, "unknown": False, "all": None}[
        start
    ]


def _filters(category, subdistrict, status, year, variant, bbox, start=None) -> Filters:
    asking.check_codes(category, subdistrict)
    return Filters(
        category=category or None,
        subdistrict=subdistrict or None,
        status=status or None,
        year=year,
        has_variant=variant,
        bbox=read_box(bbox) if bbox else None,
        start_known=_start_known(start, year),
    )


@router.get(
    "/list", response=RecordList, summary="全部地名，逐页；或某时以来的变动", openapi_extra=PROBLEMS
)
def records(
    request,
    category: asking.Category = "",
    subdistrict: asking.Subdistrict = "",
    status: asking.Status = "",
    year: int | None = Query(None, ge=EARLIEST, le=LATEST, description=YEAR_MEANS),
    start: Literal["known", "unknown", "all"] | None = Query(None, description=START_MEANS),
    bbox: asking.Box = "",
    changed_since: asking.Moment = "",
    sort: Literal["code", "name", "changed"] = Query("code"),
    geometry: bool = Query(False, description="是否要图形"),
    limit: int = Query(100, ge=1, le=1000, description="每页条数"),
    cursor: str = Query("", max_length=1000, description="上一页的next里给出"),
):
    """每页从上一页最后一条之后开始，所以中间有变动也不重不漏；条数多少都一样快。"""
    asking.check_codes(category, subdistrict)
    asked = (category, subdistrict, status, year)
    box = read_box(bbox) if bbox else None
    since = asking.read_moment(changed_since)
    places = answers.selected(*asked, _start_known(start, year), box, since)
    unknown = answers.selected(*asked, False, box, since).count() if year else None
    items, following = answers.page_of(places, sort, cursor, limit, geometry)
    words = request.GET.copy()
    if following:
        words["cursor"] = following
    return {
        "label": RegisterSettings.in_force().label,
        "total": places.count(),
        "start_unknown": unknown,
        "next": public_url(request, f"{request.path}?{words.urlencode()}") if following else None,
        "items": items,
    }


@router.get(
    "/suggest", response=list[SuggestionOut], summary="边输入边提示", openapi_extra=PROBLEMS
)
def suggest(request, q: str = Query(..., max_length=200), limit: int = Query(8, ge=1, le=20)):
    hits = place_search().suggest(addresses.of_today(clean(q)), limit)
    # A search server may still have what was withdrawn a moment ago.
    known = facts_of(hit.id for hit in hits)
    return json_response(
        [
            {
                "code": hit.code,
                "name": known[hit.id]["name"],
                "reason": hit.reason,
                "address": reverse("place_names:place_name", args=[hit.code]),
            }
            for hit in hits
            if hit.id in known
        ]
    )


@router.get(
    "/facets", response=FacetsOut, summary="各类别、街道、状态的条数", openapi_extra=PROBLEMS
)
def facets(
    request,
    q: str = Query("", max_length=200),
    category: asking.Category = "",
    subdistrict: asking.Subdistrict = "",
    status: asking.Status = "",
    year: int | None = Query(None, ge=EARLIEST, le=LATEST),
    start: Literal["known", "unknown", "all"] | None = Query(None, description=START_MEANS),
    variant: bool | None = None,
    bbox: asking.Box = "",
):
    filters = _filters(category, subdistrict, status, year, variant, bbox, start)
    return answers.facets(addresses.of_today(clean(q)), filters)


@router.get("/reverse", response=ReverseOut, summary="这里是哪里", openapi_extra=PROBLEMS)
def what_is_here(
    request,
    x: float = Query(..., description="经度，或东坐标"),
    y: float = Query(..., description="纬度，或北坐标"),
    crs: asking.System = "CGCS2000",
    limit: int = Query(5, ge=1, le=50),
):
    position = asking.read_position(x, y, crs)
    register = RegisterSettings.in_force()
    area, names = answers.here(position.lon, position.lat, limit)
    return json_response(
        {
            "label": register.label,
            "point": [round(position.lon, 7), round(position.lat, 7)],
            "note": position.note + ("" if area else "所问的点不在海珠区街道范围内。"),
            "subdistrict": area,
            "names": names,
        }
    )


@router.post(
    "/lookup", response=LookupList, summary="一次查许多名称或代码", openapi_extra=TOO_LARGE
)
def lookup(request, asked: LookupIn):
    """只查写法或拼音相同的；写错的名称请用reconcile接口。所问的名称不保存。"""
    items = looked_up([clean(text)[:200] for text in asked.texts])
    return {
        "label": RegisterSettings.in_force().label,
        "found": sum(1 for each in items if each["places"]),
        "items": items,
    }


@router.get("/categories", response=list[Named], summary="地名类别", url_name="categories")
def categories(request):
    return list(Category.objects.all())


@router.get("/subdistricts", response=list[Named], summary="街道")
def subdistricts(request):
    return list(Subdistrict.objects.only("code", "name"))


router.get("/check", response=naming.CheckOut, summary="地名命名预审", openapi_extra=PROBLEMS)(
    naming.check_name
)


@router.get("/{code}", response=PlaceDetail, summary="一条地名", openapi_extra=NOT_FOUND)
def one(request, code: str):
    place = _place(code)
    register = RegisterSettings.in_force()
    texts = ("specific", "generic", "meaning", "origin", "history", "description", "sources")
    return (
        _facts(place, sorted_subdistricts(place), register.published_decimals)
        | {name: getattr(place, name) for name in texts}
        | {
            "label": register.label,
            "variants": list(place.variants.all()),
            "replaced_by": [
                _named(link.successor)
                for link in history.links_of(place)
                if link.predecessor_id == place.pk and link.kind != "split_off"
            ],
            "geometry": published(place.geometry, register.published_decimals),
        }
    )


@router.get(
    "/{code}/history",
    response=HistoryOut,
    summary="名称的变化，或某一年的名称",
    openapi_extra=NOT_FOUND,
)
def names_in_time(request, code: str, year: int | None = Query(None, ge=EARLIEST, le=LATEST)):
    place = _place(code)
    links = history.links_of(place)
    spans = history.spans(place, links)
    return {
        "label": RegisterSettings.in_force().label,
        "code": place.code,
        "year": year,
        "names": [
            {
                "name": span.name,
                "romanisation": span.romanisation,
                "year_from": span.year_from,
                "year_to": span.year_to,
                "code": span.place.code,
            }
            for span in (history.names_in(place, year, spans) if year else spans)
        ],
        "became": [_named(link.successor) for link in links if link.predecessor_id == place.pk],
        "came_from": [_named(link.predecessor) for link in links if link.successor_id == place.pk],
    }
