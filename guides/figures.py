"""Which value of a figure holds on which day, and figures inside running text.

An editor writes `{figure:dibao-standard}` in any text; readers see the value of the day.
`{figure:dibao-standard@2020-12-31}` is pinned to a day. One edit of the figure changes
every page.
"""

import datetime
import re
from html import escape

from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.safestring import SafeString, mark_safe

from home.remembered import remembered

from .models import Figure, FigureValue

FIGURE_MARK = re.compile(r"\{figure:([a-z0-9-]{1,60})(?:@(\d{4}-\d{2}-\d{2}))?\}")
MISSING = "（数据待补）"


def mark_of(code: str, day: str = "") -> str:
    """How a figure stands in stored text: `{figure:code}` or `{figure:code@YYYY-MM-DD}`."""
    return f"{{figure:{code}{f'@{day}' if day else ''}}}"


def day_from(text: str) -> datetime.date | None:
    """The day written as YYYY-MM-DD, or None where it is no day."""
    try:
        return parse_date(text.strip()[:10]) if text else None
    except ValueError:
        return None


def value_on(values: list[FigureValue], day: datetime.date) -> FigureValue | None:
    """The value that holds on `day`: the last one begun, unless it has ended by then."""
    begun = [value for value in values if value.valid_from <= day]
    if not begun:
        return None
    latest = max(begun, key=lambda value: value.valid_from)
    return None if latest.valid_to and latest.valid_to < day else latest


def _values_by_code() -> dict[str, list[FigureValue]]:
    values: dict[str, list[FigureValue]] = {}
    for value in FigureValue.objects.select_related("figure").order_by("valid_from"):
        values.setdefault(value.figure.slug, []).append(value)
    return values


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
            return "–"
        period = value.period if value.period != heading else ""
        return value.shown(with_unit=False) + (f"（{period}）" if period else "")

    def latest_words(self, slug: str, day: datetime.date | None) -> tuple[FigureValue, str] | None:
        """The value on a day with how to write it; one that has ended says when it ended.

        Where no day was fixed in the text, the number of a period says so: it is not today's.
        """
        is_fixed, day = day is not None, day or self.day
        if value := self.value(slug, day):
            period = f"（{value.period}）" if value.period and not is_fixed else ""
            return value, f"{value.shown()}{period}"
        begun = [value for value in self.history(slug) if value.valid_from <= day]
        if not begun:
            return None
        end = begun[-1].valid_to
        return begun[-1], f"{begun[-1].shown()}（{end.year}年{end.month}月{end.day}日止，待更新）"

    def fill_in(self, html: str) -> str:
        """`html` with each figure mark replaced by its value, linked to the figure's page."""

        def replace(match: re.Match) -> str:
            found = self.latest_words(match[1], day_from(match[2] or ""))
            if found is None:
                return f'<span class="figure figure--missing">{MISSING}</span>'
            value, words = found
            sample = ' <span class="sample">示例</span>' if value.figure.is_sample else ""
            address = value.figure.get_absolute_url()
            return f'<a class="figure" href="{address}">{escape(words)}</a>{sample}'

        return FIGURE_MARK.sub(replace, html)

    def fill_in_plain(self, text: str) -> str:
        """`text` with each figure mark replaced by its value, for feeds and titles."""

        def replace(match: re.Match) -> str:
            found = self.latest_words(match[1], day_from(match[2] or ""))
            return found[1] if found else MISSING

        return FIGURE_MARK.sub(replace, text)


def lookup_for(request: HttpRequest | None) -> FigureLookup:
    """The lookup of this request, for the day in `?as-of=YYYY-MM-DD` or today."""
    if request is None:
        return FigureLookup()
    if not hasattr(request, "figure_lookup"):
        request.figure_lookup = FigureLookup(day_from(request.GET.get("as-of", "")))
    return request.figure_lookup


def lookup_from_context(context) -> FigureLookup:
    return lookup_for(context.get("request") if context else None)


def unknown_figures(text: str) -> list[str]:
    """Codes of figures that `text` mentions and that do not exist."""
    codes = {code for code, _day in FIGURE_MARK.findall(text)}
    if not codes:
        return []
    known = Figure.objects.filter(slug__in=codes).values_list("slug", flat=True)
    return sorted(codes - set(known))


def safe_figures(html: str, lookup: FigureLookup) -> SafeString:
    """Template output with its figures filled in; `html` must be escaped already."""
    return mark_safe(lookup.fill_in(html))  # noqa: S308
