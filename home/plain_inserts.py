"""Inserts for many rows: as `bulk_create`, without its cost for each row and column.

No signals are sent, no conflicts handled and no keys set: for tables that are written by the
ten thousand in a transaction of the caller.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import Model


def insert_rows(model: type[Model], columns: Sequence[str], rows: Iterable[tuple]) -> None:
    """Insert rows of values as the database takes them; `columns` are those of the table."""
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608


def insert_records(records: Sequence[Model]) -> None:
    """Insert records of one model that are not saved yet. They get no keys: read them back."""
    if not records:
        return
    model = type(records[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    insert_rows(
        model,
        [field.column for field in fields],
        (
            tuple(
                field.get_db_prep_save(field.pre_save(each, True), connection) for field in fields
            )
            for each in records
        ),
    )
