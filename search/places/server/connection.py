"""The connection to the search server and the names of our indices on it."""

from functools import lru_cache

from django.conf import settings
from elasticsearch import Elasticsearch

from search.analysis import VERSION

TIMEOUT = 2
"""Seconds: a citizen gets the answer of the embedded engine rather than wait longer."""


@lru_cache(maxsize=4)
def connect(url: str, timeout: float = TIMEOUT) -> Elasticsearch:
    """One pool of connections for each process; `url` may carry user and password."""
    return Elasticsearch(url, request_timeout=timeout, max_retries=0, retry_on_timeout=False)


def alias() -> str:
    """The name under which searches go. It carries the version of the analysis: a site whose
    analysis changed does not meet an index made by the old one."""
    return f"{settings.SEARCH_INDEX_PREFIX}place_names_v{VERSION}"
