"""The letters of a spelling without what stands between its syllables, in SQL.

Written with literals, not parameters, so that SQLite knows the expression of its index again.
"""

from django.db.models import Expression, Func
from django.db.models.functions import Lower

SEPARATORS = " '’-·."


def letters_of(column: str) -> Expression:
    letters: Expression = Lower(column)
    for sign in SEPARATORS:
        literal = "''" if sign == "'" else sign
        letters = Func(letters, template=f"REPLACE(%(expressions)s, '{literal}', '')")
    return letters
