"""CSV and XLSX: one row a name, with its point; lists are joined as the importer reads them."""

import tempfile
from collections.abc import Iterator

from home.table_export import csv_blocks, write_xlsx
from place_names.open_data.fields import PLACE_FIELDS, plain

from .edition import TITLE, Edition
from .selection import Rows

JOINED = {"subdistricts": ";", "variants": "|"}
BLOCK = 1 << 16


def cell(name: str, value) -> str | int | float | None:
    if name in JOINED:
        return JOINED[name].join(map(str, value))
    return plain(value)


def csv_file(rows: Rows, edition: Edition) -> Iterator[bytes]:
    """With the names of the fields as headings, for programs."""
    names = [field.name for field in PLACE_FIELDS]
    table = ([cell(name, values[name]) for name in names] for values, _ in rows)
    yield from csv_blocks(_headed(names, table))


def xlsx_file(rows: Rows, edition: Edition) -> Iterator[bytes]:
    """With Chinese headings, for offices."""
    names = [field.name for field in PLACE_FIELDS]
    table = ([cell(name, values[name]) for name in names] for values, _ in rows)
    with tempfile.TemporaryFile() as file:
        write_xlsx(_headed([field.title for field in PLACE_FIELDS], table), TITLE, file)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _headed(headings: list[str], table: Iterator[list]) -> Iterator[list]:
    yield headings
    yield from table
