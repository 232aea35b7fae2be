"""The register for programs: search, one record, its names in time."""

from django.http import Http404
from ninja import Field, Query, Router, Schema

from search.engines import place_search
from search.filters import Filters
from search.question import clean

from . import history
from .coordinates import published, published_point
from .models import Category, PlaceName, RegisterSettings, Subdistrict
from .views.one_name import sorted_subdistricts
from .views.paging import page_number
from .years import EARLIEST, LATEST

router = Router(tags=["地名"])
PAGE_SIZE = 50


class Named(Schema):
    code: str
    name: str


class VariantOut(Schema):
    kind: str = Field(description="alias 别名、short 简称、former 曾用名、dialect 方言读音")
    name: str
    romanisation: str
    year_from: int | None
    year_to: int | None


class SpanOut(Schema):
    name: str
    romanisation: str
    year_from: int | None = Field(description="起用年份，null为不详")
    year_to: int | None = Field(description="停用年份，null为不详或沿用至今")
    code: str = Field(description="记载该名称的地名代码")


class PlaceOut(Schema):
    code: str
    name: str
    romanisation: str
    status: str = Field(description="standard 标准、historical 历史、abolished 已废止")
    category: Named
    subdistricts: list[Named] = Field(description="所在街道，第一个为主要街道")
    year_established: int | None
    year_abolished: int | None
    point: list[float] | None = Field(description="经度、纬度（CGCS2000）")
    address: str = Field(description="公众页面")


class FoundPlace(PlaceOut):
    reason: str = Field(description="为什么找到，可为空")
    names_then: list[str] = Field(description="问了年份时，该年的曾用名")


class PlacePage(Schema):
    label: str = Field(description="数据标注，例如“示例数据”")
    total: int
    page: int
    pages: int
    items: list[FoundPlace]


class PlaceDetail(PlaceOut):
    label: str
    specific: str
    generic: str
    meaning: str
    origin: str
    history: str
    description: str
    sources: str
    variants: list[VariantOut]
    geometry: dict | None = Field(description="GeoJSON（CGCS2000），精度由主管单位设定")


class HistoryOut(Schema):
    label: str
    code: str
    year: int | None
    names: list[SpanOut] = Field(description="问了年份时，为该年的名称；否则为全部名称")
    became: list[Named] = Field(description="更名后或并入的地名")
    came_from: list[Named] = Field(description="更名前或并入本地名的地名")


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
        "year_abolished": place.year_abolished,
        "point": published_point(place.lon, place.lat, decimals),
        "address": place.get_absolute_url(),
    }


def _place(code: str) -> PlaceName:
    place = PlaceName.objects.published().select_related("category").filter(code=code[:20]).first()
    if place is None:
        raise Http404("没有这个代码的地名。")
    return place


@router.get("/", response=PlacePage, summary="查地名")
def find(
    request,
    q: str = Query("", max_length=200, description="汉字、拼音或拼音首字母"),
    category: str = Query("", max_length=5, description="五位类别代码，含下级"),
    subdistrict: str = Query("", max_length=9, description="九位街道代码"),
    status: str = Query("", max_length=10),
    year: int | None = Query(None, ge=EARLIEST, le=LATEST, description="该年有效的地名"),
    page: int = Query(1, ge=1, le=500),
):
    register = RegisterSettings.in_force()
    filters = Filters(
        category=category or None, subdistrict=subdistrict or None, status=status or None, year=year
    )
    result = place_search().search(
        clean(q), filters, page=page_number(str(page)), page_size=PAGE_SIZE, facets=False
    )
    places = (
        PlaceName.objects.published()
        .select_related("category")
        .prefetch_related("variants", "place_subdistricts__subdistrict")
        .in_bulk([hit.id for hit in result.hits])
    )
    items = [
        _facts(place, sorted_subdistricts(place), register.published_decimals)
        | {
            "reason": hit.reason,
            "names_then": history.former_names_in(place, year) if year else [],
        }
        for hit in result.hits
        if (place := places.get(hit.id))
    ]
    return {
        "label": register.label,
        "total": result.total,
        "page": result.page,
        "pages": result.pages,
        "items": items,
    }


@router.get("/categories", response=list[Named], summary="地名类别")
def categories(request):
    return list(Category.objects.all())


@router.get("/subdistricts", response=list[Named], summary="街道")
def subdistricts(request):
    return list(Subdistrict.objects.only("code", "name"))


@router.get("/{code}", response=PlaceDetail, summary="一条地名")
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
            "geometry": published(place.geometry, register.published_decimals),
        }
    )


@router.get("/{code}/history", response=HistoryOut, summary="名称的变化，或某一年的名称")
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
