"""Where the places come from: the register announces its records."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from .place import Place


class Source(Protocol):
    """Where the places come from."""

    def ids(self) -> list[int]:
        """Keys of all places that the public may find, in ascending order."""
        ...

    def places(self, ids: Iterable[int]) -> Iterator[Place]:
        """Those of the given places that the public may find."""
        ...


_source: Source | None = None


def register_source(source: Source) -> None:
    global _source
    _source = source


def source() -> Source:
    if _source is None:
        raise LookupError("No app has registered its places for search.")
    return _source
