"""Numbers of papers, and references that this site has given out."""

import re

from .characters import compact, plain

_AROUND = re.compile(r"^[^0-9A-Z*]+|[^0-9A-Z*]+$")
_DASH = "[-‐‑‒–—―−－_ ]?"


def paper_number(text: str) -> str:
    """The capital letters and digits of a paper, without label, spaces, dashes and quotes.

    Signs that belong to no number stay where they stand between others, so that a check can
    name them. A Cyrillic Х, a Greek Χ and a × are an X.
    """
    return _AROUND.sub("", compact(text))


def reference(text: str, sizes: tuple[int, ...], prefix: str = "") -> str:
    """The reference in a text: “预约号3JUAK-AFCDR”, a message pasted whole, or the bare letters.

    `sizes` are the lengths of its groups. Where no such groups stand in the text, all ASCII
    letters and digits of it, at most 40.
    """
    typed = plain(text).upper()
    groups = _DASH.join(rf"[0-9A-Z]{{{size}}}" for size in sizes)
    lead = rf"(?:{prefix}{_DASH})?" if prefix else ""
    pattern = rf"(?<![0-9A-Z]){lead}({groups})(?![0-9A-Z])"
    # A word with letters and digits before one of digits alone, such as a telephone number.
    found = sorted(re.findall(pattern, typed), key=lambda text: not re.search("[A-Z]", text))
    code = found[0] if found else typed
    code = "".join(sign for sign in code if sign.isascii() and sign.isalnum())[:40]
    return code if found or len(code) != len(prefix) + sum(sizes) else code.removeprefix(prefix)
