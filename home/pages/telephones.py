"""Telephone numbers in a line of text, as editors write them."""

import re
from dataclasses import dataclass

# Not part of a time (09:00-17:30), and not of a longer row of digits.
NUMBER = re.compile(
    r"""(?<![\d:：])
    (?P<number>
      (?:\+86[ -]?)? (?: 1[3-9]\d[ -]?\d{4}[ -]?\d{4}          # 138 0013 8000
                       | [（(]?0\d{2,3}[）)]?[ -]?\d{3,4}[ -]?\d{4}  # （020）8444 0000
                       | [48]00[ -]?\d{3,4}[ -]?\d{3,4}        # 400-830-1234
                       | \d{4}[ -]?\d{4}                       # 8444 0000
                       | \d{3,6} (?! [ -]?\d ) )               # 12345
    | \+\d[\d -]{6,}\d )                                       # +852 2829 4000
    (?! \d | [:：]\d )
    (?: \s*(?:转|分机|-)\s* (?P<extension>\d{1,6}) (?!\d) )?""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Telephone:
    """A number as it stands in the text, and as a telephone dials it.

    `dialled` ends in a pause and the extension where there is one: 02084440000,8001.
    """

    start: int
    end: int
    shown: str
    dialled: str


def telephones_in(text: str) -> list[Telephone]:
    """The numbers in `text`, in order; words around them, such as 示例, are no part of them."""
    found = []
    for match in NUMBER.finditer(text or ""):
        dialled = re.sub(r"[^\d+]", "", match["number"])
        if match["extension"]:
            dialled += f",{match['extension']}"
        found.append(Telephone(match.start(), match.end(), match[0], dialled))
    return found
