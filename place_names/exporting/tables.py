"""The register as a table that its own importer reads back, byte for byte."""

import csv
from collections.abc import Iterable, Iterator
from typing import IO

from place_names.models import PlaceName
from place_names.rows import COLUMNS, TEXTS, row_of, with_relations

from .guarding import guarded

BATCH = 500
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def rows(places) -> Iterator[list[str]]:
    """A row of guarded text for each record of a queryset, in batches of queries."""
    for place in with_relations(places).iterator(BATCH):
        row = row_of(place)
        yield [
            guarded(row[name]) if name in TEXTS or name == "variants" else row[name]
            for name in COLUMNS
        ]


def csv_blocks(places) -> Iterable[bytes]:
    """UTF-8 with a byte order mark (spreadsheets need it), lines end in LF."""
    lines: list[str] = []
    writer = csv.writer(_Collect(lines), lineterminator="\n")
    yield b"\xef\xbb\xbf"
    writer.writerow(COLUMNS)
    for row in rows(places):
        writer.writerow(row)
        if len(lines) >= BATCH:
            yield "".join(lines).encode()
            lines.clear()
    yield "".join(lines).encode()


class _Collect:
    """Just enough of a file for csv.writer."""

    def __init__(self, lines: list[str]):
        self.write = lines.append


def write_xlsx(places, stream: IO[bytes]) -> None:
    """All cells are text: a 20-digit code kept as a number would lose its end."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(PlaceName._meta.verbose_name)
    sheet.append(list(COLUMNS))
    for row in rows(places):
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            cell.data_type, cell.number_format = "s", "@"
            cells.append(cell)
        sheet.append(cells)
    book.save(stream)
