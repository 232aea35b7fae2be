"""From a .docx file to the blocks of a page. Knows nothing of the database."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape

from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from lxml import etree

from .lists import Item, depth_of, nested
from .numbering import BULLET, Numbering
from .opening import UnreadableError, opened, page_count

HEADING = re.compile(r"^(?:heading|标题)\s*(\d)$", re.IGNORECASE)
NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔\[（(]\d{4}[〕\]）)]\d{1,4}号")
CAPTION = re.compile(r"^(?:附?表|table)\s*[\d一二三四五六七八九十]", re.IGNORECASE)
PICTURE_CAPTION = re.compile(r"^(?:附?图|figure)\s*[\d一二三四五六七八九十]", re.IGNORECASE)
TO_BE_WRITTEN = "请补写"  # How the alternative text of a picture begins that has none.
HEADING_LENGTH, CAPTION_LENGTH = 60, 80
PICTURE_TYPES = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}

SavePicture = Callable[[bytes, str, str], int | None]


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
    document = opened(data)
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


class _Reader:
    def __init__(self, document: Document, save_picture: SavePicture):
        self.document = document
        self.save_picture = save_picture
        self.result = Imported()
        self.html: list[str] = []
        self.listed: list[Item] = []
        self.kept: dict[str, int | None] = {}
        self.numbering = Numbering(document)

    def read(self) -> Imported:
        self._accept_revisions()
        _take_out_of(self.document.element.body, "w:sdt", "w:sdtContent")
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

    def _accept_revisions(self) -> None:
        """What was inserted counts, what was deleted does not."""
        body = self.document.element.body
        inserted = _take_out_of(body, "w:ins") + _take_out_of(body, "w:moveTo")
        count = inserted + sum(1 for each in body.iter(qn("w:del")) if len(each))
        if count:
            self.result.warnings.append(f"有{count}处修订，按接受修订后的文字导入，请核对。")

    def _close_list(self) -> None:
        if self.listed:
            self.html.append(nested(self.listed))
            self.listed = []

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
            if self._captions_picture(text):
                return
            if before_table and CAPTION.match(text) and len(text) <= CAPTION_LENGTH:
                self._close_text()
                self.caption = text
                return
            html = f"{escape(number)} {_inline(paragraph)}" if number else _inline(paragraph)
            html = f"<b>{html}</b>" if level else html
            if tag := "ul" if label == BULLET else "" if number else _list_tag(paragraph):
                self.listed.append((tag, depth_of(paragraph), html))
            else:
                self._close_list()
                self.html.append(f"<p>{html}</p>")
        self._pictures(paragraph)

    def _captions_picture(self, text: str) -> bool:
        """Whether the paragraph is what stands under the picture before it."""
        last = self.result.blocks[-1] if self.result.blocks else None
        if self.html or self.listed or not last or last["type"] != "picture":
            return False
        if last["value"]["caption"] or len(text) > CAPTION_LENGTH:
            return False
        if PICTURE_CAPTION.match(text):
            last["value"]["caption"] = text
        return bool(last["value"]["caption"])

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


def _take_out_of(body, wrapper: str, inside: str = "") -> int:
    """Puts what wrappers hold in their place; gives how many held something.

    Content controls (forms, dates, chosen texts) and insertions hold words like any other.
    """
    full = 0
    for outer in list(body.iter(qn(wrapper))):
        holder = outer.find(qn(inside)) if inside else outer
        children = list(holder) if holder is not None else []
        full += bool(children)
        for child in children:
            outer.addprevious(child)
        outer.getparent().remove(outer)
    return full


def _cells(cells, is_heading: bool) -> list[str]:
    """The words of a row; a cell that spans columns says them once, a heading in each."""
    return [
        "" if number and cell._tc is cells[number - 1]._tc and not is_heading else _text(cell)
        for number, cell in enumerate(cells)
    ]


def _text(cell) -> str:
    return _readable(" ".join(" ".join(p.text.split()) for p in cell.paragraphs).strip())


def _readable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")


def _description(blip) -> str:
    """The alternative text that the author gave the picture, if any."""
    for ancestor in blip.iterancestors():
        if etree.QName(ancestor).localname in ("inline", "anchor"):
            properties = ancestor.find(qn("wp:docPr"))
            return (properties.get("descr") or "").strip()[:255] if properties is not None else ""
    return ""
