"""Text with separators: commas, semicolons, tabs; for the child of `home.sandbox`."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

from home.sandbox import FileRefusedError

from . import text_encoding
from .reading import Description, Reading
from .tables import MAX_CELL, TOP, Row, by_heading, heading_row

UNQUOTED = "可能是文字里的分隔符没有加引号，或者选错了表头所在的行"
DELIMITERS = {",": "逗号", ";": "分号", "\t": "制表符", "|": "竖线"}


def describe(path: Path, name: str, reading: Reading, known: Iterable[str]) -> Description:
    known = list(known)
    doubts: dict[str, str] = {}
    if not reading.encoding:
        verdict = text_encoding.of_file(path, name)
        doubts = {each: text_encoding.sample(path, each)[:40] for each in verdict.doubts}
        reading = replace(reading, encoding=verdict.encoding)
    elif not text_encoding.decodes(path, reading.encoding):
        text_encoding.refuse_nul(path, name, reading.encoding)
        label = text_encoding.ENCODINGS.get(reading.encoding, reading.encoding)
        raise FileRefusedError(f"“{name}”的文字不是{label}编码，请改选编码，或选“自动识别”。")
    if not reading.delimiter:
        reading = replace(reading, delimiter=_delimiter(path, reading, known))
    top = _top(path, reading)
    number = reading.heading_row or heading_row(top, known)
    headings = top[number - 1] if number <= len(top) else []
    if not headings:
        _explain(path, name, reading)
    notes = []
    if reading.delimiter != ",":
        notes.append(f"各列以{DELIMITERS[reading.delimiter]}分隔。")
    return Description(headings, replace(reading, heading_row=number), [], doubts, top, notes=notes)


def rows(path: Path, name: str, reading: Reading) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL)
    with path.open(encoding=reading.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=reading.delimiter, strict=True)
        line, headings = 1, []
        try:
            for number, cells in enumerate(reader, 1):
                if number == reading.heading_row:
                    headings = cells
                elif number > reading.heading_row and any(cell.strip() for cell in cells):
                    yield line, by_heading(name, headings, cells, line, UNQUOTED), None, {}
                line = reader.line_num + 1
        except csv.Error as error:
            reason = _reason(str(error))
            raise FileRefusedError(f"“{name}”从第{line}行起读不下去：{reason}。") from error
        except UnicodeError as error:
            raise FileRefusedError(f"“{name}”第{line}行附近的编码有误。") from error


def _delimiter(path: Path, reading: Reading, known: list[str]) -> str:
    """What separates the cells: by it most of the known headings stand in one row.

    Without any known heading it is the one that splits the first rows alike into most cells,
    else the one that splits most rows.
    """

    def fit(delimiter: str) -> tuple:
        top = _top(path, replace(reading, delimiter=delimiter))
        words = set(known)
        hits = max((len({c.strip().lower() for c in row} & words) for row in top), default=0)
        widths = [len(row) for row in top if any(cell.strip() for cell in row)]
        split = [width for width in widths if width > 1]
        even = min(split) if split and len(set(widths)) == 1 else 0
        return hits, even, len(split), delimiter == ","

    return max(DELIMITERS, key=fit)


def _top(path: Path, reading: Reading) -> list[list[str]]:
    csv.field_size_limit(MAX_CELL)
    found: list[list[str]] = []
    with path.open(encoding=reading.encoding, newline="") as file:
        reader = csv.reader(file, delimiter=reading.delimiter, strict=True)
        try:
            for row in islice(reader, max(TOP, reading.heading_row)):
                found.append(row)
        except (csv.Error, UnicodeError):
            pass  # What is wrong further down is told with its line when the rows are read.
    return found


def _explain(path: Path, name: str, reading: Reading) -> None:
    """Raise FileRefusedError when the first rows cannot be read at all."""
    with path.open(encoding=reading.encoding, newline="") as file:
        try:
            next(csv.reader(file, delimiter=reading.delimiter, strict=True), [])
        except (csv.Error, UnicodeError) as error:
            raise FileRefusedError(f"“{name}”的第一行读不出表头：{error}。") from error


def _reason(told: str) -> str:
    if "field limit" in told:
        return f"一格超过{MAX_CELL}字，可能是引号没有成对"
    return "引号没有成对" if "end of data" in told or "expected" in told else told
