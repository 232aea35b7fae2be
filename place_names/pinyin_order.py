"""The order of a Chinese index, one for every list of names.

By syllable, then by tone, then by character; numbers of streets and lanes by their value, so that
北山十巷 follows 北山九巷. Numbers come before syllables. The key orders by code point.
"""

import re
from functools import lru_cache

from search.analysis import Name
from search.analysis.numerals import number

LENGTH = 250
_DIGITS = 4

# A number behind the first character and before what is counted; 五羊 and 一德路 are words.
_COUNTED = re.compile(
    "(?<=.)第?([0-9]+|[〇零一二三四五六七八九十][〇零一二三四五六七八九十百千]*)"
    "(?=[东南西北中上下左右横直正]?(?:巷|街|大街|马路|路|横|直|里|坊|约|社|队|村|号|座|栋|期|区|桥|涌)|$)"
)


@lru_cache(maxsize=4000)
def sort_key(name: str, romanisation: str = "") -> str:
    """At most LENGTH characters; the romanisation, where there is one, says how it is read."""
    found = Name(name, romanisation=romanisation)
    syllables = list(found.spelling)
    if len(syllables) == len(found.key):  # One a character.
        for match in reversed(list(_COUNTED.finditer(found.key))):
            digits = match[1] if match[1].isascii() else str(number(match[1]))
            syllables[match.start() : match.end()] = [digits.zfill(_DIGITS)]
    return " ".join((*syllables, "", romanisation.casefold(), found.key))[:LENGTH]
