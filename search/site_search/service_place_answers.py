"""Address, telephone and hours of the one service place that a query names, and the hours of all
places of a kind of which there are few."""

import re

from django.urls import reverse
from django.utils import timezone

from home.cache.memoize import memoized
from home.models import ServicePlace
from home.service_places.hours import WEEKDAYS, join_spans
from home.service_places.listed import ListedPlace, listed_places
from home.subdistricts import subdistricts
from search.analysis import name_key

from .answers import AnswerCard
from .query import SiteQuery
from .service_places import SAID

Kind = ServicePlace.Kind
_DAY = re.compile("(?:星期|周|礼拜)([一二三四五六日天末])|(双休日?)")
_HOURS = re.compile(
    "几点|上班时间|下班时间|办公时间|营业时间|开放时间|上班|下班|开门|关门|收工|放工|返工|休息|办公"
)
_FUNCTION_WORDS = re.compile(
    "可不可以|能不能|可以|开不开|办不办|中午|平时|登记吗|能|办理|办|去|有没有人|人"
)
MAX_PLACES = 6
"""Of more places the card would be a list."""
DONE_AT = {
    Kind.REGISTRY: "结婚 离婚 领证 扯证 登记 登记结婚 结婚登记 离婚登记 婚姻登记 结婚证 领结婚证 登记处"
}
"""What is done only at places of a kind: asking when it can be done asks for their hours."""
# The words that ask for a fact; `PAGE_TEXT` of `service_places` names what a page tells.
_FACT_WORDS = re.compile(
    "联系电话|电话号码|电话|号码|联系方式|地址|位置|怎么去|怎么走|在哪里|在哪儿|在哪|哪里|边度|喺边"
    "|几点|几时|什么时候|上班时间|下班时间|办公时间|营业时间|开放时间|上班|下班|开门|关门|收工|放工|返工"
    "|今天|现在|周末|星期[一二三四五六日天]|开不开|开吗|办公"
)
# 广州 stays: 广州市民政局 is not the bureau of the district.
_AREA = re.compile("(?:广州市?)?海珠区?")
_CITY = re.compile("广州市?")
_EMPTY = re.compile("街道|街|的|是|多少|请问|喺|系|在|有没有|吗|呢|呀|啊")


def service_place_answer(query: SiteQuery) -> AnswerCard | None:
    """The card of a place, where the query asks for a fact and names one place and no more."""
    if not any(pattern.search(query.written) for pattern in (_FACT_WORDS, _HOURS, _DAY)):
        return None
    key = name_key(query.written)
    subject = _folded(_FACT_WORDS.sub("", key))
    places = memoized("service places by name", _by_name).get(subject, ())
    if len(subject) < 2 or len(places) != 1:
        return _hours_of_kind(key)
    return _card(places[0])


def _hours_of_kind(key: str) -> AnswerCard | None:
    """The weekly hours of all places where the thing is done that a query names, and no more."""
    days = _weekdays(key)
    if not days and not _HOURS.search(key):
        return None
    subject = _folded(_FUNCTION_WORDS.sub("", _HOURS.sub("", _DAY.sub("", key))))
    kind = next((kind for kind, said in DONE_AT.items() if subject in said.split()), None)
    places = [place for place in listed_places() if place.kind == kind]
    if not 0 < len(places) <= MAX_PLACES or not all(p.timetable().lines() for p in places):
        return None
    facts = []
    for place in places:
        lines = place.timetable().lines()
        if days:
            weekly = place.timetable().weekly
            lines = [(WEEKDAYS[day], join_spans(weekly.get(day, ())) or "休息") for day in days]
        facts.append((place.name, "；".join(f"{label}{hours}" for label, hours in lines)))
    label = "、".join(WEEKDAYS[day] for day in days)
    is_open = any(place.timetable().weekly.get(day) for place in places for day in days)
    return AnswerCard(
        heading=f"{places[0].kind_label}的办公时间",
        answer=(f"{label}{'有网点办公' if is_open else '都休息'}" if days else "各网点时间如下"),
        facts=tuple(facts),
        url=f"{reverse('home:service_places')}?kind={kind}",
        link="看全部网点、节假日和临时变动",
        as_of="这是平时的时间，节假日另有安排",
        is_sample=any(place.is_sample for place in places),
    )


def _weekdays(key: str) -> list[int]:
    """The days of the week that are named; Monday is 0."""
    found: set[int] = set()
    for match in _DAY.finditer(key):
        named = match[1] or "末"
        found |= {5, 6} if named == "末" else {min(6, "一二三四五六日天".index(named))}
    return sorted(found)


def _card(place: ListedPlace) -> AnswerCard:
    now = timezone.localtime()
    state = place.at(now).state
    facts = (("地址", place.address), ("电话", place.phone), ("办公", state))
    return AnswerCard(
        heading=place.kind_label,
        answer=place.name,
        facts=tuple((label, words) for label, words in facts if words),
        url=place.page_url,
        link="办公时间、地图和能办的事",
        as_of=f"{now:%Y}年{now.month}月{now.day}日{now:%H:%M}查询",
        is_sample=place.is_sample,
    )


def _folded(key: str) -> str:
    return _EMPTY.sub("", _CITY.sub("广州", _AREA.sub("", key)))


def _by_name() -> dict[str, tuple[ListedPlace, ...]]:
    """Places by their name, and by their kind with the subdistrict before it."""
    areas = {code: name.removesuffix("街道") for code, name in subdistricts()}
    found: dict[str, dict[str, ListedPlace]] = {}
    for place in listed_places():
        area = areas.get(place.subdistrict_code, "")
        name = _folded(name_key(place.name))
        keys = {name, name.removeprefix("广州")}
        # 街道办事处 folds to 办事处: what remains still names the kind.
        keys |= {_folded(area + said) for said in SAID.get(place.kind, "").split()}
        keys |= {_folded(said) for said in SAID.get(place.kind, "").split()}
        for key in keys:
            found.setdefault(key, {})[place.name] = place
    return {key: tuple(places.values()) for key, places in found.items()}
