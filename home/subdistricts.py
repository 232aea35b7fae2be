"""Codes and names of the subdistricts, for all apps.

The gazetteer owns the records and registers them here at start, so that apps below it can offer
a choice of subdistricts without importing it. Other apps register what the page of a subdistrict
lists of theirs.
"""

from collections.abc import Callable

from .cache.memoize import memoized

Source = Callable[[], list[tuple[str, str]]]
Gather = Callable[[str], list[tuple[str, str]]]

_source: Source | None = None
_sections: dict[str, Gather] = {}


def register_source(source: Source) -> None:
    """`source()` returns (9-digit code, name) in the official order."""
    global _source
    _source = source


def register_section(title: str, gather: Gather) -> None:
    """`gather(code)` returns (address, label) links shown under `title` on the subdistrict's page."""
    _sections[title] = gather


def subdistricts() -> list[tuple[str, str]]:
    """(code, name) of every subdistrict; empty until the gazetteer has registered itself."""
    return memoized("subdistricts", lambda: list(_source())) if _source else []


def sections(code: str, leave_out: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """What other apps have to show for the subdistrict, without the empty ones.

    `leave_out`: the title of a section that the asking page shows in its own way.
    """
    gathered = ((title, gather(code)) for title, gather in _sections.items() if title != leave_out)
    return [(title, links) for title, links in gathered if links]
