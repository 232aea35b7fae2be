"""The value of a figure on a day, and the rendering of figures inside text."""

import datetime
import re
from dataclasses import dataclass
from html import escape

from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from home.cache.memoize import memoized

from .models import Figure, FigureValue, day_in_words
from .placeholders import PLACEHOLDER, day_from

MISSING = "（数据待补）"


def value_on(values: list[FigureValue], day: datetime.date) -> FigureValue | None:
    """The value recorded for `day`, goals included: the last one begun, unless it has ended."""
    begun = [value for value in values if value.valid_from <= day]
    if not begun:
        return None
    latest = max(begun, key=lambda value: value.valid_from)
    return None if latest.valid_to and latest.valid_to < day else latest


def standard_on(values: list[FigureValue], day: datetime.date) -> FigureValue | None:
    """The value in force on `day`: what is paid, or compared with. A goal never is."""
    return value_on([value for value in values if not value.is_target], day)


def goal_on(values: list[FigureValue], day: datetime.date) -> FigureValue | None:
    """The goal that a plan sets for `day`."""
    return value_on([value for value in values if value.is_target], day)


def fixed_on(values: list[FigureValue], day: datetime.date) -> FigureValue | None:
    """What an editor means by a fixed day: the goal that begins on it, else the value in force."""
    goal = next((each for each in values if each.is_target and each.valid_from == day), None)
    return goal or standard_on(values, day) or goal_on(values, day)


def time_of_value(value: FigureValue) -> str:
    """The period that a value speaks of, and whether it is a goal: 2020年, 2025年目标, or nothing
    where it simply is in force."""
    return f"{value.period}{'目标' if value.is_target else ''}"


def note_of(value: FigureValue, day: datetime.date) -> str:
    """Of what time a value speaks, where it does not simply hold, and whether on `day` it is due
    for review: （2020年，待复核）."""
    notes = [time_of_value(value)] if time_of_value(value) else []
    if not value.is_target and value.figure.is_review_due(day):
        notes.append("待复核")
    return f"（{'，'.join(notes)}）" if notes else ""


def in_words(values: list[FigureValue], day: datetime.date) -> tuple[FigureValue, str] | None:
    """What holds on `day` and how to write it; `values` oldest first. None where none has begun.

    A number goes before a goal, and a goal says that it is one. The number of a period says so, for
    it is not that day's, and so does one that is due for review or has ended.
    """
    if value := standard_on(values, day) or goal_on(values, day):
        return value, value.shown() + note_of(value, day)
    begun = [value for value in values if value.valid_from <= day]
    return (begun[-1], begun[-1].shown() + _ended(begun[-1])) if begun else None


def fixed_in_words(values: list[FigureValue], day: datetime.date) -> tuple[FigureValue, str] | None:
    """As `in_words`, for a day that an editor fixed: the sentence around it tells the time."""
    if value := fixed_on(values, day):
        return value, value.shown() + ("（目标）" if value.is_target else "")
    return in_words(values, day)


def shown_today(figure: Figure) -> str:
    """The value of today for staff lists; of one that has ended, when it ended."""
    values = sorted(figure.values.all(), key=lambda value: value.valid_from)
    found = in_words(values, timezone.localdate())
    return found[1] if found else "没有数值"


def _ended(value: FigureValue) -> str:
    return f"（{day_in_words(value.valid_to)}止，待更新）"


def _values_by_code() -> dict[str, list[FigureValue]]:
    values: dict[str, list[FigureValue]] = {}
    for value in (
        FigureValue.objects.filter(figure__live=True)
        .select_related("figure")
        .order_by("valid_from")
    ):
        values.setdefault(value.figure.slug, []).append(value)
    for history in values.values():
        history[0].figure.values.set(history)  # In memory: the figure asks for no values again.
    return values


def figures_with_values() -> dict[int, Figure]:
    """By key; from the same reading as their values."""

    def read() -> dict[int, Figure]:
        histories = memoized("values of figures", _values_by_code).values()
        return {history[0].figure_id: history[0].figure for history in histories}

    return memoized("figures with values", read)


class FigureLookup:
    """All values of all public figures, read once in a generation of the content, for any day.

    Kept for one request, so that all of a page comes from the same figures.
    """

    def __init__(self, day: datetime.date | None = None):
        self.day = day or timezone.localdate()
        self._values: dict[str, list[FigureValue]] | None = None

    def history(self, slug: str) -> list[FigureValue]:
        """All values of a figure, oldest first; empty where there is no such figure."""
        if self._values is None:
            self._values = memoized("values of figures", _values_by_code)
        return self._values.get(slug, [])

    def value(self, slug: str, day: datetime.date | None = None) -> FigureValue | None:
        """The value in force on `day`, by default that of the lookup; goals are none."""
        return standard_on(self.history(slug), day or self.day)

    def goal(self, slug: str) -> FigureValue | None:
        """The goal that a plan sets for the day of the lookup."""
        return goal_on(self.history(slug), self.day)

    def standard(self, slug: str) -> FigureValue | None:
        """The value in force on the day of the lookup, where it is a number."""
        value = self.value(slug)
        return value if value and value.amount is not None else None

    def column_value(self, slug: str, day: datetime.date | None) -> FigureValue | None:
        """What a column of a table shows, of a fixed day or without one of that of the lookup."""
        if day:
            return fixed_on(self.history(slug), day)
        return self.value(slug) or self.goal(slug)

    def cell(self, slug: str, day: datetime.date | None, heading: str) -> str:
        """The value without its unit, for tables that give the unit in a column of its own.

        `heading`: what the column says of its time; a value of another time says its own.
        """
        value = self.column_value(slug, day)
        on = day or self.day
        if value is None:
            begun = [value for value in self.history(slug) if value.valid_from <= on]
            if on != timezone.localdate() or not begun:
                return "–"
            return begun[-1].shown(with_unit=False) + _ended(begun[-1])
        time = time_of_value(value)
        notes = [time] if time not in ("", heading) else []
        if not day and not value.is_target and value.figure.is_review_due(on):
            notes.append("待复核")
        return value.shown(with_unit=False) + (f"（{'，'.join(notes)}）" if notes else "")

    @property
    def was_asked(self) -> bool:
        """Whether anything of this request has shown a figure."""
        return self._values is not None

    def latest_words(
        self, slug: str, day: datetime.date | None = None
    ) -> tuple[FigureValue, str] | None:
        """The value with how to write it, on a day fixed in the text or on that of the lookup."""
        history = self.history(slug)
        return fixed_in_words(history, day) if day else in_words(history, self.day)

    def missing(self, slug: str) -> str:
        """What stands in the text where there is no value yet."""
        history = self.history(slug)
        return f"（{day_in_words(history[0].valid_from)}起才有数值）" if history else MISSING

    def fill_in(self, html: str) -> str:
        """`html` with each placeholder replaced by its value, linked to the figure's page."""

        def replace(match: re.Match) -> str:
            found = self.latest_words(match[1], day_from(match[2] or ""))
            if found is None:
                return f'<span class="figure figure--missing">{self.missing(match[1])}</span>'
            value, words = found
            sample = (
                f' <span class="sample">{gettext("示例")}</span>' if value.figure.is_sample else ""
            )
            address = value.figure.get_absolute_url()
            return f'<a class="figure" href="{address}">{escape(words)}</a>{sample}'

        return PLACEHOLDER.sub(replace, html)

    def fill_in_plain(self, text: str) -> str:
        """`text` with each placeholder replaced by its value, for feeds and titles."""

        def replace(match: re.Match) -> str:
            found = self.latest_words(match[1], day_from(match[2] or ""))
            if found is None:
                return self.missing(match[1])
            value, words = found
            return f"{words}（示例）" if value.figure.is_sample else words

        return PLACEHOLDER.sub(replace, text)


class DraftLookup(FigureLookup):
    """What readers would see if the draft of one figure were public."""

    def __init__(self, draft: Figure):
        super().__init__()
        self.draft = draft

    def history(self, slug: str) -> list[FigureValue]:
        if slug != self.draft.slug:
            return super().history(slug)
        return sorted(self.draft.values.all(), key=lambda value: value.valid_from)


@dataclass(frozen=True)
class RequestedDay:
    """The day that a reader asked for by `?as-of=YYYY-MM-DD`: `day` is None where it is none."""

    typed: str
    day: datetime.date | None

    @classmethod
    def of(cls, request: HttpRequest) -> "RequestedDay":
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
        request.figure_lookup = FigureLookup(RequestedDay.of(request).day)
    return request.figure_lookup


def lookup_from_context(context) -> FigureLookup:
    return lookup_for(context.get("request") if context else None)


def safe_figures(html: str, lookup: FigureLookup) -> SafeString:
    """Template output with its figures filled in; `html` must be escaped already."""
    return mark_safe(lookup.fill_in(html))  # noqa: S308
