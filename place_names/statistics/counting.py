"""How many standard names there are by class, subdistrict, generic part, decade and length."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.http import urlencode

from home.charts import horizontal_bars
from place_names.models import Category, PlaceName, Subdistrict

MAX_GENERICS = 20
"""Of the rest there are too few each for a bar of its own."""
MAX_LENGTH = 10
FIRST_DECADE = 1900
"""What is older is one group: years of establishment are known of few such names."""


@dataclass(frozen=True)
class Group:
    """Names with something in common; `address` lists them, where a list can be asked for."""

    label: str
    number: int
    address: str = ""
    bar: float = 0
    """Length in percent of the longest bar of the chart."""


@dataclass(frozen=True)
class Statistic:
    """One chart with its table. `key` names its files."""

    key: str
    title: str
    heading: str
    note: str
    groups: tuple[Group, ...]


def statistics() -> dict[str, Statistic]:
    """All statistics of the names in force today, by key."""
    return {each.key: each for each in (count() for count in COUNTS)}


def _statistic(key: str, title: str, heading: str, note: str, groups: Iterable[Group]) -> Statistic:
    groups = list(groups)
    lengths = horizontal_bars([group.number for group in groups])
    drawn = tuple(
        Group(group.label, group.number, group.address, length)
        for group, length in zip(groups, lengths, strict=True)
    )
    return Statistic(key, title, heading, note, drawn)


def _largest_first(found: Counter[str]) -> list[tuple[str, int]]:
    """Equal numbers in the order of their labels, which no database decides."""
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _listed(**words: str) -> str:
    return f"{reverse('place_names:index')}?{urlencode({**words, 'status': 'standard'})}"


def by_class() -> Statistic:
    """By the classes of two digits (大类); the largest first."""
    names = {category.code: category.name for category in Category.objects.all()}
    found: Counter[str] = Counter()
    standard = PlaceName.objects.standard().order_by()
    for code, number in standard.values_list("category__code").annotate(Count("pk")):
        found[f"{code[:2]}000"] += number
    groups = (
        Group(names.get(code, code), number, _listed(category=code))
        for code, number in _largest_first(found)
    )
    return _statistic(
        "class", "按类别", "类别", "地名类别按国家标准GB/T 18521—2001的大类。", groups
    )


def by_subdistrict() -> Statistic:
    """By subdistrict in the order of their codes; a name counts in each that it crosses."""
    standard = Q(places__live=True, places__status=PlaceName.Status.STANDARD)
    areas = Subdistrict.objects.defer("geometry").order_by("code")
    groups = (
        Group(area.name, area.names, area.get_absolute_url())
        for area in areas.annotate(names=Count("places", filter=standard, distinct=True))
    )
    note = "跨几个街道的地名，在每个街道各算一次，所以各街道相加会多于总数。"
    return _statistic("subdistrict", "按街道", "街道", note, groups)


def by_generic() -> Statistic:
    """By generic part (通名), the most frequent first; the rare ones together."""
    standard = PlaceName.objects.standard().order_by()
    found = Counter(dict(standard.values_list("generic").annotate(Count("pk"))))
    without = found.pop("", 0)
    frequent = _largest_first(found)[:MAX_GENERICS]
    groups = [Group(generic, number) for generic, number in frequent]
    if rest := found.total() - sum(number for _, number in frequent):
        groups.append(Group(f"其余{len(found) - len(frequent)}种通名", rest))
    if without:
        groups.append(Group("没有通名", without))
    note = "通名是地名里表示类别的部分，例如“江南大道”的“大道”。"
    return _statistic("generic", "按通名", "通名", note, groups)


def by_decade() -> Statistic:
    """By decade of establishment, the oldest first. Names without a year are a group."""
    standard = PlaceName.objects.standard().order_by()
    found: Counter[int | None] = Counter()
    for year, number in standard.values_list("year_established").annotate(Count("pk")):
        found[_decade(year)] += number
    unknown = found.pop(None, 0)
    groups = [
        Group(f"{decade}年代" if decade else f"{FIRST_DECADE}年以前", found[decade])
        for decade in sorted(found)
    ]
    if unknown:
        groups.append(Group("设立年份不详", unknown))
    return _statistic("decade", "按设立年代", "年代", "现行的标准地名是哪个年代设立的。", groups)


def _decade(year: int | None) -> int | None:
    """The first year of the decade, 0 for all before `FIRST_DECADE`."""
    if year is None:
        return None
    return 0 if year < FIRST_DECADE else year // 10 * 10


def by_length() -> Statistic:
    """By the number of characters, the shortest first."""
    found: Counter[int] = Counter()
    for name in PlaceName.objects.standard().order_by().values_list("name", flat=True).iterator():
        found[min(len(name), MAX_LENGTH)] += 1
    groups = (
        Group(f"{length}个字" + ("以上" if length == MAX_LENGTH else ""), found[length])
        for length in sorted(found)
    )
    return _statistic(
        "length", "按字数", "字数", "标准名称有几个字，字母和数字各算一个字。", groups
    )


COUNTS: tuple[Callable[[], Statistic], ...] = (
    by_class,
    by_subdistrict,
    by_generic,
    by_decade,
    by_length,
)
