"""The blocks an editor builds a page from, one module a family.

`CONTENT_BLOCKS` is what every text body offers. No block lets an editor choose colours,
sizes or raw HTML: the look comes from the style sheet alone.
"""

from .media import AttachmentBlock, PictureBlock
from .tables import DataTableBlock
from .text import CalloutBlock, HeadingBlock, ParagraphBlock

CONTENT_BLOCKS = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("callout", CalloutBlock()),
    ("table", DataTableBlock()),
    ("picture", PictureBlock()),
    ("attachment", AttachmentBlock()),
]

__all__ = [
    "CONTENT_BLOCKS",
    "AttachmentBlock",
    "CalloutBlock",
    "DataTableBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "PictureBlock",
]
