"""What a household probably gets: verdicts, amounts of today, one list of materials, the steps."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from home.pages.visibility import open_to_all

from ..eligibility.parsing import benefits_from
from ..eligibility.rules import Amount, Household, Judgement, Limit, Verdict
from ..figures.models import FigureValue
from ..figures.rendering import FigureLookup
from ..pages.models import TopicPage
from ..questions.result import money
from .materials import Material, joined

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Line:
    """One amount: what it is, how it comes about, and where the figure stands."""

    label: str
    shown: str
    working: str
    note: str
    address: str
    source: str
    is_sample: bool
    is_due: bool


@dataclass(frozen=True)
class Row:
    """A benefit of a guide with what became of it."""

    guide: object
    judgement: Judgement
    lines: tuple[Line, ...]

    @property
    def name(self) -> str:
        return self.judgement.benefit.name


@dataclass(frozen=True)
class Step:
    """What to do for one guide: the title and text of its first step."""

    guide: object
    benefits: tuple[str, ...]
    title: str
    text: str
    is_sure: bool


@dataclass(frozen=True)
class Result:
    rows: tuple[Row, ...]
    day: date

    def _with(self, verdict: Verdict) -> list[Row]:
        return [row for row in self.rows if row.judgement.verdict == verdict]

    @property
    def got(self) -> list[Row]:
        return self._with(Verdict.YES)

    @property
    def paid(self) -> list[Row]:
        """Of what is got, what pays or waives something."""
        return [row for row in self.got if not row.judgement.benefit.is_service]

    @property
    def services(self) -> list[Row]:
        """Of what is got, what pays nothing itself."""
        return [row for row in self.got if row.judgement.benefit.is_service]

    @property
    def open(self) -> list[Row]:
        return self._with(Verdict.DEPENDS)

    @property
    def refused(self) -> list[Row]:
        return self._with(Verdict.NO)

    @property
    def is_sample(self) -> bool:
        return any(line.is_sample for row in (*self.got, *self.open) for line in row.lines)

    def guides(self) -> list:
        """The guides of what may be got: what is urgent first, then what is sure, each behind
        what is to be asked for before it."""
        rows = sorted((*self.got, *self.open), key=lambda row: not row.judgement.benefit.is_urgent)
        before = {
            row.guide.pk: [each.guide for each in rows if each.name in self._first_for(row.guide)]
            for row in rows
        }
        found: dict[int, object] = {}

        def take(guide, waiting: frozenset[int]) -> None:
            for each in before[guide.pk]:
                if each.pk not in waiting:
                    take(each, waiting | {each.pk})
            found.setdefault(guide.pk, guide)

        for row in rows:
            take(row.guide, frozenset({row.guide.pk}))
        return list(found.values())

    def _first_for(self, guide) -> set[str]:
        """The names of what is asked for before the benefits of a guide that may be got."""
        rows = (row for row in (*self.got, *self.open) if row.guide.pk == guide.pk)
        return {row.judgement.benefit.after for row in rows}

    def _is_sure(self, guide) -> bool:
        return any(row.guide.pk == guide.pk for row in self.got)

    @property
    def materials(self) -> list[Material]:
        """What all of them ask for together: each document once."""
        return joined((guide, self._is_sure(guide)) for guide in self.guides())

    @property
    def steps(self) -> list[Step]:
        """In the order of `guides`."""
        return [
            Step(
                guide,
                tuple(row.name for row in (*self.got, *self.open) if row.guide.pk == guide.pk),
                next((block.value["title"] for block in guide.steps), ""),
                next((block.value["text"] for block in guide.steps), ""),
                self._is_sure(guide),
            )
            for guide in self.guides()
        ]

    @property
    def topics(self) -> list[TopicPage]:
        """The life events that tell what else is to be done: those of a guide's own area that
        list it, in the order of the guides."""
        topics = list(open_to_all(TopicPage.objects).order_by("path"))
        found = {
            topic.pk: topic
            for guide in self.guides()
            for topic in topics
            if topic.section_id == guide.section_id and guide.pk in topic.guide_keys
        }
        return list(found.values())


def judge(guides: Iterable, household: Household, lookup: FigureLookup) -> Result:
    """What the rules of `guides` say of a household, with the figures of the lookup's day."""

    def limit_of(figure: str) -> Limit | None:
        value = lookup.standard(figure)
        if value is None:
            return None
        return Limit(value.amount, shown(value), value.figure.is_review_due(lookup.day))

    rows = []
    for guide in guides:
        for benefit in benefits_from(guide.eligibility):
            judgement = benefit.judge(household, limit_of)
            may_be_got = judgement.verdict != Verdict.NO
            found = (_line(amount, household, lookup) for amount in benefit.amounts)
            lines = tuple(line for line in found if line) if may_be_got else ()
            rows.append(Row(guide, judgement, lines))
    return Result(tuple(rows), lookup.day)


def shown(value: FigureValue) -> str:
    return value.shown() + (f"（{value.period}）" if value.period else "")


def _source(value: FigureValue) -> str:
    """The source with the time that the value speaks of, unless its title tells it."""
    source, period = value.figure.source, value.period
    return source if not period or period in source else f"{source}，{period}"


def _line(amount: Amount, household: Household, lookup: FigureLookup) -> Line | None:
    """The amount for this household; None where it gets none of it."""
    value = lookup.standard(amount.figure)
    count = amount.count(household)
    if value is None or not count:
        return None
    unit = value.figure.unit
    each, words = value.amount, f"{money(value.amount)}{unit}"
    if amount.gap:
        income = household.numbers.get(amount.gap)
        if not income or income[0] >= value.amount:
            return None
        each = value.amount - income[0]
        words = f"每人差额{money(each.quantize(CENT))}元"
        unit = "元/月"
    elif count > 1 or amount.ages or amount.times:
        unit = unit.replace("/人", "")
    total = (each * count).quantize(CENT)
    return Line(
        label=amount.label,
        shown=f"{'约' if amount.gap else ''}{value.qualifier}{money(total)}{unit}",
        working=f"{words} × {count}" if count > 1 else (words if amount.gap else ""),
        note=amount.note,
        address=value.figure.get_absolute_url(),
        source=_source(value),
        is_sample=value.figure.is_sample,
        is_due=value.figure.is_review_due(lookup.day),
    )
