"""Public pages of the dated figures."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from wagtail.models import Page

from home.page_cache import public_page
from home.remembered import remembered

from .charts import history_chart
from .figures import day_from, lookup_for, value_on
from .models import Figure


@public_page
def figure_index(request: HttpRequest) -> HttpResponse:
    """All figures by area, each with the value of today (or of `?as-of=`)."""
    lookup = lookup_for(request)
    areas: dict[str, list] = {}
    for figure in remembered("figures", lambda: list(Figure.objects.all())):
        areas.setdefault(figure.area, []).append((figure, lookup.value(figure.slug)))
    return render(
        request,
        "guides/figure_index.html",
        {"areas": areas.items(), "breadcrumbs": [(None, "民政数据")]},
    )


@public_page
def figure(request: HttpRequest, slug: str) -> HttpResponse:
    """One figure: its value on a day, its history as chart and table, the pages that use it."""
    figure = get_object_or_404(Figure.objects.select_related("source_page"), slug=slug)
    wanted = request.GET.get("as-of", "")
    chosen_day = day_from(wanted)
    day = chosen_day or timezone.localdate()
    values = list(figure.values.select_related("figure").order_by("valid_from"))
    ended = [value.valid_to for value in values if value.valid_to and value.valid_to < day]
    context = {
        "figure": figure,
        "day": day,
        "chosen_day": chosen_day,
        "bad_day": bool(wanted) and chosen_day is None,
        "value": value_on(values, day),
        "expired": max(ended, default=None),
        "values": values,
        "chart": history_chart(figure, values),
        "pages": Page.objects.live().filter(pk__in=figure.uses.values("page")).order_by("path"),
        "breadcrumbs": [("/figures/", "民政数据"), (None, figure.name)],
    }
    return render(request, "guides/figure.html", context)
