"""What tables of every kind have in common: the row of headings, cells as text, limits."""

import datetime
import json
from collections.abc import Iterable, Sequence

from home.sandbox import FileRefusedError

MAX_CELL = 100_000
MAX_ROWS = 200_000
MAX_CELLS = 5_000_000
TOP = 20
"""Rows within which the headings are looked for."""

# Line in the file, text by heading, GeoJSON geometry, what is wrong with a value by heading.
Row = tuple[int, dict[str, str], dict | None, dict[str, str]]


def too_long(name: str) -> FileRefusedError:
    return FileRefusedError(
        f"“{name}”超过{MAX_ROWS // 10_000}万行或者{MAX_CELLS // 10_000}万格（空行、空格也算）。"
        "请删去多余的空行，或者分成几个文件导入。"
    )


def heading_row(top: Sequence[Sequence[str]], known: Iterable[str]) -> int:
    """The number (from 1) of the row that has the headings.

    It is the first row with content, unless a later one has more of the `known` headings, and
    at least two: above it stand titles.
    """
    words = set(known)
    filled = [number for number, row in enumerate(top, 1) if any(cell.strip() for cell in row)]
    if not filled:
        return 1
    hits = {number: len({_word(cell) for cell in top[number - 1]} & words) for number in filled}
    best = max(filled, key=lambda number: (hits[number], -number))
    return best if hits[best] >= 2 else filled[0]


def _word(cell: str) -> str:
    return cell.strip().lower().rstrip("*＊")


def by_heading(
    name: str, headings: list[str], cells: list[str], line: int, hint: str
) -> dict[str, str]:
    """More cells than headings would silently shift a row, so they are refused with the `hint`."""
    for number, cell in enumerate(cells[len(headings) :], len(headings) + 1):
        if cell.strip():
            raise FileRefusedError(
                f"“{name}”第{line}行第{number}列有内容“{cell.strip()[:20]}”，"
                f"表头只有{len(headings)}列：{hint}。"
            )
    return dict(zip(headings, cells, strict=False))


def cell_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
