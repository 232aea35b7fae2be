"""A field's words as plain lines, as readers see them."""

import re
from html import unescape

BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|tr|caption|figcaption|summary|td|th|dt|dd)>|<br\s*/?>")
TAG = re.compile(r"<[^>]+>")
DRAWN = re.compile(r'<div[^>]* role="img".*?</div>', re.DOTALL)


def lines_of(value) -> list[str]:
    """A field's words as lines: a text, or a StreamField as it is rendered, but for the numbers
    inside a drawing, which the text under it tells too."""
    if value is None or value == "":
        return []
    html = value.render_as_block() if hasattr(value, "render_as_block") else str(value)
    text = TAG.sub("", BLOCK_END.sub("\n", DRAWN.sub("", html)))
    lines = (re.sub(r"\s+", " ", line).strip() for line in unescape(text).splitlines())
    return [line for line in lines if line]
