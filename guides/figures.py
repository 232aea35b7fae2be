"""Which value of a figure holds on which day, and figures inside running text.

An editor writes `{figure:dibao-standard}` in any text; readers see the value of the day.
`{figure:dibao-standard@2020-12-31}` is pinned to a day. One edit of the figure changes
every page.
"""

import datetime
import re
from dataclasses import dataclass
from html import escape

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString, mark_safe

from home.remembered import remembered

from .models import Figure, FigureValue
from .models.figures import CODE, day_in_words

FIGURE_MARK = re.compile(rf"\{{figure:({CODE})(?:@(\d{{4}}-\d{{2}}-\d{{2}}))?\}}", re.ASCII)
LIKE_A_MARK = re.compile(r"[{｛]\s*figure\b[^{}｛｝<>\"\\]{0,80}[}｝]?", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
MISSING = "（数据待补）"


def mark_of(code: str, day: str = "") -> str:
    """How a figure stands in stored text: `{figure:code}` or `{figure:code@YYYY-MM-DD}`."""
    return f"{{figure:{code}{f'@{day}' if day else ''}}}"


def day_from(text: str) -> datetime.date | None:
    """The day written as YYYY-MM-DD, or None where it is no day."""
    try:
        return parse_date(text.strip()) if DAY.fullmatch(text.strip()) else None
    except ValueError:
        return None


def value_on(values: list[FigureValue], day: datetime.date) -> FigureValue | None:
    """The value that holds on `day`: the last one begun, unless it has ended by then."""
    begun = [value for value in values if value.valid_from <= day]
    if not begun:
        return None
    latest = max(begun, key=lambda value: value.valid_from)
    return None if latest.valid_to and latest.valid_to < day else latest


def in_words(
    values: list[FigureValue], day: datetime.date | None = None
) -> tuple[FigureValue, str] | None:
    """The value on a day (without one, today) and how to write it; `values` oldest first.

    One that has ended says when it ended. Where no day was fixed, the number of a period says
    so: it is not today's. None where none has begun.
    """
    is_fixed, day = day is not None, day or timezone.localdate()
    if value := value_on(values, day):
        return value, value.shown() + (
            f"（{value.period}）" if value.period and not is_fixed else ""
        )
    begun = [value for value in values if value.valid_from <= day]
    return (begun[-1], begun[-1].shown() + _ended(begun[-1])) if begun else None


def _ended(value: FigureValue) -> str:
    return f"（{day_in_words(value.valid_to)}止，待更新）"


def _values_by_code() -> dict[str, list[FigureValue]]:
    values: dict[str, list[FigureValue]] = {}
    for value in FigureValue.objects.select_related("figure").order_by("valid_from"):
        values.setdefault(value.figure.slug, []).append(value)
    return values


def figures_with_values() -> dict[int, Figure]:
    """By key; from the same reading as their values."""

    def read() -> dict[int, Figure]:
        histories = remembered("values of figures", _values_by_code).values()
        return {history[0].figure_id: history[0].figure for history in histories}

    return remembered("figures with values", read)


class FigureLookup:
    """All values of all figures, read once in a generation of the content, for any day.

    Kept for one request, so that all of a page comes from the same figures.
    """

    def __init__(self, day: datetime.date | None = None):
        self.day = day or timezone.localdate()
        self._values: dict[str, list[FigureValue]] | None = None

    def history(self, slug: str) -> list[FigureValue]:
        """All values of a figure, oldest first; empty where there is no such figure."""
        if self._values is None:
            self._values = remembered("values of figures", _values_by_code)
        return self._values.get(slug, [])

    def value(self, slug: str, day: datetime.date | None = None) -> FigureValue | None:
        return value_on(self.history(slug), day or self.day)

    def cell(self, slug: str, day: datetime.date, heading: str) -> str:
        """The value without its unit, for tables that give the unit in a column of its own.

        `heading`: what the column says of its time; a value of another period says its own.
        """
        value = self.value(slug, day)
        if value is None:
            begun = [value for value in self.history(slug) if value.valid_from <= day]
            if day != timezone.localdate() or not begun:
                return "–"
            return begun[-1].shown(with_unit=False) + _ended(begun[-1])
        period = value.period if value.period != heading else ""
        return value.shown(with_unit=False) + (f"（{period}）" if period else "")

    @property
    def was_asked(self) -> bool:
        """Whether anything of this request has shown a figure."""
        return self._values is not None

    def latest_words(
        self, slug: str, day: datetime.date | None = None
    ) -> tuple[FigureValue, str] | None:
        """The value with how to write it, on a day fixed in the text or on that of the lookup."""
        is_other_day = self.day != timezone.localdate()
        return in_words(self.history(slug), day or (self.day if is_other_day else None))

    def missing(self, slug: str) -> str:
        """What stands in the text where there is no value yet."""
        history = self.history(slug)
        return f"（{day_in_words(history[0].valid_from)}起才有数值）" if history else MISSING

    def fill_in(self, html: str) -> str:
        """`html` with each figure mark replaced by its value, linked to the figure's page."""

        def replace(match: re.Match) -> str:
            found = self.latest_words(match[1], day_from(match[2] or ""))
            if found is None:
                return f'<span class="figure figure--missing">{self.missing(match[1])}</span>'
            value, words = found
            sample = ' <span class="sample">示例</span>' if value.figure.is_sample else ""
            address = value.figure.get_absolute_url()
            return f'<a class="figure" href="{address}">{escape(words)}</a>{sample}'

        return FIGURE_MARK.sub(replace, html)

    def fill_in_plain(self, text: str) -> str:
        """`text` with each figure mark replaced by its value, for feeds and titles."""

        def replace(match: re.Match) -> str:
            found = self.latest_words(match[1], day_from(match[2] or ""))
            if found is None:
                return self.missing(match[1])
            value, words = found
            return f"{words}（示例）" if value.figure.is_sample else words

        return FIGURE_MARK.sub(replace, text)


@dataclass(frozen=True)
class WantedDay:
    """The day that a reader asked for by `?as-of=YYYY-MM-DD`: `day` is None where it is none."""

    typed: str
    day: datetime.date | None

    @classmethod
    def of(cls, request: HttpRequest) -> "WantedDay":
        typed = request.GET.get("as-of", "")
        return cls(typed[:30], day_from(typed))

    @property
    def is_bad(self) -> bool:
        return bool(self.typed) and self.day is None


def lookup_for(request: HttpRequest | None) -> FigureLookup:
    """The lookup of this request, for the day in `?as-of=YYYY-MM-DD` or today."""
    if request is None:
        return FigureLookup()
    if not hasattr(request, "figure_lookup"):
        request.figure_lookup = FigureLookup(WantedDay.of(request).day)
    return request.figure_lookup


def lookup_from_context(context) -> FigureLookup:
    return lookup_for(context.get("request") if context else None)


def wrong_marks(text: str) -> list[str]:
    """What in `text` looks like the mark of a figure and is none: misspelt, on a day that does
    not exist, or of a figure that does not exist."""
    wrong, codes = [], {}
    for found in LIKE_A_MARK.finditer(text):
        mark = FIGURE_MARK.fullmatch(found[0])
        if mark is None or (mark[2] and day_from(mark[2]) is None):
            wrong.append(found[0])
        else:
            codes[found[0]] = mark[1]
    if codes:
        known = set(Figure.objects.filter(slug__in=codes.values()).values_list("slug", flat=True))
        wrong += [mark for mark, code in codes.items() if code not in known]
    return list(dict.fromkeys(wrong))


def safe_figures(html: str, lookup: FigureLookup) -> SafeString:
    """Template output with its figures filled in; `html` must be escaped already."""
    return mark_safe(lookup.fill_in(html))  # noqa: S308
