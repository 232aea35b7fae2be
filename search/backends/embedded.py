"""The engine inside the site's own database, chosen by the database's vendor."""

from django.db import connection
from modelsearch.backends.base import BaseSearchBackend


def SearchBackend(params: dict) -> BaseSearchBackend:  # noqa: N802 - the name modelsearch asks for
    if connection.vendor == "postgresql":
        from .postgresql import PostgreSQLSearchBackend

        return PostgreSQLSearchBackend(params)
    from .sqlite import SQLiteSearchBackend

    return SQLiteSearchBackend(params)
