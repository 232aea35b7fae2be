"""Batches, so that memory use does not grow with the size of a file."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import reset_queries

BATCH = 500

T = TypeVar("T")


def in_batches(items: Iterable[T]) -> Iterator[list[T]]:
    """The items in lists of at most BATCH; what was done with one is over before the next."""
    items = iter(items)
    while batch := list(islice(items, BATCH)):
        yield batch
        # With DEBUG every statement is kept: here they are long, and there are thousands.
        reset_queries()
