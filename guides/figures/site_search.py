"""Dated figures as documents of site search."""

from collections.abc import Iterator

from django.urls import reverse

from search.site_search.documents import Document
from search.site_search.kinds import FIGURE, PAGE

from .models import Figure
from .rendering import FigureLookup, figures_with_values


def figure_documents() -> Iterator[Document]:
    """Every figure that has a value, with the value of today, and the list of them."""
    lookup = FigureLookup()
    for figure in figures_with_values().values():
        found = lookup.latest_words(figure.slug)
        yield Document(
            key=f"figure:{figure.slug}",
            kind=FIGURE,
            title=figure.name,
            url=figure.get_absolute_url(),
            summary=found[1] if found else "",
            text=f"{figure.area} {figure.description} {figure.unit} {figure.source}",
            label=figure.get_kind_display(),
            tags=("示例",) if figure.is_sample else (),
        )
    if Figure.objects.exists():
        yield Document(
            key="figures",
            kind=PAGE,
            title="民政数据",
            url=reverse("guides:figure_index"),
            summary="各项补贴、补助的标准和工作数据，注明日期和出处。",
        )
