"""What search keeps in the database, one module a subject."""

from .asked_words import AskedWords
from .page_entry import PageEntry
from .place_index import IndexState, PlaceDocument, PlaceFacet, PlaceOutbox, PlaceToken
from .safety import SafetyCard
from .statistics import QueryCount, SearchSettings
from .synonym import Synonym

__all__ = [
    "AskedWords",
    "IndexState",
    "PageEntry",
    "PlaceDocument",
    "PlaceFacet",
    "PlaceOutbox",
    "PlaceToken",
    "QueryCount",
    "SafetyCard",
    "SearchSettings",
    "Synonym",
]
