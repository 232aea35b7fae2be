"""JSON from a request: the one place where text that no database stores is refused.

JSON may spell half of a surrogate pair (`"\\ud800"`) and NUL, wherever it has text. Neither can be
stored, compared or sent, and each would fail much later.
"""

import json
import re

_NO_TEXT = re.compile("[\x00\ud800-\udfff]")


def _refuse(constant: str) -> None:
    """NaN and Infinity, which Python reads and no standard of JSON has."""
    raise ValueError(f"{constant} is no number of JSON")


def read_json(text: str | bytes) -> object:
    """The value of a JSON text. Raises ValueError for what is no JSON or holds no proper text."""
    try:
        found = json.loads(text, parse_constant=_refuse)
    except RecursionError:
        raise ValueError("too many brackets") from None
    waiting = [found]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and _NO_TEXT.search(value):
            raise ValueError("text holds NUL or half a surrogate pair")
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
    return found
