"""The pages of the site as documents of site search."""

from collections.abc import Iterator

from wagtail.models import Page

from home.pages import placeholders
from home.pages.visibility import open_to_all
from search.models import PageEntry

from .documents import Document
from .kinds import LABELS


def page_documents() -> Iterator[Document]:
    """Live pages that are open to everybody, with amounts as they are today; one query, and
    those of Wagtail for the addresses."""
    fill = placeholders.load()
    entries = PageEntry.objects.filter(page__in=open_to_all(Page.objects)).select_related(
        "page__content_type"
    )
    for entry in entries.order_by("pk"):
        url = entry.address or entry.page.get_url() or ""
        if url:
            yield Document(
                key=f"page:{entry.pk}",
                kind=entry.kind,
                title=entry.title,
                url=url,
                summary=fill(entry.summary),
                asked=entry.asked,
                text=fill(entry.text),
                label="" if entry.type_name == LABELS[entry.kind] else entry.type_name,
                dated=entry.dated,
                is_prose=getattr(entry.page.content_type.model_class(), "is_prose", True),
            )
