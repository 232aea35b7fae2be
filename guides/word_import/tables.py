"""Tables with their merged cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .package import W
from .report import Report
from .styles import child, is_on, value

MAX_COLUMNS = 100


@dataclass
class Cell:
    html: str
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


def direct(parent, tag: str) -> Iterator:
    """Children named `tag`, also inside content controls and other wrappers."""
    for element in parent:
        if element.tag == f"{W}{tag}":
            yield element
        elif element.tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            yield from direct(element, tag)
        elif element.tag == f"{W}sdt" and (content := child(element, "sdtContent")) is not None:
            yield from direct(content, tag)


def _count(element, path: str, default: int) -> int:
    text = value(element, path, "") or ""
    return min(int(text), MAX_COLUMNS) if text.isdigit() else default


def read_table(table, read_cell: Callable[[object], str], report: Report) -> list[list[Cell]]:
    """The rows of a w:tbl. `read_cell` gives the HTML of a w:tc; asked once for each cell.

    A cell that continues the one above or before it is part of that cell. Rows that a revision
    deleted are left out.
    """
    rows: list[list[Cell]] = []
    above: dict[int, Cell] = {}  # By column: the cell that a vertical merge would continue.
    for row in direct(table, "tr"):
        if child(row, "trPr/del") is not None:
            continue
        report.row += 1
        cells: list[Cell] = []
        here: dict[int, Cell] = {}
        is_header = bool(is_on(child(row, "trPr"), "tblHeader"))
        column = _count(row, "trPr/gridBefore", 0)
        if column:
            cells.append(Cell("", colspan=column))
        for element in direct(row, "tc"):
            width = max(1, _count(element, "tcPr/gridSpan", 1))
            properties = child(element, "tcPr")
            html = read_cell(element)
            continues = _continues(properties, "vMerge")
            if continues and column in above and not html:
                cell = above[column]
                cell.rowspan += 1
            elif _continues(properties, "hMerge") and cells and not html:
                cell = cells[-1]
                cell.colspan += width
            else:
                cell = Cell(html, width, 1, is_header)
                cells.append(cell)
            here[column] = cell
            column += width
        above = here
        rows.append(cells)
    return _even(rows)


def _continues(properties, name: str) -> bool:
    merge = child(properties, name)
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"


def _even(rows: list[list[Cell]]) -> list[list[Cell]]:
    """All rows as wide as the widest, so that a browser draws the same grid."""
    taken: dict[int, int] = {}  # By row: columns that cells from above fill.
    widths = []
    for number, row in enumerate(rows):
        widths.append(sum(cell.colspan for cell in row) + taken.get(number, 0))
        for cell in row:
            cell.rowspan = min(cell.rowspan, len(rows) - number)
            for below in range(number + 1, number + cell.rowspan):
                taken[below] = taken.get(below, 0) + cell.colspan
    widest = max(widths, default=0)
    for row, width in zip(rows, widths, strict=True):
        if width < widest:
            row.append(Cell("", colspan=widest - width))
    has_header = any(cell.header for row in rows for cell in row)
    if len(rows) > 1 and not has_header and all(c.html and c.rowspan == 1 for c in rows[0]):
        for cell in rows[0]:  # In a form to fill in, the first row has empty cells.
            cell.header = True
    return rows
