"""All the words of a page, for checks that look for something anywhere in it."""

import json

from wagtail.models import Page


def source_text(page: Page) -> str:
    """Everything an editor wrote in `page`, as one text; markup and keys included."""
    return json.dumps(page.serializable_data(), ensure_ascii=False, default=str)
