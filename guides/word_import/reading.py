"""From a .docx file to plain values: what a page shows, and what could not be kept.

Runs inside the sandbox (`home.sandbox`), without Django.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from home.sandbox import FileRefusedError

from . import front_matter
from .inline import MC, TAB, InlineReader, Line, Piece, alternative, as_html, stripped
from .length import refuse_too_long
from .lists import Item, nested
from .numbering import BULLET, Numbering
from .other_parts import report_other_parts
from .package import Package, W, rough_text
from .pictures import PictureReader
from .report import Report
from .styles import Styles, child, value
from .tables import read_table

CAPTION = re.compile(r"^(?:附?表|table)\s*[\d一二三四五六七八九十]", re.IGNORECASE)
PICTURE_CAPTION = re.compile(r"^(?:附?图|figure)\s*[\d一二三四五六七八九十]", re.IGNORECASE)
LIST_STYLE = re.compile(r"^list (?:bullet|number) ([2-9])$")
HEADING_LENGTH, CAPTION_LENGTH = 60, 80
MAX_DEPTH = 60


def read(path: Path, max_pages: int, max_pixels: int, max_edge: int) -> Iterator[dict]:
    """The document at `path` as values with a `kind`:

    `about` (title, document_number, dates, validity), then in reading order `heading` (text,
    level 2 or 3), `paragraph` (html), `table` (caption, rows of cells with html, colspan,
    rowspan and header) and `picture` (number, extension, description, caption, data in base64
    on its first use), last `source` (every paragraph with all its letters, also those of
    revisions) and `report` (notes of [place, message]).

    Raises FileRefusedError in words for the editor.
    """
    package = Package(path)
    root = package.xml(package.main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise FileRefusedError("文件里没有能导入的内容。")
    refuse_too_long(package, body, max_pages)
    try:
        yield from _Reader(package, body, max_pixels, max_edge).read()
    except FileRefusedError:
        raise
    except (ValueError, KeyError, IndexError, AttributeError, TypeError, RecursionError) as error:
        raise FileRefusedError(
            "文件里有读不了的内容，可能已经损坏。请在Word里另存一份再试，或者作为附件上传。"
        ) from error


class _Reader:
    def __init__(self, package: Package, body, max_pixels: int, max_edge: int):
        self.package, self.body = package, body
        self.report = Report()
        self.pictures = PictureReader(package, self.report, max_pixels, max_edge)
        self.styles = Styles(package)
        self.numbering = Numbering(package, self.styles)
        self.inline = InlineReader(package, self.styles, self.report)
        self.blocks: list[dict] = []
        self.html: list[str] = []
        self.listed: list[Item] = []
        self.caption = ""
        self.carried: list[Piece] = []
        self.contents = 0
        self.depth = 0
        self.texts: list[str] = []

    def read(self) -> Iterator[dict]:
        elements = list(self._elements(self.body))
        paragraphs = [element for element in elements if element.tag == f"{W}p"]
        titles = front_matter.title_paragraphs(paragraphs, self.styles, rough_text)
        title = ""
        for number, element in enumerate(elements):
            if any(element is one for one in titles):
                title = front_matter.one_title([title, *self._title(element)])
                continue
            following = elements[number + 1] if number + 1 < len(elements) else None
            is_table_next = following is not None and following.tag == f"{W}tbl"
            self._block(element, is_table_next)
        self._flush_carried()
        self._close_text()
        self._notes()
        if self.inline.revisions:
            self.report.add(
                f"有{self.inline.revisions}处修订，按接受修订后的文字导入，请核对。", ""
            )
        if self.contents:
            self.report.add("目录没有导入：网页上不需要页码。", "")
        report_other_parts(self.package, self.report)
        if not self.blocks and not title:
            raise FileRefusedError("文件里没有能导入的内容。")
        yield {
            "kind": "about",
            "title": title,
            "document_number": front_matter.document_number([title, *self.texts]),
            "dates": front_matter.dates(self.texts),
            "validity": front_matter.validity(self.texts),
        }
        yield from self.blocks
        yield {"kind": "source", "lines": list(_source(self.body))}
        yield {"kind": "report", "notes": self.report.notes}

    def _elements(self, parent) -> Iterator:
        """The paragraphs and tables of a body, a cell or a text box, also within wrappers."""
        for element in parent:
            tag = element.tag
            if tag in (f"{W}p", f"{W}tbl"):
                yield element
            elif tag == f"{W}sdt":
                if _is_contents(element):
                    self.contents += sum(1 for p in element.iter(f"{W}p") if rough_text(p))
                elif (content := child(element, "sdtContent")) is not None:
                    yield from self._elements(content)
            elif tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
                yield from self._elements(element)
            elif tag == f"{MC}AlternateContent":
                if (chosen := alternative(element)) is not None:
                    yield from self._elements(chosen)
            elif tag == f"{W}altChunk":
                self.report.left_out("嵌入的另一份文件")
            elif isinstance(tag, str) and tag.endswith(("}oMathPara", "}oMath")):
                wrapped = element.makeelement(f"{W}p")
                wrapped.append(element)
                yield wrapped

    def _title(self, paragraph) -> list[str]:
        """The lines of a paragraph of the title."""
        self.report.paragraph += 1
        line = self.inline.read(paragraph)
        self._after(line)
        return line.text.replace(TAB, " ").split("\n")

    def _block(self, element, is_table_next: bool = False) -> None:
        if element.tag == f"{W}tbl":
            self._table(element)
        else:
            self._paragraph(element, is_table_next)

    def _paragraph(self, paragraph, is_table_next: bool) -> None:
        self.report.paragraph += 1
        line = self.inline.read(paragraph)
        if self.inline.touched_contents or self.styles.is_contents(paragraph):
            self.contents += bool(line.text.strip())
            self._after(line)
            return
        line.pieces = [*self.carried, *line.pieces]
        self.carried = []
        if _continues(paragraph) and line.text.strip():
            self.carried = line.pieces
            self._after(line)
            return
        pieces = stripped(line.pieces)
        text = "".join(piece.text for piece in pieces)
        if text:
            self.texts.append(text)
            self._words(paragraph, pieces, text, is_table_next)
        else:
            self.numbering.label(paragraph)  # Word counts items without words, too.
        self._after(line)

    def _words(self, paragraph, pieces: list[Piece], text: str, is_table_next: bool) -> None:
        label = self.numbering.label(paragraph)
        number = "" if label in (None, BULLET) else label
        level = self.styles.outline_level(paragraph)
        whole = f"{number} {text}" if number else text
        if level and len(whole) <= HEADING_LENGTH and "\n" not in whole:
            self._close_text()
            self._add("heading", text=whole.strip(), level="2" if level == 1 else "3")
            return
        if self._captions_picture(whole):
            return
        if is_table_next and CAPTION.match(whole) and len(whole) <= CAPTION_LENGTH:
            self._close_text()
            self.caption = whole.replace("\n", " ")
            return
        html = as_html([Piece(f"{number} "), *pieces] if number else pieces)
        if level and not html.startswith("<b>"):
            html = f"<b>{as_html([Piece(piece.text, '', piece.url) for piece in pieces])}</b>"
            html = f"<b>{as_html([Piece(number)])} </b>{html}" if number else html
        place = self.numbering.place(paragraph)
        if label == BULLET and place:
            self.listed.append(("ul", max(place[1], self._depth_by_style(paragraph)), html))
        elif label is None and (tag := self._list_style(paragraph)):
            self.listed.append((tag, self._depth_by_style(paragraph), html))
        else:
            self._close_list()
            self.html.append(f"<p>{html}</p>")

    def _list_style(self, paragraph) -> str:
        name = self.styles.name(paragraph)
        if name.startswith("list number"):
            return "ol"
        return "ul" if name.startswith("list bullet") else ""

    def _depth_by_style(self, paragraph) -> int:
        found = LIST_STYLE.match(self.styles.name(paragraph))
        return int(found[1]) - 1 if found else 0

    def _after(self, line: Line) -> None:
        """Pictures and text boxes of a paragraph come after its words."""
        for picture in line.pictures:
            self._picture(picture)
        for box in line.boxes:
            self._nested(box)

    def _nested(self, container) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FileRefusedError("文件里的文本框或表格套得太深，不能导入。")
        number = self.report.paragraph
        for element in list(self._elements(container)):
            self._block(element)
        self.report.paragraph = number
        self.depth -= 1

    def _add(self, kind: str, **values) -> None:
        self.blocks.append({"kind": kind, **values})

    def _close_list(self) -> None:
        if self.listed:
            self.html.append(nested(self.listed))
            self.listed = []

    def _close_text(self) -> None:
        self._close_list()
        if self.html:
            self._add("paragraph", html="".join(self.html))
            self.html = []

    def _flush_carried(self) -> None:
        if pieces := stripped(self.carried):
            self.html.append(f"<p>{as_html(pieces)}</p>")
            self.carried = []

    def _captions_picture(self, text: str) -> bool:
        """Whether the paragraph is the caption of the picture before it."""
        last = self.blocks[-1] if self.blocks else None
        if self.html or self.listed or not last or last["kind"] != "picture":
            return False
        if last["caption"] or len(text) > CAPTION_LENGTH or not PICTURE_CAPTION.match(text):
            return False
        last["caption"] = text.replace("\n", " ")
        return True

    def _table(self, table) -> None:
        self._close_text()
        outer = self.report.in_table, self.report.row
        self.report.table += not self.report.in_table
        self.report.in_table, self.report.row = self.report.in_table + 1, 0
        number = self.report.table
        caption, self.caption = self.caption, ""
        pictures: list = []
        rows = read_table(table, lambda cell: self._cell(cell, pictures), self.report)
        self.report.in_table, self.report.row = outer
        cells = [cell for row in rows for cell in row]
        if len(cells) == 1:  # A frame around text, and no table.
            if cells[0].html:
                self.html.append(f"<p>{cells[0].html}</p>")
        elif any(cell.html for cell in cells):
            if not caption:
                self.report.add("没有表题，请补写。", f"第{number}个表")
            rows = [[vars(cell) for cell in row] for row in rows]
            self._add("table", caption=caption or f"表{number}", rows=rows)
        for picture in pictures:
            self._picture(picture)
            self.report.add("表里的图片放到了表的后面。", f"第{number}个表")

    def _cell(self, cell, pictures: list) -> str:
        """The words of a cell, a line for each paragraph; lists and inner tables as lines too."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise FileRefusedError("文件里的表格套得太深，不能导入。")
        lines: list[str] = []
        for element in list(self._elements(cell)):
            if element.tag == f"{W}tbl":
                lines += self._inner_table(element, pictures)
            else:
                lines += self._cell_lines(element, pictures)
        self.depth -= 1
        return "<br/>".join(line for line in lines if line)

    def _inner_table(self, table, pictures: list) -> list[str]:
        self.report.add("表里面的表改成了文字，请核对。")
        rows = read_table(table, lambda cell: self._cell(cell, pictures), Report())
        return [TAB.join(cell.html for cell in row if cell.html) for row in rows]

    def _cell_lines(self, paragraph, pictures: list) -> list[str]:
        line = self.inline.read(paragraph)
        label = self.numbering.label(paragraph)
        number = "" if label is None else "• " if label == BULLET else f"{label} "
        pictures += line.pictures
        pieces = stripped(line.pieces)
        words = as_html([Piece(number), *pieces]) if pieces else ""
        return [words, *(self._cell(box, pictures) for box in line.boxes)]

    def _picture(self, element) -> None:
        if (picture := self.pictures.read(element)) is not None:
            self._close_text()
            self._add("picture", **picture)

    def _notes(self) -> None:
        """Foot- and endnotes as paragraphs at the end, numbered as cited."""
        parts = {kind: self.package.related(f"{kind}s") for kind in ("footnote", "endnote")}
        cited, number = self.inline.notes, 0
        while number < len(cited):
            kind, key = cited[number]
            number += 1
            self.report.part = f"注释[{number}]"
            root = parts[kind]
            notes = root.iter(f"{W}{kind}") if root is not None else ()
            note = next((one for one in notes if one.get(f"{W}id") == key), None)
            if note is None:
                self.report.left_out("注释的文字")
                continue
            pictures: list = []
            self.inline.relationships = {}
            words = self._cell(note, pictures)
            self.html.append(f"<p>[{number}] {words.strip()}</p>")
        self.report.part = ""
        self._close_text()


def _source(body) -> Iterator[str]:
    for paragraph in body.iter(f"{W}p"):
        letters = (text.text or "" for text in paragraph.iter(f"{W}t", f"{W}delText"))
        if words := "".join(letters):
            yield words


def _is_contents(element) -> bool:
    gallery = value(element, "sdtPr/docPartObj/docPartGallery", "") or ""
    return gallery in ("Table of Contents", "Table of Figures")


def _continues(paragraph) -> bool:
    """Whether the text runs on into the next paragraph: its mark was deleted, or a drop cap."""
    frame = child(paragraph, "pPr/framePr")
    is_drop_cap = frame is not None and frame.get(f"{W}dropCap", "none") != "none"
    return is_drop_cap or child(paragraph, "pPr/rPr/del") is not None
