"""What a place is called, where it lies and what its name tells, for queries that name it whole."""

import re

from search.analysis import ASKS_AREA, name_key
from search.places import ranking
from search.places.engines import place_search
from search.site_search.answers import AnswerCard
from search.site_search.query import SiteQuery

from ..models import NameVariant, PlaceName, RegisterSettings

_ASKS = re.compile(
    f"{ASKS_AREA}|在哪里|在哪儿|在哪|位于哪里|哪里|喺边度?|边度"
    "|以前叫什么|原来叫什么|过去叫什么|曾用名|旧名|老名字|别名|现在叫什么|改名叫什么|什么意思|含义|由来|来历"
    "|为什么叫.*|怎么读|怎么念|读音|拼音|怎么拼|标准名称?|是谁|纪念谁"
)
_ASKS_NAMES = re.compile("以前叫|原来叫|过去叫|曾用名|旧名|老名字|别名|改名叫")
_ASKS_ORIGIN = re.compile("什么意思|含义|由来|来历|为什么叫|是谁|纪念谁")
_ASKS_SPELLING = re.compile("怎么读|怎么念|读音|拼音|怎么拼")
# 海珠 and 广州 alone may begin a name: 海珠湖, 广州塔.
_ENDS = re.compile("(的?名字)?[吗呢啊呀的了]*$|^(请问)?(广州市)?(海珠区)?")
MAX_WORDS = 120


def place_answer(query: SiteQuery) -> AnswerCard | None:
    """The card of the one place that bears just the name that was typed.

    None where the register does not hold what is asked of it.
    """
    key = name_key(query.written)
    if not _ASKS.search(key):
        return None
    subject = _ENDS.sub("", _ASKS.sub("", key))
    if len(subject) < 2:
        return None
    hits = place_search().search(subject, page_size=2, facets=False, resembling=False).hits
    whole = [hit for hit in hits if hit.kind in (ranking.EXACT, ranking.DIGITS_EQUAL)]
    if len(whole) != 1 or name_key(whole[0].matched) != subject:
        return None
    place = (
        PlaceName.objects.published()
        .filter(pk=whole[0].id)
        .select_related("category")
        .prefetch_related("subdistricts", "variants")
        .first()
    )
    return _card(place, whole[0].matched, key) if place else None


def _card(place: PlaceName, asked: str, query: str) -> AnswerCard | None:
    areas = "、".join(subdistrict.name for subdistrict in place.subdistricts.all())
    told = place.origin or place.meaning or place.history
    others = [
        f"{variant.get_kind_display()}：{variant.name}"
        for variant in place.variants.all()
        if variant.kind != NameVariant.Kind.DIALECT
    ]
    wanted = (
        (_ASKS_NAMES, others or asked != place.name),
        (_ASKS_ORIGIN, told),
        (_ASKS_SPELLING, place.romanisation),
    )
    if any(pattern.search(query) and not held for pattern, held in wanted):
        return None
    facts = (
        ("类别", place.category.name),
        ("拼写", place.romanisation),
        ("其他名称", "；".join(others)),
        ("来历", told[:MAX_WORDS] + ("…" if len(told) > MAX_WORDS else "")),
    )
    heading = place.name if asked == place.name else f"{asked}，标准地名是{place.name}"
    label = RegisterSettings.in_force().label
    return AnswerCard(
        heading=heading,
        answer=f"在{areas}" if areas else place.category.name,
        facts=tuple((name, words) for name, words in facts if words),
        url=place.get_absolute_url(),
        link="看地图和全部资料",
        source="海珠区地名库" + (f"（{label}）" if label else ""),
    )
