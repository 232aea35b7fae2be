"""Public pages of the dated figures."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from wagtail.models import Page

from home.cache.memoize import memoized
from home.cache.page_cache import public_page
from home.pages.visibility import open_to_all

from .history import Chart, history_chart
from .models import Figure, FigureValue
from .rendering import FigureLookup, RequestedDay, goal_on, lookup_for, standard_on


@dataclass(frozen=True)
class Row:
    """A figure in the list of all, with the value in force on the day, else the goal, if any."""

    name: str
    address: str
    is_sample: bool
    value: FigureValue | None
    words: str
    has_begun: bool
    """Some value had begun by then: without `value`, it has ended."""
    is_review_due: bool

    @classmethod
    def of(cls, figure: Figure, lookup: FigureLookup) -> "Row":
        value = lookup.value(figure.slug) or lookup.goal(figure.slug)
        return cls(
            figure.name,
            figure.get_absolute_url(),
            figure.is_sample,
            value,
            value.shown() if value else "",
            any(value.valid_from <= lookup.day for value in lookup.history(figure.slug)),
            bool(value and not value.is_target and value.figure.is_review_due(lookup.day)),
        )


def _by_area(lookup: FigureLookup) -> list[tuple[str, list[Row]]]:
    areas: dict[str, list[Row]] = {}
    for figure in Figure.objects.filter(live=True):
        areas.setdefault(figure.area, []).append(Row.of(figure, lookup))
    return list(areas.items())


@public_page
def figure_index(request: HttpRequest) -> HttpResponse:
    """All figures by area, each with the value of today (or of `?as-of=`)."""
    lookup = lookup_for(request)
    if lookup.day == timezone.localdate():
        areas = memoized("figures of today", lambda: _by_area(lookup))
    else:
        areas = _by_area(lookup)
    return render(
        request,
        "guides/figures/index.html",
        {
            "areas": areas,
            "wanted": RequestedDay.of(request),
            "day": lookup.day,
            "breadcrumbs": [(None, "民政数据")],
        },
    )


@dataclass(frozen=True)
class About:
    """What the page of a figure says whatever the day."""

    figure: Figure
    chart: Chart | None
    used_on: list[tuple[str, str]]
    """(address, title) of the open pages that show the figure."""

    @classmethod
    def of(cls, slug: str, values: list[FigureValue]) -> "About":
        """Raises Http404 where there is no such figure."""
        figure = get_object_or_404(
            Figure.objects.select_related("source_page"), slug=slug, live=True
        )
        pages = open_to_all(Page.objects).filter(pk__in=figure.uses.values("page"))
        used_on = [(page.url, page.title) for page in pages.order_by("path")]
        return cls(figure, history_chart(figure, values), used_on)


@public_page
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One figure: its value on a day, its history as chart and table, the pages that use it."""
    values = lookup_for(request).history(slug)
    about = memoized(("figure", slug), lambda: About.of(slug, values))
    wanted = RequestedDay.of(request)
    day = wanted.day or timezone.localdate()
    ended = [value.valid_to for value in values if value.valid_to and value.valid_to < day]
    coming = [v for v in values if v.valid_from > day and not (v.period or v.is_target)]
    context = {
        "figure": about.figure,
        "day": day,
        "chosen_day": wanted.day,
        "bad_day": wanted.is_bad,
        "value": standard_on(values, day) or goal_on(values, day),
        "expired": max(ended, default=None),
        "is_review_due": about.figure.is_review_due(day),
        "coming": coming[0] if coming else None,
        "today": timezone.localdate(),
        "values": values,
        "chart": about.chart,
        "used_on": about.used_on,
        "breadcrumbs": [("/figures/", "民政数据"), (None, about.figure.name)],
    }
    return render(request, "guides/figures/figure.html", context)
