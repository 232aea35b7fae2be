"""Dated figures in the rich-text editor: chosen from a list, shown with their value.

Stored is the placeholder `{figure:code}`, so that one edit of a figure still changes every
page. The converter turns placeholders into entities and back.
"""

import re
from html import escape

from draftjs_exporter import DOM
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from ..placeholders import PLACEHOLDER, day_from, placeholder
from ..rendering import FigureLookup

FEATURE, ENTITY, ELEMENT = "figure", "FIGURE", "figure-mark"
TAG = re.compile(r"(<[^>]*>)")
UNKNOWN = "没有这个数据："


def with_elements(html: str) -> str:
    """`html` with each placeholder as an element that holds today's value.

    Placeholders inside a link stay: Draftail cannot nest entities.
    """
    if "{figure:" not in html:
        return html
    lookup = FigureLookup()

    def element(match: re.Match) -> str:
        code, day = match[1], match[2] or ""
        found = lookup.latest_words(code, day_from(day))
        words = found[1] if found else f"{UNKNOWN}{code}"
        name = found[0].figure.name if found else ""
        return f'<{ELEMENT} code="{code}" day="{day}" name="{escape(name)}">{escape(words)}</{ELEMENT}>'

    parts, in_link = [], False
    for part in TAG.split(html):
        if part.startswith("<"):
            in_link = part.startswith("<a ") or (in_link and part != "</a>")
            parts.append(part)
        else:
            parts.append(part if in_link else PLACEHOLDER.sub(element, part))
    return "".join(parts)


class FigureElementHandler(InlineEntityElementHandler):
    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict) -> dict:
        return {"code": attrs["code"], "day": attrs["day"], "name": attrs["name"]}


def to_placeholder(props: dict):
    """The entity as its stored placeholder: the value it showed goes, bold type stays."""
    stored = placeholder(props.get("code") or "", props.get("day") or "")
    innermost = element = DOM.create_element()
    DOM.append_child(element, props["children"])
    while nodes := [child for child in innermost.children if not isinstance(child, str)]:
        innermost = nodes[0]
    innermost.children = [stored]
    return element


CONVERSION = {
    "from_database_format": {ELEMENT: FigureElementHandler(ENTITY)},
    "to_database_format": {"entity_decorators": {ENTITY: to_placeholder}},
}


class FigureConverter(ContentstateConverter):
    def from_database_format(self, html: str) -> str:
        if FEATURE in self.features:
            html = with_elements(html)
        return super().from_database_format(html)


class FigureRichTextArea(DraftailRichTextArea):
    """Wagtail's editor, which also shows figures where a field offers them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.converter = FigureConverter(self.features)


def register(features) -> None:
    """The feature `figure` of the rich-text editor."""
    features.register_editor_plugin(
        "draftail",
        FEATURE,
        EntityFeature(
            {
                "type": ENTITY,
                "icon": "order",
                "description": "插入数据",
                "attributes": ["code", "day", "name"],
            },
            js=["js/figure-picker.js", "js/figure-editor.js"],
            css={"all": ["css/figure-picker.css"]},
        ),
    )
    features.register_converter_rule("contentstate", FEATURE, CONVERSION)
