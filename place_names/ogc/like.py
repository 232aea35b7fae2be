"""The LIKE of CQL2 as a lookup: `%` any characters, `_` one, a backslash before either itself.

Django has none that minds the case on every engine, and a regular expression made of many
wildcards could run for hours. On SQLite each part is matched once and for all (an atomic
group), so the time grows with the length of the text alone.
"""

import re

from django.db.models import CharField, Lookup, TextField

_PARTS = re.compile(r"\\(.)|(%+)|(_)|([^\\%_]+|\\)", re.DOTALL)


class Like(Lookup):
    """Case-sensitive."""

    lookup_name = "cql_like"
    flags = ""
    operator = "LIKE"

    def get_prep_lookup(self):
        return str(self.rhs)

    def as_sqlite(self, compiler, connection):
        left, values = self.process_lhs(compiler, connection)
        return f"{left} REGEXP %s", [*values, regular_expression(self.rhs, self.flags)]

    def as_sql(self, compiler, connection):
        left, values = self.process_lhs(compiler, connection)
        return f"{left}::text {self.operator} %s ESCAPE '\\'", [*values, sql_pattern(self.rhs)]


class CaseInsensitiveLike(Like):
    lookup_name = "cql_ilike"
    flags = "i"
    operator = "ILIKE"


def connect() -> None:
    """Called once in AppConfig.ready."""
    for field in (CharField, TextField):
        field.register_lookup(Like)
        field.register_lookup(CaseInsensitiveLike)


def regular_expression(pattern: str, flags: str = "") -> str:
    """For Python's `re`: text after a `%` is looked for once, at its first occurrence."""
    pieces: list[list[str]] = [[]]
    for escaped, any_text, one, plain in _PARTS.findall(pattern):
        if any_text:
            pieces.append([])
        else:
            pieces[-1].append("." if one else re.escape(escaped or plain))
    first, *rest = ("".join(piece) for piece in pieces)
    if not rest:
        return f"(?s{flags})\\A{first}\\Z"
    *middle, last = rest
    found = "".join(f"(?>.*?{piece})" for piece in middle if piece)
    return f"(?s{flags})\\A{first}{found}.*{last}\\Z"


def sql_pattern(pattern: str) -> str:
    """For PostgreSQL, which refuses a pattern that ends with the escape character."""
    return "".join(
        f"\\{escaped}" if escaped else any_text or one or plain.replace("\\", "\\\\")
        for escaped, any_text, one, plain in _PARTS.findall(pattern)
    )


def literal(text: str) -> str:
    """A pattern that matches this text alone."""
    return re.sub(r"([\\%_])", r"\\\1", text)
