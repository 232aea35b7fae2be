"""Service places as a source of the one search box: halls, registries, centres, stations."""

from django.utils import timezone

from home.service_places.listed import ListedPlace, listed_places

from .analysis import name_key, normalise
from .kinds import SERVICE_PLACE
from .sources import Found, Hit

NAME_IS_IT, NAME_HAS_IT, DESCRIBED = 95, 68, 52
"""Compare with `search.pages.WEIGHTS`: a guide of that title stays above."""
SHARE = 15
ASKED_ABOUT = (
    "在哪里", "在哪", "怎么去", "地址", "电话", "几点开门", "几点下班", "上班时间", "下班时间",
    "办公时间", "开放时间", "营业时间",
)  # fmt: skip
"""What people ask about a place; every place tells it, so it finds none."""


class ServicePlacesSource:
    kind = SERVICE_PLACE

    def search(self, query: str, start: int, stop: int, resembling: bool) -> Found:
        found = _found(query)
        hits = tuple(_hit(place, score) for score, place in found[start:stop])
        return Found(len(found), hits)

    def suggest(self, query: str, limit: int) -> list[Hit]:
        return [
            Hit(place.name, place.address_of_page, note=place.kind_label)
            for score, place in _found(query)[:limit]
            if score > DESCRIBED
        ]

    def sample(self) -> str:
        return ""


def _found(query: str) -> list[tuple[float, ListedPlace]]:
    """(score, place), the best first; each word must stand in the name, kind or address."""
    text = normalise(query)
    for words in ASKED_ABOUT:
        text = text.replace(words, " ")
    words = [key for word in text.split() if (key := name_key(word))]
    joined = "".join(words)
    if len(joined) < 2:
        return []
    scored = ((_score(place, words, joined), place) for place in listed_places())
    return sorted(((score, place) for score, place in scored if score), key=lambda each: -each[0])


def _score(place: ListedPlace, words: list[str], joined: str) -> float:
    name = _short(name_key(place.name))
    if name == _short(joined):
        return NAME_IS_IT
    if all(_short(word) in name for word in words):
        return NAME_HAS_IT + SHARE * len(_short(joined)) / len(name)
    told = f"{name}{_short(name_key(place.kind_label + place.address))}"
    return DESCRIBED if all(_short(word) in told for word in words) else 0


def _short(text: str) -> str:
    """赤岗街道颐康中心, 赤岗街颐康中心 and 赤岗颐康中心 are one to those who ask."""
    return text.replace("街道", "").replace("街", "") or text


def _hit(place: ListedPlace, score: float) -> Hit:
    now = place.at(timezone.localtime())
    facts = [place.address, f"电话：{place.phone}" if place.phone else "", now.state]
    tags = (place.kind_label, *(("示例",) if place.is_sample else ()))
    return Hit(
        place.name,
        place.address_of_page,
        summary="。".join(filter(None, facts)),
        tags=tags,
        score=score,
    )
