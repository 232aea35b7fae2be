"""Forms that two people may have open at once: a page sends what it showed along.

A field whose value the page showed comes with it as `was-<field>`, or the whole form with one
token `shown`. Only what somebody changed on the page is written, and only where it is still as
they saw it; else they are told that the page is out of date.
"""

import hashlib

from django.http import QueryDict

OUT_OF_DATE = (
    "您看的页面已经过时：打开以后，同事改过{what}。没有作任何改动。"
    "现在的安排和您填的都在下面，请核对后再保存。"
)
INCOMPLETE = "页面没有完整打开，没有作任何改动。请刷新页面，再保存。"


def token(*values) -> str:
    """What stands for the values that a page shows."""
    return hashlib.sha256(repr(values).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def changed_fields(typed: QueryDict, now: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """(what was changed on the page, which of these is not as the page showed it any more).

    `now` has the values as they are, by field. A field that was not sent, or was sent as it was
    shown, is left alone.
    """
    changed, outdated = {}, []
    for name, value in now.items():
        given, shown = typed.get(name), typed.get(f"was-{name}", "")
        if given is None or given.strip() in (shown.strip(), value.strip()):
            continue
        changed[name] = given.strip()
        if f"was-{name}" not in typed or shown != value:
            outdated.append(name)
    return changed, outdated


def outdated_fields(typed: QueryDict, now: dict[str, str]) -> list[str]:
    """The fields that are not as the page showed them, whether changed there or not."""
    return [name for name, value in now.items() if typed.get(f"was-{name}") != value]
