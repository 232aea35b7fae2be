"""Place names as a source of the one search box."""

from collections.abc import Iterable

from search import ranking, sources
from search.engines import place_search
from search.kinds import PLACE
from search.results import Hit

from .models import PlaceName, RegisterSettings

# How the match of a name compares with that of a page (see search.sources.Hit.score).
SCORES = {
    ranking.EXACT: 100,
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
NEAR = 30
"""Same sound, another character, part of it: what may have been meant."""


class PlaceNamesSource:
    kind = PLACE

    def search(self, query: str, start: int, stop: int, resembling: bool) -> sources.Found:
        size = stop - start
        result = place_search().search(
            query,
            page=start // size + 1,
            page_size=size,
            facets=False,
            resembling=resembling,
        )
        return sources.Found(min(result.total, 500 * size), tuple(_hits(result.hits)))

    def suggest(self, query: str, limit: int) -> list[sources.Hit]:
        return [_hit(hit, "", ()) for hit in place_search().suggest(query, limit)]

    def sample(self) -> str:
        return RegisterSettings.in_force().label


def _hits(found: list[Hit]) -> Iterable[sources.Hit]:
    records = (
        PlaceName.objects.filter(pk__in=[hit.id for hit in found])
        .select_related("category", "subdistrict")
        .only("romanisation", "status", "category__name", "subdistrict__name")
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
        yield _hit(hit, " · ".join(filter(None, parts)), tuple(tags))


def _hit(hit: Hit, summary: str, tags: tuple[str, ...]) -> sources.Hit:
    return sources.Hit(
        title=hit.title,
        url=f"/place-names/{hit.code}/",
        summary=summary,
        note=hit.reason,
        tags=tags,
        score=SCORES.get(hit.kind, NEAR),
    )
