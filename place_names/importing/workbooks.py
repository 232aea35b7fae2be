"""XLSX workbooks, for the child of `home.sandbox`.

A workbook shows more than it holds: formulas whose value was never saved, merged cells of
which one has the content, dates where a year was typed. Such cells are named, not guessed.
"""

import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

from home.sandbox import FileRefusedError, archives

from .reading import Description, Layer, Reading
from .tables import MAX_CELLS, MAX_ROWS, TOP, Row, by_heading, cell_text, heading_row, too_long

MAX_SHEETS = 100
MAX_EXACT = 10**15
"""From here on a number of a spreadsheet is rounded: it keeps fifteen digits."""
ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"}
NO_VALUE = "是公式，文件里没有存下它的结果；请在表格软件中打开、重新计算并保存，或改为数值"
ROUNDED = "是超过15位的数字，末尾几位已丢失，请在表格中把该列设为文本"
FAILED = "公式出错，没有结果"
BESIDE = "请给这一列写上表头，或者删去这一列；表头不在这一行的，请选定表头所在的行"
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_OVERLAP = 256


def describe(path: Path, name: str, reading: Reading, known: Iterable[str]) -> Description:
    members = archives.check(path, max_unpacked=reading.max_unpacked)
    _refuse_other_office_files(members, name)
    if "xl/workbook.xml" in members and _is_strict(path):
        raise FileRefusedError(
            f"“{name}”是“Strict Open XML”格式，请另存为普通的Excel工作簿（.xlsx）再导入。"
        )
    with _book(path) as book:
        if not book.worksheets:
            raise FileRefusedError(f"“{name}”里没有工作表，请用表格软件打开后另存为.xlsx再导入。")
        tops = {sheet.title: _top(sheet, reading) for sheet in book.worksheets[:MAX_SHEETS]}
    filled = [title for title, top in tops.items() if top]
    if reading.layer and reading.layer not in filled:
        raise FileRefusedError(f"“{name}”里没有工作表“{reading.layer}”，或者它是空的。")
    chosen = reading.layer or (filled[0] if filled else "")
    top = tops.get(chosen, [])
    number = reading.heading_row or heading_row(top, known)
    headings = top[number - 1] if number <= len(top) else []
    settled = replace(
        reading, layer=chosen if len(filled) == 1 else reading.layer, heading_row=number
    )
    layers = [Layer(title) for title in filled]
    notes = [f"其余{len(tops) - 1}个工作表是空的。"] if len(filled) == 1 < len(tops) else []
    return Description(list(headings), settled, layers, {}, top, notes=notes)


def rows(path: Path, name: str, reading: Reading) -> Iterator[Row]:
    archives.check(path, max_unpacked=reading.max_unpacked)
    with _book(path) as book:
        sheet = book[reading.layer] if reading.layer else book.worksheets[0]
        has_formulas, merged = _scan(path, sheet)
        down = [each for each in merged if each[1] != each[3] and each[3] > reading.heading_row]
        if down:
            cells = "、".join(f"{a}{b}:{c}{d}" for a, b, c, d in down[:3])
            raise FileRefusedError(
                f"工作表“{sheet.title}”里有{len(down)}处合并了上下几行的单元格（{cells}"
                f"{'等' if len(down) > 3 else ''}），合并后只有第一行有内容。"
                "请取消合并并把各行填满，再导入。"
            )
        headings: list[str] = []
        formulas = _formulas(path, sheet.title) if has_formulas else None
        for number, values in enumerate(_values(sheet, name), 1):
            written = next(formulas, ()) if formulas else ()
            cells = [cell_text(value) for value in values]
            if number == reading.heading_row:
                headings = cells
                continue
            empty = not any(cell.strip() for cell in cells) and not any(written)
            if number < reading.heading_row or empty:
                continue
            faults = _faults(headings, values, written)
            yield number, by_heading(name, headings, cells, number, BESIDE), None, faults


def _refuse_other_office_files(members: Iterable[str], name: str) -> None:
    """Raise FileRefusedError for an archive that another program wrote, or none did."""
    found = set(members)
    if "xl/workbook.bin" in found:
        raise FileRefusedError(f"“{name}”是二进制的Excel（.xlsb）文件，请另存为.xlsx再导入。")
    if "content.xml" in found:
        raise FileRefusedError(f"“{name}”是ODS表格，请另存为.xlsx再导入。")
    if "[Content_Types].xml" not in found:
        raise FileRefusedError(f"“{name}”是压缩文件，不是XLSX表格；里面若有表格，请解压后上传。")


def _is_strict(path: Path) -> bool:
    """Whether a workbook is in the strict form of Office Open XML, which openpyxl does not read."""
    with zipfile.ZipFile(path) as archive:
        return b"http://purl.oclc.org/ooxml/spreadsheetml/main" in archive.read("xl/workbook.xml")


@contextmanager
def _book(path: Path, *, formulas: bool = False):
    from openpyxl import load_workbook  # Takes longer to import than to read a short file.

    with path.open("rb") as file, _no_sizes():  # A path without .xlsx is refused.
        yield load_workbook(file, read_only=True, data_only=not formulas)


@contextmanager
def _no_sizes():
    """Keeps openpyxl from what a sheet says of its size.

    That pads every row, and a sheet that says nothing of it is read to its end to find that out.
    """
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

    looking = ReadOnlyWorksheet._get_size
    ReadOnlyWorksheet._get_size = lambda sheet: None
    try:
        yield
    finally:
        ReadOnlyWorksheet._get_size = looking


def _values(sheet, name: str) -> Iterator[tuple]:
    """The cells of each row, rows without cells too."""
    count = 0
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        count += len(cells)
        if number > MAX_ROWS + TOP or count > MAX_CELLS:
            raise too_long(name)
        yield tuple(map(_unescaped, cells))


def _unescaped(value: object) -> object:
    """The text of a cell in which Office Open XML wrote characters as _x000D_ (ECMA-376, part 1,
    22.9.2.19); controls, which nobody sees in a cell, are left out."""
    return _ESCAPED.sub(_shown, value) if isinstance(value, str) and "_x" in value else value


def _shown(escaped: re.Match) -> str:
    character = chr(int(escaped[1], 16))
    is_seen = character in "\t\n" or unicodedata.category(character) not in ("Cc", "Cs")
    return character if is_seen else ""


def _top(sheet, reading: Reading) -> list[list[str]]:
    """The first rows as text without the empty ones at the end."""
    wanted = islice(sheet.iter_rows(values_only=True), max(TOP, reading.heading_row))
    found = [[cell_text(_unescaped(cell)) for cell in row] for row in wanted]
    while found and not any(cell.strip() for cell in found[-1]):
        found.pop()
    return found


def _scan(path: Path, sheet) -> tuple[bool, list[tuple[str, int, str, int]]]:
    """Whether a sheet has formulas, and its merged cells, from its XML in blocks."""
    formulas, merged, before = False, {}, b""
    with zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as file:
        while block := file.read(1 << 20):
            window = before + block
            formulas = formulas or bool(_FORMULA.search(window))
            for left, top, right, bottom in _MERGED.findall(window):
                merged[left, top, right, bottom] = None
            before = window[-_OVERLAP:]
    return formulas, [
        (left.decode(), int(top), right.decode(), int(bottom))
        for left, top, right, bottom in merged
    ]


def _formulas(path: Path, title: str) -> Iterator[list[bool]]:
    """For each row which cells are formulas."""
    with _book(path, formulas=True) as book:
        for row in book[title].iter_rows():
            yield [cell.data_type == "f" for cell in row]


def _faults(headings: list[str], values: tuple, written: Iterable[bool]) -> dict[str, str]:
    found: dict[str, str] = {}
    for heading, value in zip(headings, values, strict=False):
        if isinstance(value, str) and value in ERRORS:
            found[heading] = FAILED
        elif isinstance(value, int | float) and abs(value) >= MAX_EXACT:
            found[heading] = ROUNDED
    for heading, value, is_formula in zip(headings, values, written, strict=False):
        if is_formula and value in (None, ""):
            found[heading] = NO_VALUE
    return found
