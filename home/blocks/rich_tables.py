"""Tables that are pasted or typed in place, with merged cells."""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django import forms
from django.utils.safestring import SafeString, mark_safe
from lxml import etree
from lxml import html as lxml_html
from wagtail import blocks

from .families import ILLUSTRATIONS, PREVIEW
from .tables import NonEmptyBlock

MAX_ROWS, MAX_COLUMNS, MAX_MARKUP = 500, 60, 1_000_000
INLINE = {"b": "b", "strong": "b", "sup": "sup", "sub": "sub"}
LINES = {"p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr"}
DROPPED = {"script", "style", "s", "strike", "del", "template", "noscript", "iframe", "object"}
WEB = re.compile(r"^(?:https?://|mailto:|tel:|/(?!/))", re.IGNORECASE)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
BREAKS = re.compile(r"(?:<br/>|\s)*$|^(?:<br/>|\s)*")


@dataclass(frozen=True)
class Cell:
    """`html`: text with b, sup, sub, br and links, escaped."""

    html: str
    colspan: int = 1
    rowspan: int = 1
    header: bool = False


Rows = list[list[Cell]]


def table_markup(rows: Rows, caption: str = "") -> str:
    """The canonical HTML of a table: leading rows of headings in thead, scopes set.

    A table without merged cells names the heading of each cell (data-label), so that a phone
    shows each row as a card.
    """
    head = 0
    while head < len(rows) - 1 and rows[head] and all(cell.header for cell in rows[head]):
        head += 1
    is_plain = head == 1 and all(c.colspan == c.rowspan == 1 for row in rows for c in row)
    labels = [re.sub(r"<[^>]+>", " ", cell.html).strip() for cell in rows[0]] if is_plain else []
    parts = [f"<caption>{escape(caption)}</caption>" if caption else ""]
    for tag, group, first in (("thead", rows[:head], 0), ("tbody", rows[head:], head)):
        if group:
            lines = (_row(row, number < head, labels) for number, row in enumerate(group, first))
            parts.append(f"<{tag}>{''.join(lines)}</{tag}>")
    css = ' class="table table--cards"' if is_plain else ' class="table"'
    return f"<table{css}>{''.join(parts)}</table>"


def _row(row: list[Cell], is_head: bool, labels: list[str]) -> str:
    cells = []
    for number, cell in enumerate(row):
        tag = "th" if cell.header or is_head else "td"
        attributes = f' scope="{"col" if is_head else "row"}"' if tag == "th" else ""
        attributes += f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
        attributes += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
        if tag == "td" and number < len(labels) and labels[number]:
            attributes += f' data-label="{escape(labels[number])}"'
        cells.append(f"<{tag}{attributes}>{cell.html}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def rows_of(markup: str) -> Rows:
    """The cells of the first table in any HTML, cleaned; empty where there is none.

    Struck-out text is dropped: without its line it would read as valid.
    """
    if "<t" not in markup.lower() or len(markup) > MAX_MARKUP:
        return []
    try:
        root = lxml_html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return []
    table = next(root.iter("table"), None)
    rows: Rows = []
    for row in table.iter("tr") if table is not None else ():
        if next(row.iterancestors("table")) is not table or HIDDEN.search(row.get("style", "")):
            continue
        in_head = row.getparent().tag == "thead"
        cells = [
            Cell(
                _words(cell),
                _span(cell, "colspan", MAX_COLUMNS),
                _span(cell, "rowspan", MAX_ROWS),
                in_head or cell.tag == "th",
            )
            for cell in row
            if cell.tag in ("td", "th") and not HIDDEN.search(cell.get("style", ""))
        ]
        if cells:
            rows.append(cells[:MAX_COLUMNS])
    rows = rows[:MAX_ROWS]
    has_header = any(cell.header for row in rows for cell in row)
    if len(rows) > 1 and not has_header and all(c.html and c.rowspan == 1 for c in rows[0]):
        rows[0] = [Cell(c.html, c.colspan, c.rowspan, True) for c in rows[0]]
    return rows


def _span(cell, name: str, limit: int) -> int:
    text = cell.get(name, "1").strip()
    return min(max(int(text), 1), limit) if text.isascii() and text.isdigit() else 1


def _words(cell) -> str:
    words = BREAKS.sub("", _inner(cell))
    return f"<b>{words}</b>" if words and BOLD.search(cell.get("style", "")) else words


def _inner(element) -> str:
    html = escape(_spaces(element.text))
    for child in element:
        html += _one(child) if isinstance(child.tag, str) else ""
        html += escape(_spaces(child.tail))
    return html


def _spaces(text: str | None) -> str:
    """HTML shows a run of ordinary white space as one blank."""
    return re.sub(r"[ \t\r\n\f]+", " ", text or "")


def _one(element) -> str:
    tag = element.tag
    if tag in DROPPED or HIDDEN.search(element.get("style", "")):
        return ""
    if tag == "br":
        return "<br/>"
    inner = _inner(element)
    if tag in INLINE:
        return f"<{INLINE[tag]}>{inner}</{INLINE[tag]}>" if inner.strip() else inner
    if tag == "a" and WEB.match(element.get("href", "").strip()):
        return f'<a href="{escape(element.get("href").strip())}">{inner}</a>'
    if tag in LINES:
        before = "<br/>" if element.getprevious() is not None else ""
        return f"{before}{inner.strip()}"
    if BOLD.search(element.get("style", "")) and inner.strip():
        return f"<b>{inner}</b>"
    return inner


@lru_cache(maxsize=500)
def clean_table(markup: str) -> str:
    """`markup` as a canonical table of harmless HTML; an empty text where it holds none."""
    rows = rows_of(markup)
    return table_markup(rows) if rows else ""


class TableEditor(forms.Textarea):
    """A table that is typed and pasted in place; the text area holds its HTML."""

    def __init__(self, attrs=None):
        super().__init__({"data-controller": "table-editor", "rows": 4, **(attrs or {})})

    @property
    def media(self):
        return forms.Media(
            js=["js/table-editor.js", "js/table-paste.js"], css={"all": ["css/table-editor.css"]}
        )


class TableMarkupBlock(blocks.FieldBlock):
    """HTML of one table. Whatever is stored, only what `clean_table` lets pass is shown."""

    def __init__(self, required=True, help_text=None, **kwargs):
        self.field = forms.CharField(
            required=required, help_text=help_text, widget=TableEditor(), max_length=MAX_MARKUP
        )
        super().__init__(**kwargs)

    def clean(self, value):
        return clean_table(super().clean(value))

    def render_basic(self, value, context=None) -> SafeString:
        return mark_safe(clean_table(value or ""))  # noqa: S308

    def get_searchable_content(self, value) -> list[str]:
        words = (re.sub(r"<[^>]+>", " ", cell.html) for row in rows_of(value or "") for cell in row)
        return [" ".join(filter(None, (text.strip() for text in words)))]


class RichTableBlock(NonEmptyBlock):
    EMPTY_MESSAGE = "表格里还没有内容。请填写，或者删去这个表格。"

    caption = blocks.CharBlock(
        label="表题", max_length=80, help_text="一句话说明表里是什么，读屏软件会先读出来。"
    )
    table = TableMarkupBlock(
        label="表格",
        required=False,
        help_text="可以直接从Excel、Word、WPS粘贴。要随“数据”更新的格子，写 {figure:代码}。",
    )

    class Meta:
        label = "表格"
        group = ILLUSTRATIONS
        description = "直接从Excel、Word、WPS粘贴，或者在格子里写；可以合并单元格。"
        preview_template = PREVIEW
        preview_value = {
            "caption": "各街道的窗口",
            "table": "<table><tr><th>街道</th><th>窗口</th></tr>"
            "<tr><td>滨江街道</td><td>3号</td></tr><tr><td>沙园街道</td><td>5号</td></tr></table>",
        }
        icon = "table"
        template = "home/blocks/rich_table.html"
        label_format = "{caption}"

    def is_empty(self, value) -> bool:
        cells = [cell for row in rows_of(value["table"] or "") for cell in row]
        return not any(re.sub(r"<[^>]+>|\s", "", cell.html) for cell in cells)

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        rows = rows_of(value["table"] or "")
        context["table"] = mark_safe(table_markup(rows, value["caption"]) if rows else "")  # noqa: S308
        return context
