"""The text of a paragraph: every run that a reader sees, and nothing twice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from lxml import etree

from .formulas import M, as_line
from .package import Package, R, W
from .report import Report
from .styles import Styles, child, is_on, value
from .symbols import PRIVATE_USE, in_unicode

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
TAB = "\u3000"
WEB = ("https://", "http://", "mailto:")
HYPERLINK = re.compile(r'^\s*HYPERLINK\s+"([^"]+)"')
CONTENTS = re.compile(r"^\s*TO[CA]\b")
REVISED_AWAY = {f"{W}del", f"{W}moveFrom"}
# Wrappers whose content is text like any other.
TRANSPARENT = {
    f"{W}{name}"
    for name in ("ins", "moveTo", "smartTag", "customXml", "fldSimple", "bdo", "dir", "sdtContent")
}
DRAWINGS = {f"{W}{name}" for name in ("drawing", "pict", "object")}
BLANK = re.compile("[ \u00a0\u3000]{2,}")  # Underlined, it is a line to write on.


@dataclass(frozen=True)
class Piece:
    """Text with one format; "\\n" is a line break."""

    text: str
    tag: str = ""
    url: str = ""


@dataclass
class Line:
    """A paragraph: its pieces, the pictures in it, and text boxes anchored to it."""

    pieces: list[Piece] = field(default_factory=list)
    pictures: list = field(default_factory=list)
    boxes: list = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def html(self) -> str:
        return as_html(self.pieces)


def as_html(pieces: list[Piece]) -> str:
    """The pieces as HTML, like neighbours joined, blanks kept as wide as they are."""
    joined: list[Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and (last.tag, last.url) == (piece.tag, piece.url):
            joined[-1] = Piece(last.text + piece.text, piece.tag, piece.url)
        elif piece.text:
            joined.append(piece)
    html = ""
    for piece in joined:
        text = re.sub("  +", lambda blank: "\u00a0" * len(blank[0]), piece.text)
        words = escape(text).replace("\n", "<br/>")
        if piece.tag:
            words = f"<{piece.tag}>{words}</{piece.tag}>"
        if piece.url:
            words = f'<a href="{escape(piece.url)}">{words}</a>'
        html += words
    return html


def stripped(pieces: list[Piece]) -> list[Piece]:
    """Without breaks and ordinary blanks at both ends: those show nothing."""
    pieces = [piece for piece in pieces if piece.text]
    while pieces and not pieces[0].text.strip(" \n"):
        pieces = pieces[1:]
    while pieces and not pieces[-1].text.strip(" \n"):
        pieces = pieces[:-1]
    if pieces:
        first = pieces[0]
        pieces[0] = Piece(first.text.lstrip(" \n"), first.tag, first.url)
        last = pieces[-1]
        pieces[-1] = Piece(last.text.rstrip(" \n"), last.tag, last.url)
    return pieces


@dataclass
class _Field:
    """A complex field: its code, then its result, possibly over several paragraphs."""

    code: str = ""
    in_result: bool = False
    entry: str = ""

    @property
    def url(self) -> str:
        match = HYPERLINK.match(self.code)
        return match[1] if match and match[1].startswith(WEB) else ""


class InlineReader:
    """Reads paragraphs in the order of the document; fields reach from one to the next."""

    def __init__(self, package: Package, styles: Styles, report: Report):
        self.package, self.styles, self.report = package, styles, report
        self.relationships = package.of_main
        self.fields: list[_Field] = []
        self.revisions = 0
        self.touched_contents = False
        self.notes: list[tuple[str, str]] = []  # (kind, id) of foot- and endnotes, as cited

    def in_contents(self) -> bool:
        """Whether the reader is inside the field of a table of contents."""
        return any(CONTENTS.match(field.code) for field in self.fields)

    def read(self, paragraph) -> Line:
        line = Line()
        self.touched_contents = self.in_contents()
        self._children(paragraph, paragraph, line, "")
        return line

    def _children(self, parent, paragraph, line: Line, url: str) -> None:
        for element in parent:
            if isinstance(element.tag, str):
                self._element(element, paragraph, line, url)

    def _element(self, element, paragraph, line: Line, url: str) -> None:
        tag = element.tag
        if tag == f"{W}r":
            self._run(element, paragraph, line, url)
        elif tag in TRANSPARENT:
            self.revisions += tag in (f"{W}ins", f"{W}moveTo") and len(element) > 0
            self._children(element, paragraph, line, url)
        elif tag == f"{W}hyperlink":
            self._children(element, paragraph, line, self._link(element) or url)
        elif tag == f"{W}sdt":
            if (content := child(element, "sdtContent")) is not None:
                self._children(content, paragraph, line, url)
        elif tag in REVISED_AWAY:
            self.revisions += len(element) > 0
        elif tag == f"{MC}AlternateContent":
            if (chosen := alternative(element)) is not None:
                self._children(chosen, paragraph, line, url)
        elif tag in (f"{M}oMath", f"{M}oMathPara"):
            self._formula(element, line)
        elif tag == f"{W}ruby":
            self._children(child(element, "rubyBase"), paragraph, line, url)
            reading = child(element, "rt")
            if reading is not None:
                self.report.left_out("注音", "".join(t.text or "" for t in reading.iter(f"{W}t")))
        elif tag in DRAWINGS:
            self._drawing(element, line)
        elif tag == f"{W}p":  # A broken file: a paragraph within another.
            self._children(element, paragraph, line, url)

    def _link(self, element) -> str:
        found = self.relationships.get(element.get(f"{R}id", ""))
        return found.target if found and found.target.startswith(WEB) else ""

    def _run(self, run, paragraph, line: Line, url: str) -> None:
        hidden = self.styles.toggle(run, paragraph, "vanish")
        struck = any(self.styles.toggle(run, paragraph, name) for name in ("strike", "dstrike"))
        target = Line() if hidden or struck else line
        tag = self._tag(run, paragraph)
        font = self._font(run)
        blank = value(run, "rPr/u", "none") != "none"
        for element in run:
            if isinstance(element.tag, str):
                self._content(element, paragraph, target, Piece("", tag, url), font, blank)
        if (hidden or struck) and target.text.strip():
            self.report.left_out("隐藏的文字" if hidden else "划掉的文字", target.text)

    def _tag(self, run, paragraph) -> str:
        position = value(run, "rPr/vertAlign", "")
        if position in ("superscript", "subscript"):
            return position[:3]
        is_bold = is_on(child(run, "rPr"), "b")
        return "b" if is_bold else ""

    def _font(self, run) -> str:
        fonts = child(run, "rPr/rFonts")
        return "" if fonts is None else fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or ""

    def _content(self, element, paragraph, line, like: Piece, font: str, blank: bool) -> None:
        tag = element.tag
        if tag == f"{W}fldChar":
            self._field(element, line, like)
            return
        if tag == f"{W}instrText":
            if self.fields and not self.fields[-1].in_result:
                self.fields[-1].code += element.text or ""
            return
        if self.fields and not all(field.in_result for field in self.fields):
            return  # Part of the code of a field.
        url = next((field.url for field in reversed(self.fields) if field.url), like.url)

        def add(text: str) -> None:
            if text:
                line.pieces.append(Piece(text, like.tag, url))

        if tag == f"{W}t":
            text = re.sub(r"[\r\n\t]", " ", element.text or "")
            if blank and not text.strip() and BLANK.fullmatch(text):
                text = "".join("__" if letter == "\u3000" else "_" for letter in text)
            add(self._without_private_use(text, font))
        elif tag in (f"{W}tab", f"{W}ptab"):
            add("________" if blank else TAB)
        elif tag in (f"{W}br", f"{W}cr"):
            add("\n" if element.get(f"{W}type", "textWrapping") == "textWrapping" else "")
        elif tag == f"{W}noBreakHyphen":
            add("\u2011")
        elif tag == f"{W}sym":
            self._symbol(element, add)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            self._note(element, line)
        elif tag == f"{W}commentReference":
            return
        else:
            self._element(element, paragraph, line, like.url)

    def _field(self, element, line: Line, like: Piece) -> None:
        kind = element.get(f"{W}fldCharType")
        if kind == "begin":
            self.fields.append(_Field(entry=_form_entry(element)))
        elif not self.fields:
            return
        elif kind == "separate":
            self.fields[-1].in_result = True
            self.touched_contents |= bool(CONTENTS.match(self.fields[-1].code))
        elif kind == "end":
            ended = self.fields.pop()
            if ended.entry:
                line.pieces.append(Piece(ended.entry, like.tag, like.url))
            if ended.code.strip().upper().startswith("EQ "):
                self.report.left_out("域公式", ended.code)

    def _without_private_use(self, text: str, font: str) -> str:
        if all(ord(letter) not in PRIVATE_USE for letter in text):
            return text
        found = ""
        for letter in text:
            known = in_unicode(ord(letter), font) if ord(letter) in PRIVATE_USE else letter
            if known is None:
                self.report.add(f"有一个只在字体“{font or '未知'}”里才有的符号，请核对。")
            found += letter if known is None else known
        return found

    def _symbol(self, element, add) -> None:
        font, code = element.get(f"{W}font", ""), element.get(f"{W}char", "")
        try:
            known = in_unicode(int(code, 16), font)
        except ValueError:
            known = None
        if known is None:
            self.report.left_out(f"字体“{font}”里的一个符号")
        else:
            add(known)

    def _note(self, element, line: Line) -> None:
        kind = "footnote" if element.tag == f"{W}footnoteReference" else "endnote"
        self.notes.append((kind, element.get(f"{W}id", "")))
        line.pieces.append(Piece(f"[{len(self.notes)}]", "sup"))

    def _formula(self, element, line: Line) -> None:
        text = as_line(element).strip()
        if text:
            line.pieces.append(Piece(text))
            self.report.add(f"公式已改成一行文字“{text[:60]}”，请核对。")

    def _drawing(self, element, line: Line) -> None:
        """Pictures, text boxes, and what a page cannot show, each once."""
        for found in drawn(element):
            tag = found.tag
            if tag in (f"{W}txbxContent",):
                line.boxes.append(found)
            elif tag in (f"{A}blip", f"{V}imagedata"):
                line.pictures.append(found)
            elif tag == f"{V}textpath":
                line.pieces.append(Piece(found.get("string", "")))
            elif tag == f"{O}OLEObject":
                self.report.left_out(f"嵌入的文件（{found.get('ProgID', '未知格式')}）")
            elif etree.QName(found).localname == "chart":
                self.report.left_out("图表")
            elif etree.QName(found).localname == "relIds":
                self.report.left_out("SmartArt图形")


def _form_entry(element) -> str:
    """What an old form field shows that has no result text: a box, or the chosen entry."""
    data = child(element, "ffData")
    if data is None:
        return ""
    if (box := child(data, "checkBox")) is not None:
        is_checked = is_on(box, "checked")
        is_checked = is_on(box, "default") if is_checked is None else is_checked
        return "☑" if is_checked else "☐"
    if (choice := child(data, "ddList")) is not None:
        entries = [entry.get(f"{W}val", "") for entry in choice.iter(f"{W}listEntry")]
        number = value(choice, "result") or value(choice, "default") or "0"
        return entries[int(number)] if number.isdigit() and int(number) < len(entries) else ""
    return ""


def alternative(element):
    """The branch of mc:AlternateContent that a reader sees: the first choice, or the fallback."""
    branches = [one for one in element if isinstance(one.tag, str)]
    choices = [one for one in branches if one.tag == f"{MC}Choice" and len(one)]
    return next(iter(choices), None) if choices else next(iter(branches), None)


def drawn(element) -> Iterator:
    """What a drawing holds, in order; text boxes whole, of alternatives one branch."""
    for found in element:
        if not isinstance(found.tag, str):
            continue
        if found.tag == f"{MC}AlternateContent":
            if (chosen := alternative(found)) is not None:
                yield from drawn(chosen)
            continue
        name = etree.QName(found).localname
        wanted = (f"{W}txbxContent", f"{A}blip", f"{V}imagedata", f"{V}textpath", f"{O}OLEObject")
        if found.tag in wanted or name in ("chart", "relIds"):
            yield found
        else:
            yield from drawn(found)
