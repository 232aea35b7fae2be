"""Equality without regard to case as a lookup: one condition, however many values are listed.

PostgreSQL folds both sides itself; SQLite, which knows ASCII only, is given Python's `casefold`.
"""

from django.db.backends.signals import connection_created
from django.db.models import CharField, Lookup, TextField

FUNCTION = "CQL_CASEFOLD"


class EqualButForCase(Lookup):
    """`name__cql_casei=["a", "B"]`: the value is one of those."""

    lookup_name = "cql_casei"

    def get_prep_lookup(self):
        return [str(value) for value in self.rhs]

    def as_sqlite(self, compiler, connection):
        left, values = self.process_lhs(compiler, connection)
        folded = sorted({value.casefold() for value in self.rhs})
        marks = ", ".join(["%s"] * len(folded))
        return f"{FUNCTION}({left}) IN ({marks})", [*values, *folded]

    def as_sql(self, compiler, connection):
        left, values = self.process_lhs(compiler, connection)
        marks = ", ".join(["LOWER(%s::text)"] * len(self.rhs))
        return f"LOWER({left}::text) IN ({marks})", [*values, *self.rhs]


def connect() -> None:
    """Called once in AppConfig.ready."""
    for field in (CharField, TextField):
        field.register_lookup(EqualButForCase)
    connection_created.connect(_give_function, dispatch_uid="casefold for CQL2")


def _give_function(connection, **kwargs) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(FUNCTION, 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    return text if text is None else text.casefold()
