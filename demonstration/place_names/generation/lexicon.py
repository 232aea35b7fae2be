"""Words from which the made-up names are put together, read from ``lexicon.csv``."""

from dataclasses import dataclass
from functools import lru_cache

from demonstration.place_names.generation.territory import read_csv


@dataclass(frozen=True)
class Stem:
    """A specific part with what it means and, for families of lanes, where it lies."""

    text: str
    meaning: str
    kind: str  # word, village or community


@lru_cache(maxsize=1)
def _rows():
    found = {}
    for row in read_csv("lexicon.csv"):
        found.setdefault(row["kind"], []).append((row["text"], row["meaning"]))
    return found


def stem(number):
    """The stem of that number among all combinations of two characters, or None.

    No two characters of a list sound alike, so neither do two stems.
    """
    first, second = _rows()["first"], _rows()["second"]
    one, two = first[number // len(second) % len(first)], second[number % len(second)]
    if one[0] == two[0] or one[0] + two[0] in _not_names():
        return None
    return Stem(one[0] + two[0], f"“{one[0]}”取{one[1]}，“{two[0]}”取{two[1]}之意", "word")


def stem_count():
    return len(_rows()["first"]) * len(_rows()["second"])


@lru_cache(maxsize=1)
def _not_names():
    return {text for text, _ in _rows()["not_a_name"]}


def villages(subdistrict):
    return [
        Stem(text, f"以所在的{text}一带命名", "village")
        for text, code in _rows()["village"]
        if code == subdistrict
    ]


def sections():
    return [text for text, _ in _rows()["section"]]


def communities(subdistrict):
    """Stems from the names of committees: 蒙圣社区居委会 → 蒙圣."""
    refused = {text for text, _ in _rows()["not_a_stem"]}
    found = []
    for row in read_csv("committees.csv"):
        text = row["name"].removesuffix("社区居委会")
        if row["subdistrict"] != subdistrict or len(text) != 2 or text in refused:
            continue
        if text[-1] in "东南西北中直里":
            continue
        found.append(Stem(text, f"以所在的{text}社区命名", "community"))
    return found
