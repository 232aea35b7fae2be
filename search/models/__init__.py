"""What search keeps in the database, one module a subject."""

from .page_entry import PageEntry
from .statistics import QueryCount, SearchSettings
from .synonym import Synonym

__all__ = ["PageEntry", "QueryCount", "SearchSettings", "Synonym"]
