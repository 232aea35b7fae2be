"""Pieces of names that stand in many: classes, directions, the names of the area."""

from functools import cache
from itertools import pairwise

from .characters import data_lines


@cache
def _generic() -> frozenset[str]:
    words = (word for line in data_lines("generic_parts.txt") for word in line.split())
    return frozenset("".join(pair) for word in words for pair in pairwise(word))


def is_generic(piece: str) -> bool:
    """Whether a pair of characters tells no place from another, e.g. 大道."""
    return piece in _generic()
