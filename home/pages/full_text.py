"""Every text that editors wrote, field by field: for searches that say where."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import CharField, EmailField, Model, SlugField, TextField, URLField
from wagtail.fields import StreamField

from .plain_lines import lines_of

AROUND = 40
NOT_TEXT = (SlugField, EmailField, URLField, StreamField)


@dataclass(frozen=True)
class Text:
    """Words of one field, or of one block of a field."""

    field: str
    words: str


@dataclass(frozen=True)
class Hit:
    """Where words stand: the field, and before, found, after."""

    field: str
    before: str
    found: str
    after: str


def texts_of(thing: Model) -> Iterator[Text]:
    """All texts of a page or record, in the order of its fields."""
    for field in thing._meta.get_fields():
        if isinstance(field, StreamField):
            for number, block in enumerate(getattr(thing, field.name), 1):
                parts = block.block.get_searchable_content(block.value)
                words = "\n".join(line for part in parts for line in lines_of(str(part)))
                yield Text(f"{field.verbose_name}，第{number}块（{block.block.label}）", words)
        elif (
            isinstance(field, CharField | TextField)
            and not isinstance(field, NOT_TEXT)
            and field.editable
            and not field.choices
        ):
            yield Text(str(field.verbose_name), "\n".join(lines_of(getattr(thing, field.attname))))


def folded(text: str) -> str:
    """For comparison, letter by letter: neither case nor width of a sign counts."""
    return "".join(_folded(sign) for sign in text)


def _folded(sign: str) -> str:
    plain = unicodedata.normalize("NFKC", sign).casefold()
    return plain if len(plain) == 1 else sign


def hits(thing: Model, terms: list[str]) -> list[Hit]:
    """Each place of each term; none unless all terms stand somewhere in `thing`."""
    texts = [(text, folded(text.words)) for text in texts_of(thing)]
    wanted = [folded(term) for term in terms]
    if not wanted or not all(any(term in words for _text, words in texts) for term in wanted):
        return []
    pattern = re.compile(
        "|".join(re.escape(term) for term in sorted(wanted, key=len, reverse=True))
    )
    return [
        _hit(text, match.start(), match.end())
        for text, words in texts
        for match in pattern.finditer(words)
    ]


def _hit(text: Text, start: int, end: int) -> Hit:
    words = text.words
    first = max(words.rfind("\n", 0, start) + 1, start - AROUND)
    line_end = words.find("\n", end)
    last = min(line_end if line_end >= 0 else len(words), end + AROUND)
    return Hit(text.field, words[first:start], words[start:end], words[end:last])
