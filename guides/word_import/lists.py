"""Lists within lists, from paragraphs that say how deep they lie."""

from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

Item = tuple[str, int, str]


def depth_of(paragraph: Paragraph) -> int:
    """How deep the paragraph lies in its list, from 0: by its own level or by its style."""
    name = paragraph.style.name or "" if paragraph.style is not None else ""
    by_style = int(name[-1]) - 1 if name.startswith("List ") and name[-1] in "23456789" else 0
    own = paragraph._p.pPr
    level = own.find(f"{qn('w:numPr')}/{qn('w:ilvl')}") if own is not None else None
    return max(by_style, int(level.get(qn("w:val"), "0")) if level is not None else 0)


def nested(items: list[Item]) -> str:
    """The HTML of list items, each (ul or ol, depth, html of its words), in their order."""
    html: list[str] = []
    around: list[str] = []
    for tag, depth, words in items:
        depth = min(depth, len(around))
        while len(around) > depth + 1:
            html.append(f"</li></{around.pop()}>")
        if len(around) == depth + 1:
            html.append("</li>")
            if around[-1] != tag:
                html.append(f"</{around.pop()}>")
        if len(around) == depth:
            html.append(f"<{tag}>")
            around.append(tag)
        html.append(f"<li>{words}")
    while around:
        html.append(f"</li></{around.pop()}>")
    return "".join(html)
