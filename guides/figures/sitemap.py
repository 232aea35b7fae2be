"""Sitemap entries of the figures."""

from django.urls import reverse

from home.pages import sitemap

from .models import Figure


def entries(start: int, stop: int) -> list[sitemap.Entry]:
    """The list of all figures, then the page of each, from `start` to `stop`."""
    index = sitemap.Entry(reverse("guides:figure_index"), "所有数据")
    figures = [
        sitemap.Entry(figure.get_absolute_url(), figure.name)
        for figure in Figure.objects.filter(live=True).order_by("pk")
    ]
    return [index, *figures][start:stop]


PART = sitemap.Part(
    "figures", lambda: Figure.objects.filter(live=True).count() + 1, entries, "民政数据"
)
