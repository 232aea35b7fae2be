"""The filters of the list of place names; its whole state is in the URL."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from django.http import QueryDict

from place_names.literals import read_numbers
from place_names.models import Category, PlaceName
from search.places.filters import Filters
from search.site_search.query import clean

from . import history

SORTS = {"": "相关程度", "name": "拼音顺序", "distance": "距离"}
STATUSES = {
    value: label for value, label in PlaceName.Status.choices if value not in PlaceName.NOT_PUBLIC
}
START = {"unknown": "起始年份不详"}
VARIANT = {"1": "有别名或曾用名", "0": "没有别名和曾用名"}


@dataclass(frozen=True)
class Asked:
    """The words of the address, cleaned. Empty means not asked for.

    With a `year` the names are those known to have been valid; `start` asks for those of which
    nobody knows since when, which are a group of their own.
    `near` is "lon,lat" and `bbox` "west,south,east,north", in degrees (CGCS2000).
    """

    q: str = ""
    category: str = ""
    subdistrict: str = ""
    status: str = ""
    year: str = ""
    variant: str = ""
    start: str = ""
    sort: str = ""
    near: str = ""
    bbox: str = ""

    @property
    def point(self) -> tuple[float, float] | None:
        found = numbers(self.near, 2)
        return (found[0], found[1]) if found and _on_earth(*found) else None

    @property
    def window(self) -> tuple[float, float, float, float] | None:
        found = numbers(self.bbox, 4)
        if not found or not (_on_earth(*found[:2]) and _on_earth(*found[2:])):
            return None
        west, south, east, north = found
        return (west, south, east, north) if west < east and south < north else None

    @property
    def year_number(self) -> int | None:
        return history.parse_year(self.year) if self.year else None

    @property
    def start_known(self) -> bool | None:
        if self.start:
            return False
        return True if self.year_number is not None else None

    @property
    def filters(self) -> Filters:
        return Filters(
            category=self.category or None,
            subdistrict=self.subdistrict or None,
            status=self.status or None,
            year=self.year_number,
            has_variant={"1": True, "0": False}.get(self.variant),
            bbox=self.window,
            start_known=self.start_known,
        )

    @property
    def is_filtered(self) -> bool:
        return self.filters != Filters()

    def address(self, **changes: str) -> str:
        """The query string with some words changed; always from the first page."""
        words = QueryDict(mutable=True)
        asked = replace(self, **changes)
        words.update({f.name: getattr(asked, f.name) for f in fields(asked)})
        for name in [name for name, value in words.items() if not value]:
            del words[name]
        return words.urlencode(safe=",")


def read(typed: Mapping[str, str], known: Mapping[str, object]) -> tuple[Asked, list[str]]:
    """What was asked, and the names of the words that could not be understood and count as
    not asked. `known` has the codes of classes and subdistricts."""
    values = {field.name: clean(typed.get(field.name, "")) for field in fields(Asked)}
    values["year"] = values["year"][:10]
    asked = Asked(**values)
    choices = {**known, "status": STATUSES, "variant": VARIANT, "start": START, "sort": SORTS}
    ignored = [
        name for name, codes in choices.items() if values[name] and values[name] not in codes
    ]
    ignored += ["near"] if asked.near and asked.point is None else []
    ignored += ["bbox"] if asked.bbox and asked.window is None else []
    asked = replace(asked, **dict.fromkeys(ignored, ""))
    if asked.sort == "distance" and asked.point is None:
        asked = replace(asked, sort="")
    return asked, ignored


def numbers(text: str, count: int) -> list[float] | None:
    found = read_numbers(text)
    return found if found and len(found) == count else None


def _on_earth(lon: float, lat: float) -> bool:
    return -180 <= lon <= 180 and -90 <= lat <= 90


def class_choices(
    categories: Mapping[str, Category],
    counts: Mapping[str, int],
    chosen: str,
    with_number: bool = True,
) -> list[dict]:
    """The class tree as far as it holds names: codes, and labels with depth and number."""
    by_pk = {category.pk: category for category in categories.values()}

    def depth(category: Category) -> int:
        above, at = 0, category.parent_id
        while at in by_pk and above < len(by_pk):
            above, at = above + 1, by_pk[at].parent_id
        return above

    return [
        {
            "code": code,
            "label": "　" * depth(category)
            + category.name
            + (f"（{counts.get(code, 0):,}）" if with_number else ""),
        }
        for code, category in sorted(categories.items())
        if counts.get(code) or code == chosen
    ]


def choices(labels: Mapping[str, str], counts: Mapping[str, int], chosen: str) -> list[dict]:
    """Codes and labels of what holds names, each label with their number."""
    return [
        {"code": code, "label": f"{label}（{counts.get(code, 0):,}）"}
        for code, label in labels.items()
        if counts.get(code) or code == chosen
    ]


def plain_choices(labels: Mapping[str, str]) -> list[dict]:
    """Codes and labels of everything that can be chosen, without numbers."""
    return [{"code": code, "label": label} for code, label in labels.items()]


def chosen_filters(
    asked: Asked, categories: Mapping[str, Category], subdistricts: Mapping[str, str]
) -> list[dict[str, str | bool]]:
    """What narrows the list, each with the address of the list without it; `is_typed` marks the
    visitor's own words."""
    year = asked.year_number
    found = {
        "q": asked.q and f"“{asked.q}”",
        "category": asked.category and categories[asked.category].name,
        "subdistrict": asked.subdistrict and subdistricts[asked.subdistrict],
        "status": asked.status and STATUSES[asked.status],
        "year": f"{year}年有效" if year else "",
        "variant": asked.variant and VARIANT[asked.variant],
        "start": asked.start and START[asked.start],
        "bbox": asked.bbox and "图上选定的范围内",
    }
    return [
        {"label": label, "address": asked.address(**{name: ""}), "is_typed": name == "q"}
        for name, label in found.items()
        if label
    ]
