"""The address of a name lasts: a code that was corrected leads to the code of today."""

import re

from place_names.models import FormerCode, PlaceName

CODE = re.compile(r"[0-9]{20}")


def current_code(code: str) -> str | None:
    """The code today of the published name that bore this one before.

    None if none did, or if a published name bears it today.
    """
    if PlaceName.objects.published().filter(code=code).exists():
        return None
    former = FormerCode.objects.filter(code=code, place__in=PlaceName.objects.published())
    return former.values_list("place__code", flat=True).first()


def typed_code(text: str) -> str:
    """A code as people type or paste it, with blanks or hyphens; empty if it is none."""
    digits = re.sub(r"[\s-]", "", text)
    return digits if CODE.fullmatch(digits) else ""


def of_today(query: str) -> str:
    """A code that was corrected finds the name that bore it; any other query is as it was."""
    code = typed_code(query)
    return (code and current_code(code)) or query
