"""A name in time: what a place was called in a year, which names held in a year, renaming.

A year counts as within a span at both ends: in the year of a change both names were in use.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max, Q, prefetch_related_objects

from . import codes
from .models import NameVariant, PlaceName, PlaceSubdistrict, Succession
from .romanisation import romanise, split_name
from .years import EARLIEST, LATEST


class HistoryError(ValueError):
    """A change that cannot be made; the message is shown to the officer as it is."""


@dataclass(frozen=True)
class Span:
    """A name and the years it held; None where a year is not known or has not come."""

    name: str
    year_from: int | None
    year_to: int | None
    place: PlaceName = field(compare=False)
    romanisation: str = field(default="", compare=False)
    own: bool = field(default=True, compare=False)  # the name of a record, not a variant

    def covers(self, year: int) -> bool:
        return (self.year_from is None or self.year_from <= year) and (
            self.year_to is None or year <= self.year_to
        )

    @property
    def years(self) -> str:
        """The years as the public reads them."""
        if self.year_from is None and self.year_to is None:
            return "年份不详"
        if self.year_to is None:
            return f"{self.year_from}年起"
        if self.year_from is None:
            return f"至{self.year_to}年"
        return f"{self.year_from}年至{self.year_to}年"


def links_of(place: PlaceName) -> list[Succession]:
    """Every renaming and merging that the record itself took part in, oldest first."""
    return list(
        Succession.objects.filter(Q(predecessor=place) | Q(successor=place)).select_related(
            "predecessor", "successor"
        )
    )


def spans(place: PlaceName, links: list[Succession] | None = None) -> list[Span]:
    """All official names of the place in time, the oldest first, through every renaming.

    `links` are those of `links_of`, where the caller has them already.

    Former names noted on a record count as names of their years; those that stand for an
    older record that is linked are told by that record.
    """
    chain = _renamings(place, links_of(place) if links is None else links)
    found: list[Span] = []
    for record, year_in, year_out in chain:
        linked = {each.name for each, _, _ in chain if each.pk != record.pk}
        former = [
            Span(v.name, v.year_from, v.year_to, record, v.romanisation, own=False)
            for v in record.variants.all()
            if v.kind == NameVariant.Kind.FORMER and v.name not in linked
        ]
        starts = [span.year_to for span in former if span.year_to is not None]
        start = year_in or (max(starts) if starts else record.year_established)
        end = record.year_abolished if record.year_abolished is not None else year_out
        if start is not None and end is not None and end < start:
            start = record.year_established
        found += former
        found.append(Span(record.name, start, end, record, record.romanisation))
    return sorted(found, key=_age)


def _age(span: Span) -> tuple:
    """Oldest first; spans without any year before those that have one."""
    year = span.year_from if span.year_from is not None else span.year_to
    return (year if year is not None else -1, span.own, span.year_to or LATEST)


def _renamings(
    place: PlaceName, links: list[Succession]
) -> list[tuple[PlaceName, int | None, int | None]]:
    """The record and those it was renamed from and to, each with years of change."""
    links = _hanging_together(place, links)
    came = {link.successor_id: link for link in links}
    went = {link.predecessor_id: link for link in links}
    records = {place.pk: place}
    for link in links:
        records.setdefault(link.predecessor_id, link.predecessor)
        records.setdefault(link.successor_id, link.successor)
    prefetch_related_objects([r for pk, r in records.items() if pk != place.pk], "variants")
    return [
        (
            record,
            came[pk].year if pk in came else None,
            went[pk].year if pk in went else None,
        )
        for pk, record in records.items()
    ]


def _hanging_together(place: PlaceName, links: list[Succession], limit=20) -> list[Succession]:
    """Renamings that hang together with the place, one query a step beyond the first."""
    known: dict[int, Succession] = {}
    seen = {place.pk}
    for _ in range(limit):
        known |= {link.pk: link for link in links if link.kind == Succession.Kind.RENAMED}
        ends = {pk for each in known.values() for pk in (each.predecessor_id, each.successor_id)}
        edge = ends - seen
        if not edge:
            break
        seen |= edge
        links = list(
            Succession.objects.filter(
                Q(predecessor__in=edge) | Q(successor__in=edge), kind=Succession.Kind.RENAMED
            )
            .exclude(pk__in=known)
            .select_related("predecessor", "successor")
        )
    return list(known.values())


def names_in(place: PlaceName, year: int, known: list[Span] | None = None) -> list[Span]:
    """What the place was called in a year: usually one name, in a year of change two.

    Spans of which no year is known are left out as long as another one answers.
    """
    covering = [span for span in known or spans(place) if span.covers(year)]
    dated = [s for s in covering if s.year_from is not None or s.year_to is not None]
    return dated or [span for span in covering if span.own]


def validity(place: PlaceName) -> tuple[int | None, int | None]:
    """First and last year in which the place had a name of its record; None: not known, open.

    Former names lead back from the year of origin as far as they follow each other. A name
    without a known year of origin counts as valid ever since; one that is no longer in force
    counts only with the known year of its end (0: in no year).
    """
    since, until = place.year_established, place.year_abolished
    if until is None and place.status != PlaceName.Status.STANDARD:
        until = 0
    former = [
        (v.year_from, v.year_to)
        for v in place.variants.all()
        if v.kind == NameVariant.Kind.FORMER and v.year_to is not None
    ]
    for start, end in sorted(former, key=lambda years: years[1], reverse=True):
        if since is not None and end >= since - 1 and (start is None or start < since):
            since = start
    return since, until


def former_names_in(place: PlaceName, year: int) -> list[str]:
    """Former names of one record in a year, from its (prefetched) variants; no query."""
    return [
        v.name
        for v in place.variants.all()
        if v.kind == NameVariant.Kind.FORMER
        and (v.year_from is not None or v.year_to is not None)
        and (v.year_from is None or v.year_from <= year)
        and (v.year_to is None or year < v.year_to)
    ]


def parse_year(text: str) -> int | None:
    """A year that was typed; None if it is none that a name can have."""
    digits = text.strip().removesuffix("年")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
        return None
    year = int(digits)
    return year if EARLIEST <= year <= LATEST else None


def next_code(category: str, subdistricts: Iterable[str]) -> str:
    """The first free code after the highest serial of the class and subdistrict."""
    first = codes.build(category, list(subdistricts), 1)
    found = PlaceName.objects.filter(code__startswith=first[:14]).aggregate(Max("code"))
    highest = int(found["code__max"][14:]) if found["code__max"] else 0
    return codes.build(category, list(subdistricts), highest + 1)


@transaction.atomic
def rename(place: PlaceName, name: str, year: int, *, basis: str = "", user=None) -> PlaceName:
    """Give a place another standard name from a year on; returns the new record.

    The old record stays as a historical name with the year of its end, both are linked, and
    the new one notes the old name as a former name. Raises HistoryError.
    """
    name = name.strip()
    _may_end(place, year)
    if not name or name == place.name:
        raise HistoryError("请填写与原名不同的新名称。")
    subdistricts = [row.subdistrict for row in place.place_subdistricts.all()]
    specific, generic = split_name(name, place.category.code)
    new = PlaceName(
        code=next_code(place.category.code, [each.code for each in subdistricts]),
        name=name,
        specific=specific,
        generic=generic,
        romanisation=romanise(name, specific, generic, place.category.code),
        category=place.category,
        year_established=year,
        geometry=place.geometry,
        lon=place.lon,
        lat=place.lat,
        history=place.history,
        description=place.description,
        sources=place.sources,
    )
    new.place_subdistricts = [
        PlaceSubdistrict(subdistrict=each, sort_order=order)
        for order, each in enumerate(subdistricts)
    ]
    new.variants = [_copied(variant) for variant in place.variants.all()] + [
        NameVariant(
            kind=NameVariant.Kind.FORMER,
            name=place.name,
            romanisation=place.romanisation,
            year_from=place.year_established,
            year_to=year,
        )
    ]
    new.save()
    new.save_revision(user=user).publish(user=user)
    _end(place, PlaceName.Status.HISTORICAL, year, user)
    _link(place, new, Succession.Kind.RENAMED, year, basis)
    return new


@transaction.atomic
def merge(place: PlaceName, into: PlaceName, year: int, *, basis: str = "", user=None) -> None:
    """Let a place end in another one; both records stay and are linked. Raises HistoryError."""
    _may_end(place, year)
    if into.pk == place.pk:
        raise HistoryError("不能并入自己。")
    if into.status != PlaceName.Status.STANDARD:
        raise HistoryError(f"“{into.name}”不是现行标准地名，不能并入。")
    _end(place, PlaceName.Status.ABOLISHED, year, user)
    _link(place, into, Succession.Kind.MERGED, year, basis)


def _may_end(place: PlaceName, year: int) -> None:
    if place.status != PlaceName.Status.STANDARD:
        raise HistoryError(f"“{place.name}”不是现行标准地名，不能更名或并入。")
    if place.locked or place.has_unpublished_changes:
        raise HistoryError(f"“{place.name}”已锁定或有尚未发布的修改，请先处理。")
    if not EARLIEST <= year <= LATEST:
        raise HistoryError(f"年份须在{EARLIEST}至{LATEST}之间。")
    if place.year_established is not None and year < place.year_established:
        raise HistoryError(f"年份不能早于设立年份{place.year_established}。")


def _end(place: PlaceName, status: str, year: int, user) -> None:
    place.status, place.year_abolished = status, year
    place.save()
    place.save_revision(user=user).publish(user=user)


def _link(old: PlaceName, new: PlaceName, kind: str, year: int, basis: str) -> None:
    Succession.objects.create(
        predecessor=old, successor=new, kind=kind, year=year, basis=basis.strip()
    )


def _copied(variant: NameVariant) -> NameVariant:
    return NameVariant(
        kind=variant.kind,
        name=variant.name,
        romanisation=variant.romanisation,
        year_from=variant.year_from,
        year_to=variant.year_to,
    )
