"""What no stored text may hold, whichever way it came: form, import, API, script.

Control characters break feeds, sitemaps and spreadsheets, and PostgreSQL refuses NUL. Text that
people type is brought into order by the form fields already; this is the last door, for every
model. Rows that are written in bulk do not pass here: who writes them cleans them.
"""

import json
import re

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.signals import pre_save
from wagtail.fields import StreamField

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]"
)
_UNWANTED_IN_JSON = re.compile(
    r"\\u00(?:0[0-8bce-f]|1|7f|8|9)|\\u202[89]|\\ud[89a-f]", re.IGNORECASE
)


def cleaned(text: str, line_end: str = "\n") -> str:
    """`text` with every kind of line end as `line_end`, without controls and lone surrogates."""
    if not _UNWANTED.search(text):
        return text
    return _UNWANTED.sub("", _LINE_ENDS.sub("\n", text).replace("\n", line_end))


def cleaned_values(value):
    """JSON with all its texts cleaned."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, list):
        return [cleaned_values(one) for one in value]
    if isinstance(value, dict):
        return {key: cleaned_values(one) for key, one in value.items()}
    return value


def clean_instance(sender, instance, raw=False, **kwargs) -> None:
    """Cleans the text fields of a model that is about to be saved."""
    if raw:
        return
    known = instance.__dict__
    for field in sender._meta.concrete_fields:
        value = known.get(field.attname)
        if isinstance(value, str):
            if isinstance(field, models.CharField | models.TextField):
                line_end = "\n" if isinstance(field, models.TextField) else " "
                setattr(instance, field.attname, cleaned(value, line_end))
        elif isinstance(field, StreamField) and value:
            _clean_stream(instance, field, value)
        elif isinstance(field, models.JSONField) and value:
            setattr(instance, field.attname, cleaned_values(value))


def _clean_stream(instance, field: StreamField, value) -> None:
    stored = field.get_prep_value(value)
    # A value that came by a form still holds Python's numbers and days, as the field stores them.
    text = stored if isinstance(stored, str) else json.dumps(stored, cls=DjangoJSONEncoder)
    if _UNWANTED.search(text) or _UNWANTED_IN_JSON.search(text):
        values = cleaned_values(json.loads(text))
        setattr(instance, field.attname, field.to_python(json.dumps(values)))


def connect() -> None:
    pre_save.connect(clean_instance, dispatch_uid="cleaned text")
