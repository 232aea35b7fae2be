"""Demonstration content in a plain notation, turned into the blocks an editor would make.

Paragraphs are separated by empty lines; `- ` begins an item of a list, `1. ` of a numbered
one, `## ` a heading, `### ` one below it; `! kind | title | text` is a note; `| a | b |` rows are a table whose
caption stands before them as `|= caption`. `**words**` are bold, `[words](/address/)` a link.
"""

import re
from html import escape

from home.blocks.rich_tables import Cell, table_markup

LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")
NUMBERED = re.compile(r"\d+\. ")


def inline(text: str) -> str:
    """A line of the notation as rich text."""
    html = BOLD.sub(r"<b>\1</b>", escape(text, quote=False))
    return LINK.sub(r'<a href="\2">\1</a>', html)


def paragraph(text: str) -> str:
    """A chunk without empty lines as rich text: a list or a paragraph."""
    lines = text.strip().splitlines()
    if all(line.startswith("- ") for line in lines):
        return "<ul>" + "".join(f"<li>{inline(line[2:])}</li>" for line in lines) + "</ul>"
    if all(NUMBERED.match(line) for line in lines):
        items = (NUMBERED.sub("", line, count=1) for line in lines)
        return "<ol>" + "".join(f"<li>{inline(item)}</li>" for item in items) + "</ol>"
    return "<p>" + "<br/>".join(inline(line) for line in lines) + "</p>"


def table(lines: list[str]) -> dict[str, object]:
    """`|= caption` and rows of `| a | b |`, the first of which is the heading."""
    rows = _cells(lines)
    return {
        "caption": _caption(lines),
        "table": {
            "columns": [{"type": "text", "heading": heading} for heading in rows[0]],
            "rows": [{"values": row} for row in rows[1:]],
            "caption": "",
        },
    }


def linked_table(lines: list[str]) -> dict[str, str]:
    """As `table`, where cells hold links."""
    first, *rest = _cells(lines)
    heading = [Cell(inline(text), header=True) for text in first]
    rows = [[Cell(inline(text)) for text in row] for row in rest]
    return {"caption": _caption(lines), "table": table_markup([heading, *rows])}


def _cells(lines: list[str]) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines[1:]]


def _caption(lines: list[str]) -> str:
    return lines[0].removeprefix("|=").strip()


def blocks(text: str) -> list[dict[str, object]]:
    """The notation as raw StreamField data for a body made of the content blocks."""
    result: list[dict[str, object]] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        lines = chunk.strip().splitlines()
        if not lines:
            continue
        first = lines[0]
        if first.startswith(("## ", "### ")):
            hashes, text = first.split(" ", 1)
            value = {"text": text, "level": str(len(hashes))}
            result.append({"type": "heading", "value": value})
            if len(lines) > 1:
                result.append({"type": "paragraph", "value": paragraph("\n".join(lines[1:]))})
        elif first.startswith("! "):
            if len(lines) > 1 and any(line.startswith("! ") for line in lines[1:]):
                raise ValueError(f"A note needs an empty line after it: {first}")
            kind, title, note = (part.strip() for part in chunk[2:].split("|", 2))
            value = {"kind": kind, "title": title, "text": paragraph(note)}
            result.append({"type": "callout", "value": value})
        elif first.startswith("|="):
            kind, made = ("rich_table", linked_table) if LINK.search(chunk) else ("table", table)
            result.append({"type": kind, "value": made(lines)})
        else:
            result.append({"type": "paragraph", "value": paragraph(chunk)})
    return result


def rows(lines: str, *names: str) -> list[dict[str, str]]:
    """Lines of `a | b | c` as dictionaries with `names`; missing cells are empty."""
    result = []
    for line in lines.strip().splitlines():
        cells = [cell.strip() for cell in line.split("|")]
        cells += [""] * (len(names) - len(cells))
        result.append(dict(zip(names, cells, strict=False)))
    return result
