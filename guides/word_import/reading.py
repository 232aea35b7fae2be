"""From a .docx file to the blocks of a page. Knows nothing of the database."""

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from lxml import etree

from .numbering import BULLET, Numbering

HEADING = re.compile(r"^(?:heading|标题)\s*(\d)$", re.IGNORECASE)
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(]\d{4}[〕\]）)]\d{1,4}号")
CAPTION = re.compile(r"^(?:附?表|table)\s*[\d一二三四五六七八九十]", re.IGNORECASE)
TO_BE_WRITTEN = "请补写"  # How the alternative text of a picture begins that has none.
HEADING_LENGTH, CAPTION_LENGTH = 60, 80
LETTERS_A_PAGE = 800  # of a printed Chinese page, for files that do not say their length
MOST_UNPACKED = 200 * 1024 * 1024
MOST_PARTS = 5000
PICTURE_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}

SavePicture = Callable[[bytes, str, str], int | None]


class UnreadableError(Exception):
    """The file cannot be imported; the message says why, to the editor."""


@dataclass
class Imported:
    """The blocks in the raw form of a StreamField, and what needs an editor's eye."""

    title: str = ""
    document_number: str = ""
    blocks: list[dict] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    pictures: int = 0


def read(data: bytes, most_pages: int, save_picture: SavePicture) -> Imported:
    """The document in `data`.

    `save_picture(content, extension, description)` keeps a picture and returns its key, or
    None when it is no picture that can be shown. Raises UnreadableError for a broken or
    oversized file, before any picture was saved.
    """
    document = _opened(data)
    pages = page_count(document)
    if pages > most_pages:
        raise UnreadableError(
            f"这份文件约{pages}页，最多能导入{most_pages}页。请分成几份导入，或者作为附件上传。"
        )
    try:
        return _Reader(document, save_picture).read()
    except UnreadableError:
        raise
    except Exception as error:  # python-docx raises what it happens to meet in a broken file.
        raise UnreadableError(
            "文件里有读不了的内容，可能已经损坏。请在Word里另存一份再试，或者作为附件上传。"
        ) from error


def _opened(data: bytes) -> Document:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > MOST_UNPACKED:
                raise UnreadableError("文件解开后太大，不能导入。请减少图片后再试。")
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                raise UnreadableError("文件里有宏，不能导入。请在Word里另存为不带宏的.docx。")
            if archive.testzip():
                raise UnreadableError("文件已损坏，请重新保存后再上传。")
        return docx.Document(BytesIO(data))
    except UnreadableError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, NotImplementedError, RuntimeError):
        raise UnreadableError("这不是能打开的.docx文件。如果是.doc，请先在Word里另存为.docx。")
    except Exception as error:  # python-docx raises what lxml and its own code happen to raise.
        raise UnreadableError("文件已损坏或者不是Word文档，请重新保存后再上传。") from error


def page_count(document: Document) -> int:
    """Pages as Word counted them when it saved, or estimated from breaks and letters."""
    counted = 0
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            found = re.search(rb"<Pages>(\d{1,6})</Pages>", part.blob)
            counted = int(found[1]) if found else 0
    body = document.element.body
    breaks = len(list(body.iter(qn("w:lastRenderedPageBreak"))))
    breaks += sum(1 for b in body.iter(qn("w:br")) if b.get(qn("w:type")) == "page")
    letters = sum(len(text.text or "") for text in body.iter(qn("w:t")))
    return max(counted, breaks + 1, -(-letters // LETTERS_A_PAGE))


class _Reader:
    def __init__(self, document: Document, save_picture: SavePicture):
        self.document = document
        self.save_picture = save_picture
        self.result = Imported()
        self.html: list[str] = []
        self.list_tag = ""
        self.kept: dict[str, int | None] = {}
        self.numbering = Numbering(document)

    def read(self) -> Imported:
        _take_out_of_controls(self.document.element.body)
        items = list(self.document.iter_inner_content())
        self.result.title = self._title(items)
        for number, item in enumerate(items):
            if isinstance(item, Table):
                self._table(item)
            else:
                following = items[number + 1] if number + 1 < len(items) else None
                self._paragraph(item, isinstance(following, Table))
        self._close_text()
        self._warn_of_what_is_left_out()
        if not self.result.blocks:
            raise UnreadableError("文件里没有能导入的内容。")
        return self.result

    def _title(self, items: list) -> str:
        """The Title, or the only first-level heading, taken out of the text."""
        paragraphs = [item for item in items if isinstance(item, Paragraph)]
        titles = [p for p in paragraphs if _style(p) in ("title", "标题") and p.text.strip()]
        if not titles:
            top = [p for p in paragraphs if _level(p) == 1 and p.text.strip()]
            titles = top if len(top) == 1 else []
        for paragraph in paragraphs[:20]:
            if found := NUMBER.search(paragraph.text):
                self.result.document_number = found[0]
                break
        if not titles:
            return (self.document.core_properties.title or "").strip()
        items.remove(titles[0])
        return titles[0].text.strip()

    def _add(self, kind: str, value) -> None:
        self.result.blocks.append({"type": kind, "value": value})

    def _close_list(self) -> None:
        if self.list_tag:
            self.html.append(f"</{self.list_tag}>")
            self.list_tag = ""

    def _close_text(self) -> None:
        self._close_list()
        if self.html:
            self._add("paragraph", "".join(self.html))
            self.html = []

    def _paragraph(self, paragraph: Paragraph, before_table: bool) -> None:
        text = paragraph.text.strip()
        label = self.numbering.label(paragraph) if text else None
        number = "" if label in (None, BULLET) else label
        level = _level(paragraph)
        text = f"{number} {text}" if number else text
        if level and text and len(text) <= HEADING_LENGTH:
            self._close_text()
            self._add("heading", {"text": text, "level": "2" if level == 1 else "3"})
        elif text:
            if before_table and CAPTION.match(text) and len(text) <= CAPTION_LENGTH:
                self._close_text()
                self.caption = text
                return
            html = f"{escape(number)} {_inline(paragraph)}" if number else _inline(paragraph)
            html = f"<b>{html}</b>" if level else html
            tag = "ul" if label == BULLET else "" if number else _list_tag(paragraph)
            if tag != self.list_tag:
                self._close_list()
                if tag:
                    self.html.append(f"<{tag}>")
                self.list_tag = tag
            self.html.append(f"<li>{html}</li>" if tag else f"<p>{html}</p>")
        self._pictures(paragraph)

    caption = ""

    def _table(self, table: Table) -> None:
        self._close_text()
        number = sum(1 for block in self.result.blocks if block["type"] == "table") + 1
        caption, self.caption = self.caption, ""
        if not caption:
            caption = f"表{number}"
            self.result.warnings.append(f"第{number}个表没有表题，请补写。")
        given = [list(row.cells) for row in table.rows]
        rows = [_cells(cells, is_heading=not place) for place, cells in enumerate(given)]
        if any(len({cell._tc for cell in cells}) < len(cells) for cells in given):
            self.result.warnings.append(f"第{number}个表有合并的单元格，请对照原文。")
        width = max((len(row) for row in rows), default=0)
        if not width:
            return
        rows = [row + [""] * (width - len(row)) for row in rows]
        first, rest = rows[0], rows[1:]
        columns = [{"type": "text", "heading": heading} for heading in first]
        value = {"columns": columns, "rows": [{"values": row} for row in rest], "caption": ""}
        self._add("table", {"caption": caption, "table": value})
        for row in table.rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    self._pictures(paragraph)

    def _pictures(self, paragraph: Paragraph) -> None:
        for blip in paragraph._p.iter(qn("a:blip")):
            key = blip.get(qn("r:embed"))
            part = self.document.part.related_parts.get(key) if key else None
            if part is None:
                self.result.warnings.append("有一幅图片没有保存在文件里，没有导入。")
                continue
            name = str(part.partname)
            if name not in self.kept:
                self.kept[name] = self._kept(part, blip)
            if self.kept[name] is not None:
                self._close_text()
                self._add("picture", {"image": self.kept[name], "caption": ""})

    def _kept(self, part, blip) -> int | None:
        number = len(self.kept) + 1
        extension = PICTURE_TYPES.get(part.content_type)
        description = _description(blip)
        key = None
        if extension:
            key = self.save_picture(
                part.blob, extension, description or f"{TO_BE_WRITTEN}图{number}的内容"
            )
        if key is None:
            kind = part.content_type.removeprefix("image/")
            self.result.warnings.append(f"第{number}幅图（{kind}）不能在网页上显示，没有导入。")
        else:
            self.result.pictures += 1
            if not description:
                self.result.warnings.append(f"第{number}幅图没有替代文字，请到“图片”里补写。")
        return key

    def _warn_of_what_is_left_out(self) -> None:
        body = self.document.element.body
        for tag, name in (
            ("w:footnoteReference", "脚注"),
            ("w:endnoteReference", "尾注"),
            ("w:txbxContent", "文本框"),
            ("w:ins", "修订"),
        ):
            count = len(list(body.iter(qn(tag))))
            if count:
                self.result.warnings.append(f"有{count}处{name}没有导入，请对照原文。")
        count = len(list(body.iter("{urn:schemas-microsoft-com:office:office}OLEObject")))
        if count:
            self.result.warnings.append(f"有{count}个嵌入的文件没有导入，请作为附件上传。")
        if any(table.find(".//" + qn("w:tbl")) is not None for table in body.iter(qn("w:tc"))):
            self.result.warnings.append("有的表格里面还有表格，里面的没有导入，请对照原文。")


def _style(paragraph: Paragraph) -> str:
    return (paragraph.style.name or "").strip().lower() if paragraph.style is not None else ""


def _level(paragraph: Paragraph) -> int:
    """The level of a heading, 0 for other text."""
    found = HEADING.match(_style(paragraph))
    return int(found[1]) if found else 0


def _list_tag(paragraph: Paragraph) -> str:
    style = _style(paragraph)
    if style.startswith("list number"):
        return "ol"
    properties = paragraph._p.pPr
    listed = properties is not None and properties.numPr is not None
    return "ul" if listed or style.startswith("list bullet") else ""


def _inline(paragraph: Paragraph) -> str:
    return "".join(_pieces(paragraph)).strip()


def _pieces(paragraph: Paragraph) -> Iterator[str]:
    for piece in paragraph.iter_inner_content():
        text = _readable(piece.text)
        if not text:
            continue
        html = escape(text).replace("\n", "<br/>")
        if isinstance(piece, Hyperlink):
            address = piece.url
            if address.startswith(("https://", "http://")):
                html = f'<a href="{escape(address)}">{html}</a>'
        elif piece.bold:
            html = f"<b>{html}</b>"
        yield html


def _take_out_of_controls(body) -> None:
    """Content controls (forms, dates, chosen texts) hold paragraphs and words like any other."""
    for control in list(body.iter(qn("w:sdt"))):
        content = control.find(qn("w:sdtContent"))
        for child in list(content) if content is not None else ():
            control.addprevious(child)
        control.getparent().remove(control)


def _cells(cells, is_heading: bool) -> list[str]:
    """The words of a row; a cell that spans columns says them once, a heading in each."""
    return [
        "" if number and cell._tc is cells[number - 1]._tc and not is_heading else _text(cell)
        for number, cell in enumerate(cells)
    ]


def _text(cell) -> str:
    return _readable(" ".join(p.text.strip() for p in cell.paragraphs if p.text.strip()))


def _readable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _description(blip) -> str:
    """The alternative text that the author gave the picture, if any."""
    for ancestor in blip.iterancestors():
        if etree.QName(ancestor).localname in ("inline", "anchor"):
            properties = ancestor.find(qn("wp:docPr"))
            return (properties.get("descr") or "").strip()[:255] if properties is not None else ""
    return ""
