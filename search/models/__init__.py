"""What search keeps in the database, one module a subject."""

from .asked_words import AskedWords
from .page_entry import PageEntry
from .place_index import (
    IndexState,
    PlaceCell,
    PlaceDocument,
    PlaceFacet,
    PlaceOutbox,
    PlaceToken,
)
from .safety import SafetyCard
from .statistics import QueryCount, SearchSettings
from .synonym import Synonym

__all__ = [
    "AskedWords",
    "IndexState",
    "PageEntry",
    "PlaceCell",
    "PlaceDocument",
    "PlaceFacet",
    "PlaceOutbox",
    "PlaceToken",
    "QueryCount",
    "SafetyCard",
    "SearchSettings",
    "Synonym",
]
