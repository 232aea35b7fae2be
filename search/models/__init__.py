"""What search keeps in the database, one module a subject."""

from .page_entry import PageEntry
from .place_index import IndexState, PlaceDocument, PlaceFacet, PlaceOutbox, PlaceToken
from .statistics import QueryCount, SearchSettings
from .synonym import Synonym

__all__ = [
    "IndexState",
    "PageEntry",
    "PlaceDocument",
    "PlaceFacet",
    "PlaceOutbox",
    "PlaceToken",
    "QueryCount",
    "SearchSettings",
    "Synonym",
]
