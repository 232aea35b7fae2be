"""The names of a place over time: what it was called in a year, which names were valid then.

A span includes the year at either end: in the year of a change both names were in use.
`renaming` is where names are changed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q, prefetch_related_objects

from place_names.models import NameVariant, PlaceName, Succession
from place_names.years import EARLIEST, LATEST


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
    """Every change in force that the record itself took part in, oldest first.

    Only with records that the public sees: what is withdrawn or not yet decided is not told.
    """
    own = Q(predecessor=place) & _is_public("successor")
    own |= Q(successor=place) & _is_public("predecessor")
    return list(Succession.objects.filter(own).select_related("predecessor", "successor"))


def _is_public(end: str) -> Q:
    public = ~Q(**{f"{end}__status__in": PlaceName.NOT_PUBLIC})
    return Q(in_force=True, **{f"{end}__live": True}) & public


def spans(place: PlaceName, links: list[Succession] | None = None) -> list[Span]:
    """All official names of the place in time, the oldest first, through every renaming.

    `links` are those of `links_of`, where the caller has them already.

    Former names noted on a record count as names of their years; those that stand for an
    older record that is linked are told by that record. One that several records note, as after
    a renaming, is told once.
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
        year, _ = record.public_end
        end = year if year is not None else year_out
        if start is not None and end is not None and end < start:
            start = record.year_established
        found += [span for span in former if span not in found]
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
                Q(predecessor__in=edge) | Q(successor__in=edge),
                _is_public("predecessor"),
                _is_public("successor"),
                kind=Succession.Kind.RENAMED,
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
    """First and last year in which the place had a name of its record; see `validity_of`."""
    former = [
        (v.year_from, v.year_to) for v in place.variants.all() if v.kind == NameVariant.Kind.FORMER
    ]
    return validity_of(place.status, place.year_established, place.year_abolished, former)


def validity_of(
    status: str,
    since: int | None,
    until: int | None,
    former: Iterable[tuple[int | None, int | None]],
) -> tuple[int | None, int | None]:
    """First and last year in which a place had a name of its record; None: not known, open.

    `former` are the years of its former names. They lead back from the year of origin as far as
    they follow each other. A name without a known year of origin counts as valid ever since; one
    that is no longer in force counts only with the known year of its end (0: in no year).
    """
    if status == PlaceName.Status.STANDARD:
        until = None  # One that is planned is not told.
    elif until is None:
        until = 0
    ended = [(start, end) for start, end in former if end is not None]
    for start, end in sorted(ended, key=lambda years: years[1], reverse=True):
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


def former_names(ids: Iterable[int], year: int) -> dict[int, list[str]]:
    """The same for many records, by their keys, in one query."""
    found: dict[int, list[str]] = {}
    variants = NameVariant.objects.filter(place__in=list(ids), kind=NameVariant.Kind.FORMER)
    dated = variants.exclude(year_from=None, year_to=None)
    then = dated.filter(
        Q(year_from=None) | Q(year_from__lte=year), Q(year_to=None) | Q(year_to__gt=year)
    )
    for place, name in then.order_by("sort_order", "pk").values_list("place_id", "name"):
        found.setdefault(place, []).append(name)
    return found


def parse_year(text: str) -> int | None:
    """A year that was typed; None if it is none that a name can have."""
    digits = text.strip().removesuffix("年")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 4):
        return None
    year = int(digits)
    return year if EARLIEST <= year <= LATEST else None
