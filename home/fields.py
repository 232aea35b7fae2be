"""Model fields that every app uses."""

import json

import wagtail.fields
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.fields import InvalidJSONInput
from wagtail.admin.forms.models import register_form_field_override
from wagtail.admin.widgets import AdminDateInput, AdminTimeInput
from wagtail.blocks import StreamValue

from .typed_text.fields import WrittenDateField, WrittenTimeField

MAX_DEPTH = 20


class StreamField(wagtail.fields.StreamField):
    """A StreamField whose blocks stay out of migrations.

    The column holds JSON whatever the blocks are, so a changed block needs no migration, and
    old migrations do not import the code of blocks. A migration that must change stored
    blocks reads and writes `instance.<field>.raw_data`, a list of
    `{"type": …, "value": …, "id": …}`.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        del kwargs["block_lookup"]
        return name, path, [], kwargs

    def to_python(self, value):
        stream = super().to_python(value)
        if self.stream_block.child_blocks or isinstance(value, StreamValue):
            return stream
        # Within a migration no block is known: keep what is stored instead of dropping it.
        stored = json.loads(value) if value and isinstance(value, str) else value
        stream = StreamValue(self.stream_block, stored or [], is_lazy=True)
        stream._stream_field = self
        return stream


class JSONFormField(forms.JSONField):
    """JSON that people typed: what cannot be read, of whatever kind, is told beside the field."""

    def to_python(self, value):
        try:
            found = super().to_python(value)
        except ValidationError:
            raise
        except (ValueError, RecursionError) as error:  # 5,000 digits; 100,000 brackets.
            raise ValidationError("内容不是能读取的JSON：数字太长，或者括号套得太深。") from error
        if is_deep(found):
            raise ValidationError(f"JSON的括号最多套{MAX_DEPTH}层。")
        return found

    def bound_data(self, data, initial):
        try:
            found = super().bound_data(data, initial)
        except (ValueError, RecursionError):
            return InvalidJSONInput(data)
        return InvalidJSONInput(data) if is_deep(found) else found


def is_deep(value) -> bool:
    """Whether lists and objects lie deeper in each other than any data of ours."""
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [
            inner
            for each in level
            if isinstance(each, list | dict)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return False
    return True


def use_json_form_field() -> None:
    """Gives every JSON field in a form of the admin the field above; once at start."""
    register_form_field_override(models.JSONField, override={"form_class": JSONFormField})


def read_written_dates() -> None:
    """Lets date and time fields of the admin read what people write (2026年1月1日, 2026/1/1,
    9：30); called once from HomeConfig.ready."""
    override = {"form_class": WrittenDateField, "widget": AdminDateInput}
    register_form_field_override(models.DateField, override=override, exact_class=True)
    override = {"form_class": WrittenTimeField, "widget": AdminTimeInput}
    register_form_field_override(models.TimeField, override=override, exact_class=True)
