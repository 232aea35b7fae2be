"""One reader for each kind of file: a file → what it holds, and rows of text.

All of this runs in the child process of `home.sandbox`, so nothing here may import Django.
"""

from collections.abc import Iterator
from pathlib import Path

from . import delimited, geojson, kml, vector, workbooks
from .reading import Reading
from .tables import MAX_ROWS, Row, cell_text, too_long

__all__ = ["MAX_ROWS", "cell_text", "describe", "rows"]

READERS = {
    "csv": delimited,
    "xlsx": workbooks,
    "geojson": geojson,
    "kml": kml,
    "vector": vector,
}


def describe(path: Path, kind: str, name: str, reading: dict, known: list[str]) -> Iterator[dict]:
    """Yield one `Description` as JSON, of a file of which no more is read than that needs.

    `known` are headings by which the row of headings and the separator are told.
    """
    yield READERS[kind].describe(path, name, Reading(**reading), known).as_json()


def rows(path: Path, kind: str, name: str, reading: dict) -> Iterator[Row]:
    """Yield (line in the file, text by heading, GeoJSON geometry, faults by heading) in order."""
    for number, row in enumerate(READERS[kind].rows(path, name, Reading(**reading)), 1):
        if number > MAX_ROWS:
            raise too_long(name)
        yield row
