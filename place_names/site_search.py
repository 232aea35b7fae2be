"""Place names in site search: names as a source, the pages about areas as documents."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.urls import reverse

import home.subdistricts
from search.places import ranking
from search.places.engines import place_search
from search.places.results import Hit
from search.site_search import sources
from search.site_search.documents import Document
from search.site_search.kinds import APPLICATION, PLACE

from .kinds import icon_of
from .models import PlaceName, RegisterSettings
from .names import addresses

# How the match of a name compares with that of a page (see search.site_search.sources.Hit.score).
SCORES = {
    ranking.EXACT: 100,
    ranking.CODE: 100,
    ranking.PINYIN: 98,
    ranking.DIGITS_EQUAL: 96,
    ranking.SPECIFIC: 92,
    ranking.INITIALS: 90,
    ranking.PINYIN_SPECIFIC: 88,
    ranking.PREFIX: 70,
    ranking.MIXED: 70,
    ranking.PINYIN_PREFIX: 60,
    ranking.INITIALS_PREFIX: 58,
    ranking.INSIDE: 55,
    ranking.MIXED_PREFIX: 55,
    ranking.WORDS: 52,
}
NEAR = 12
"""Same sound, another character, part of it: what may have been meant."""


class PlaceNamesSource:
    kind = PLACE

    def search(self, query: str, start: int, stop: int, resembling: bool) -> sources.Found:
        size = stop - start
        result = place_search().search(
            addresses.of_today(query),
            page=start // size + 1,
            page_size=size,
            facets=False,
            resembling=resembling,
        )
        return sources.Found(min(result.total, 500 * size), tuple(_hits(result.hits)))

    def suggest(self, query: str, limit: int, resembling: bool) -> list[sources.Hit]:
        hits = place_search().suggest(addresses.of_today(query), limit, resembling)
        areas = dict(home.subdistricts.subdistricts())
        told = [(hit, _where(hit, areas)) for hit in hits]
        alike = Counter((hit.title, where) for hit, where in told)
        return [
            replace(_hit(hit, "", ()), note=_note(hit, where, alike[hit.title, where] > 1))
            for hit, where in told
        ]

    def sample(self) -> str:
        return RegisterSettings.in_force().label


def _where(hit: Hit, areas: dict[str, str]) -> str:
    """The subdistricts of a place, two at most: they tell equal names apart."""
    names = [areas[code] for code in hit.place.subdistricts if code in areas] if hit.place else []
    return "、".join(names[:2]) + ("等" if len(names) > 2 else "")


def _note(hit: Hit, where: str, is_alike: bool) -> str:
    return " · ".join(filter(None, [hit.reason, where, hit.code if is_alike else ""]))


def _hits(found: list[Hit]) -> Iterable[sources.Hit]:
    records = (
        PlaceName.objects.filter(pk__in=[hit.id for hit in found])
        .select_related("category", "subdistrict")
        .only("romanisation", "status", "category__name", "category__code", "subdistrict__name")
        .in_bulk()
    )
    for hit in found:
        record = records.get(hit.id)
        if record is None:
            continue
        parts = [record.romanisation, record.subdistrict.name if record.subdistrict else ""]
        tags = [record.category.name]
        if record.status != PlaceName.Status.STANDARD:
            tags.append(record.get_status_display())
        found = _hit(hit, " · ".join(filter(None, parts)), tuple(tags))
        yield replace(found, icon=icon_of(record.category.code))


def _hit(hit: Hit, summary: str, tags: tuple[str, ...]) -> sources.Hit:
    return sources.Hit(
        title=hit.title,
        url=f"/place-names/{hit.code}/",
        summary=summary,
        note=hit.reason,
        tags=tags,
        score=SCORES.get(hit.kind, NEAR),
    )


def area_documents() -> Iterator[Document]:
    """The lists of areas, and what the gazetteer does for people who bring a name."""
    yield Document(
        key="place-names:subdistricts",
        kind=APPLICATION,
        title="街道和社区居委会",
        url=reverse("place_names:subdistricts"),
        summary="海珠区18个街道的范围、社区居委会和街道里的地名。",
        asked="海珠区有哪些街道\n街道地图\n我属于哪个街道\n街道范围",
    )
    yield Document(
        key="place-names:statistics",
        kind=APPLICATION,
        title="地名统计",
        url=reverse("place_names:statistics"),
        summary="海珠区标准地名按类别、街道、通名、设立年代和字数的统计，可以下载。",
        asked="海珠区有多少个地名\n地名数量统计\n哪个街道地名最多",
    )
    yield Document(
        key="place-names:boundaries",
        kind=APPLICATION,
        title="街级行政区域界线",
        url=reverse("place_names:boundaries"),
        summary="街道之间、区与区之间的界线，和联合检查的情况。",
        asked="街道界线\n行政区划边界\n街道分界",
    )
    yield Document(
        key="place-names:naming-check",
        kind=APPLICATION,
        title="地名命名预审",
        url=reverse("place_names:naming_check"),
        summary="起名以前，查重名、同音和用字合不合规定。",
        asked="给路起名查重名\n地名能不能用\n拟用名称查重\n新路名预审",
    )
    yield Document(
        key="place-names:naming-progress",
        kind=APPLICATION,
        title="查地名申请进度",
        url=reverse("place_names:naming_progress"),
        summary="凭申请编号和电话后四位，查地名命名、更名、销名的申请办到哪一步。",
        asked="查进度\n查办理进度\n申请进度\n申请编号\n地名申请办到哪一步\n命名申请查询\n办好了没有",
    )
    yield Document(
        key="place-names:compare",
        kind=APPLICATION,
        title="核对一批地名",
        url=reverse("place_names:compare"),
        summary="上传一份名单，逐个对出标准地名和代码。",
        asked="批量核对地名\n名单里的地名对不对\n地名批量查询",
    )
