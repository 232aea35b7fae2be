"""The blocks that editors build pages from, one module for each family.

`CONTENT_BLOCKS` is what every text body offers. No block offers colours, sizes or raw HTML: the
appearance comes from the style sheet alone.
"""

from .media import AttachmentBlock, PictureBlock
from .places import ServicePlacesBlock
from .rich_tables import RichTableBlock
from .tables import DataTableBlock
from .text import CalloutBlock, HeadingBlock, ParagraphBlock

CONTENT_BLOCKS = [
    ("heading", HeadingBlock()),
    ("paragraph", ParagraphBlock()),
    ("callout", CalloutBlock()),
    ("rich_table", RichTableBlock()),
    ("table", DataTableBlock()),
    ("picture", PictureBlock()),
    ("attachment", AttachmentBlock()),
    ("places", ServicePlacesBlock()),
]

__all__ = [
    "CONTENT_BLOCKS",
    "AttachmentBlock",
    "CalloutBlock",
    "DataTableBlock",
    "HeadingBlock",
    "ParagraphBlock",
    "PictureBlock",
    "RichTableBlock",
    "ServicePlacesBlock",
]
