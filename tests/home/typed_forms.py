"""What the browser sends for a form of the admin that nobody has changed.

Wagtail's scripts build the fields of blocks from the form state; here they are built from the
value, so that a test can post any page.
"""

from bs4 import BeautifulSoup
from django import forms
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html


def unchanged(html: str, instance) -> dict[str, list[str]]:
    """The fields of the edit form in `html`, with the blocks that `instance` has."""
    posted = querydict_from_html(html, form_id="page-edit-form")
    for field in instance._meta.get_fields():
        if isinstance(field, StreamField):
            value = field.value_from_object(instance)
            for name, text in _fields(field.stream_block, value, field.name):
                posted.appendlist(name, text)
    # From a QueryDict the client takes only the last of several values.
    return dict(posted.lists())


def _fields(block, value, prefix: str):
    if isinstance(block, blocks.StreamBlock):
        yield from _members([(one.block, one.value, one.id) for one in value], prefix, typed=True)
    elif isinstance(block, blocks.ListBlock):
        members = [(one.block, one.value, one.id) for one in value.bound_blocks]
        yield from _members(members, prefix)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _fields(child, value.get(name), f"{prefix}-{name}")
    elif isinstance(block, TypedTableBlock):
        yield from _cells(value, prefix)
    else:
        yield from _field(block, value, prefix)


def _members(members, prefix: str, typed: bool = False):
    yield f"{prefix}-count", str(len(members))
    for number, (block, value, key) in enumerate(members):
        own = f"{prefix}-{number}"
        yield from ((f"{own}-order", str(number)), (f"{own}-deleted", ""), (f"{own}-id", key or ""))
        if typed:
            yield f"{own}-type", block.name
        yield from _fields(block, value, f"{own}-value")


def _cells(table, prefix: str):
    yield f"{prefix}-caption", table.caption or ""
    yield f"{prefix}-column-count", str(len(table.columns))
    yield f"{prefix}-row-count", str(len(table.row_data))
    for number, column in enumerate(table.columns):
        own = f"{prefix}-column-{number}"
        yield from ((f"{own}-type", column["block"].name), (f"{own}-heading", column["heading"]))
        yield from ((f"{own}-order", str(number)), (f"{own}-deleted", ""))
    for number, row in enumerate(table.row_data):
        own = f"{prefix}-row-{number}"
        yield from ((f"{own}-order", str(number)), (f"{own}-deleted", ""))
        for place, (column, value) in enumerate(zip(table.columns, row["values"], strict=True)):
            yield from _fields(column["block"], value, f"{prefix}-cell-{number}-{place}")


def _field(block, value, prefix: str):
    if isinstance(block, blocks.ChooserBlock):
        yield prefix, str(value.pk) if value else ""
        return
    field = block.field
    shown = field.prepare_value(block.value_for_form(value))
    if isinstance(field.widget, forms.CheckboxInput):
        if shown:
            yield prefix, "on"
        return
    shown = field.widget.format_value(shown)
    for text in shown if isinstance(shown, list) else [shown]:
        yield prefix, "" if text is None else str(text)


def shown_by(client, address) -> dict:
    """The hidden fields with which a staff form tells what it showed."""
    page = BeautifulSoup(client.get(address).content.decode(), "html.parser")
    fields = page.select("input[type=hidden][name=shown], input[type=hidden][name^=was-]")
    return {field["name"]: field.get("value", "") for field in fields}
