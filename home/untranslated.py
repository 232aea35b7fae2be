"""Chinese that was left in the draft of an English page.

A translation begins as a copy of the Chinese page. English pages quote Chinese words (labels of
forms, titles of laws, names), so that a text holds Chinese is no fault in itself.
"""

import re
from collections.abc import Iterator

from wagtail.blocks import Block, ListBlock
from wagtail.blocks.field_block import BaseChoiceBlock
from wagtail.fields import StreamField
from wagtail.models import Page

from .languages.locales import CHINESE, ENGLISH, HAN
from .pages.full_text import Text, texts_of
from .text_checks import Finding

KIND = "还没有翻译"
LATIN = re.compile("[A-Za-z]")
CHINESE_END = re.compile("[。！；]$")
SENTENCES = re.compile(r"(?<=[。！；.!?])\s*")
SHOWN = 40


def untranslated(page: Page) -> Iterator[Finding]:
    """Text check: lines that stand in the Chinese page as well, Chinese sentences, and fields of
    one line without a word of English."""
    if not page.locale_id or page.locale.language_code != ENGLISH:
        return
    original = page.get_translations().filter(locale__language_code=CHINESE).first()
    copied = set()
    if original:
        copied = {line for text in texts_of(original.specific) for line in text.words.split("\n")}
    labels, elsewhere = _labels_of_choices(page), _fields_of_original(page)
    for text in texts_of(page):
        for line in text.words.split("\n") if text.field not in elsewhere else ():
            if line not in labels and (left := _left(line, text, copied)):
                yield Finding(KIND, text.field, left[:SHOWN], _advice(line in copied))


def _labels_of_choices(page: Page) -> set[str]:
    """What editors choose from in the form: it is Chinese there, and readers do not see it."""
    fields = (field for field in page._meta.get_fields() if isinstance(field, StreamField))
    return {label for field in fields for label in _labels(field.stream_block)}


def _labels(block: Block) -> Iterator[str]:
    if isinstance(block, BaseChoiceBlock):
        choices = block.field.choices
        yield from (str(label) for _value, label in choices if not isinstance(label, list | tuple))
    for child in getattr(block, "child_blocks", {}).values():
        yield from _labels(child)
    if isinstance(block, ListBlock):
        yield from _labels(block.child_block)


def _fields_of_original(page: Page) -> set[str]:
    """Fields that a translation does not show: it takes them from the Chinese page."""
    names = getattr(page, "FROM_ORIGINAL", ())
    return {str(page._meta.get_field(name).verbose_name) for name in names}


def _left(line: str, text: Text, copied: set[str]) -> str:
    """What of a line is Chinese that should be English, or ""."""
    if not HAN.search(line):
        return ""
    if line in copied or ("，第" not in text.field and not LATIN.search(line)):
        return line
    sentences = SENTENCES.split(line)
    chinese = (each for each in sentences if HAN.search(each) and not LATIN.search(each))
    return next((each for each in chinese if CHINESE_END.search(each)), "")


def _advice(is_copy: bool) -> str:
    words = "和中文页面一样" if is_copy else "是中文"
    return f"这一行{words}，请译成英文；本来就要用中文的（表格里的中文名称等），写明原因。"
