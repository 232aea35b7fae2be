"""Text that a spreadsheet would run as a formula is written with an apostrophe in front.

`unguarded` takes away exactly what `guarded` put there, so a file that went out comes back
the same.
"""

import re

_DANGEROUS = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r]")


def guarded(text: str) -> str:
    return f"'{text}" if _DANGEROUS.match(text) else text


def unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text
