"""Which names a download holds: all public ones, or those of a search, in its order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from home.cache.memoize import memoized
from place_names.models import Category, PlaceName, RegisterSettings, Subdistrict
from place_names.names import listing
from place_names.open_data.fields import BATCH, place_rows
from place_names.open_data.problems import RequestError
from search.places.engines import place_search

MAX_FOUND = 50_000
"""As many names of a search are written; a wider search is better answered by the whole set."""

Rows = Iterator[tuple[dict, dict | None]]


@dataclass(frozen=True)
class Selection:
    """What was asked; `codes` are those found by a search, None for all names."""

    asked: listing.Asked
    codes: list[str] | None

    @property
    def is_whole(self) -> bool:
        return self.codes is None

    @property
    def total(self) -> int:
        return count_of_all() if self.codes is None else len(self.codes)

    def rows(self) -> Rows:
        """(values by field, geometry as published) of each name, in constant memory."""
        decimals = RegisterSettings.load().published_decimals
        places = PlaceName.objects.published()
        if self.codes is None:
            yield from place_rows(places.order_by("code"), decimals)
            return
        for start in range(0, len(self.codes), BATCH):
            some = self.codes[start : start + BATCH]
            found = {
                row[0]["code"]: row for row in place_rows(places.filter(code__in=some), decimals)
            }
            yield from (found[code] for code in some if code in found)


def count_of_all() -> int:
    return memoized("public names", PlaceName.objects.published().count)


def select(typed: Mapping[str, str]) -> Selection:
    """The names that the list of place names shows for the same address. Raises RequestError."""
    known = {
        "category": dict(Category.objects.values_list("code", "pk")),
        "subdistrict": dict(Subdistrict.objects.values_list("code", "pk")),
    }
    asked, ignored = listing.read(typed, known)
    if asked.year and asked.year_number is None:
        ignored = [*ignored, "year"]
    if ignored:
        names = "、".join(ignored)
        raise RequestError(
            f"{names}的值不存在或写法有误。",
            f"The value of {', '.join(ignored)} does not exist or cannot be read.",
            parameter=ignored[0],
        )
    if not asked.q and not asked.is_filtered:
        return Selection(asked, None)
    return Selection(asked, found_codes(asked))


def found_codes(asked: listing.Asked) -> list[str]:
    """The codes of all names that a search finds, in its order. Raises RequestError."""
    codes: list[str] = []
    page, size = 1, 1000
    while True:
        result = place_search().search(
            asked.q, asked.filters, sort=asked.sort or "relevance", near=asked.point,
            page=page, page_size=size, facets=False,
        )  # fmt: skip
        codes += [hit.code for hit in result.hits]
        if len(codes) > MAX_FOUND:
            raise RequestError(
                f"找到的地名超过{MAX_FOUND:,}条，请加条件，或下载全部地名。",
                f"More than {MAX_FOUND:,} names are found; narrow the search, or take all names.",
            )
        if len(result.hits) < size:
            return list(dict.fromkeys(codes))
        page += 1
