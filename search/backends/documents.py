"""An object as an index gets it: its search fields with their text already cut into tokens."""

from collections.abc import Iterator

from django.db.models import Manager, Model
from django.utils.encoding import force_str
from modelsearch.index import AutocompleteField, BaseField, RelatedFields, SearchField

from home.pages.placeholders import substituted

from .text import indexed


def flat(value) -> str:
    """Any value of a field as text: the parts of lists and dictionaries with blanks between."""
    if isinstance(value, dict):
        return " ".join(flat(item) for item in value.values())
    if isinstance(value, list | tuple):
        return " ".join(flat(item) for item in value)
    return "" if value is None else force_str(value)


def texts(obj: Model, fields: list[BaseField] | None = None) -> Iterator[tuple[BaseField, str]]:
    """Each text field of the object and of what it is related to, with its text as it is read."""
    for field in obj.get_search_fields() if fields is None else fields:
        if isinstance(field, SearchField | AutocompleteField):
            yield field, substituted(flat(field.get_value(obj)))
        elif isinstance(field, RelatedFields):
            related = field.get_value(obj)
            if callable(related) and not isinstance(related, Manager):
                related = related()
            for each in related.all() if isinstance(related, Manager) else [related]:
                if each is not None:
                    yield from texts(each, field.fields)


class AnalysedObject:
    """Stands for a model instance before modelsearch's indexers, with its text in tokens.

    They ask an object for `pk` and `get_search_fields`, and each field for its value.
    """

    def __init__(self, obj: Model):
        self.pk = obj.pk
        self.fields = []
        for field, text in texts(obj):
            self.fields.append(_prepared(field, text))

    def get_search_fields(self) -> list[BaseField]:
        return self.fields


def _prepared(field: BaseField, text: str) -> BaseField:
    """A field of the same kind, name and weight whose value are the tokens of the text."""
    completes = isinstance(field, AutocompleteField)
    prepared = (AutocompleteField if completes else SearchField)(field.field_name)
    prepared.boost = getattr(field, "boost", None)
    value = indexed(text, with_pinyin=completes)
    prepared.get_value = lambda _: value
    return prepared
