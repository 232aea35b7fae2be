"""A page that nobody has changed can be saved as it is, whatever blocks it has."""

import json
import re

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.fields import StreamField
from wagtail.models import Page

from tests.home.typed_forms import unchanged
from tests.templates import DEMONSTRATION, in_copy_of

demonstration = in_copy_of(DEMONSTRATION)
pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.one_engine,
]


def blocks_of(page) -> dict[str, list]:
    """The streams of a page as they are stored."""
    fields = [one for one in page._meta.get_fields() if isinstance(one, StreamField)]
    stored = {one.name: one.get_prep_value(getattr(page, one.name)) for one in fields}
    return json.loads(json.dumps(stored, cls=DjangoJSONEncoder))


def filled_in(value):
    """A stored value without keys and empty fields, which are stored or not."""
    if isinstance(value, list):
        return [filled_in(one) for one in value]
    if isinstance(value, dict):
        if value.get("type") == "item":  # Of a list, which has no names in older content.
            return filled_in(value["value"])
        kept = {name: filled_in(one) for name, one in value.items() if name != "id"}
        return {name: one for name, one in kept.items() if one not in (None, "", False, [], {})}
    return re.sub(' data-block-key="[^"]*"', "", value) if isinstance(value, str) else value


def kinds_in(value, above: str) -> set[str]:
    """The paths of the blocks and of the fields filled in in a stored stream."""
    if isinstance(value, list):
        return set().union(*(kinds_in(one, above) for one in value))
    if not isinstance(value, dict):
        return {above} if value not in (None, "", False) else set()
    path = f"{above}/{value['type']}" if "type" in value else above
    return set().union(*(kinds_in(one, f"{path}/{name}") for name, one in value.items()))


def pages_with_every_block() -> list[Page]:
    """Pages of the demonstration that together have each page type and each kind of block."""
    seen, chosen = set(), []
    for page in Page.objects.filter(depth__gt=1).order_by("path").specific():
        kinds = kinds_in(blocks_of(page), type(page).__name__) | {type(page).__name__}
        if kinds - seen:
            seen |= kinds
            chosen.append(page)
    return chosen


def test_an_unchanged_page_is_saved_as_it_was(admin_client):
    chosen = pages_with_every_block()
    assert len({type(page) for page in chosen}) > 10
    for page in chosen:
        address = f"/admin/pages/{page.pk}/edit/"
        posted = unchanged(admin_client.get(address).content.decode(), page)
        response = admin_client.post(address, posted)
        assert response.status_code == 302, (page, response.status_code)
        saved = Page.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert filled_in(blocks_of(saved)) == filled_in(blocks_of(page)), page


def test_an_unchanged_page_is_not_taken_for_another_text(admin_client):
    """Saved again by a form that was opened before: nothing differs, so nothing is asked."""
    for page in pages_with_every_block():
        address = f"/admin/pages/{page.pk}/edit/"
        page.save_revision()
        posted = unchanged(admin_client.get(address).content.decode(), page)
        assert admin_client.post(address, posted).status_code == 302
        newest = Page.objects.get(pk=page.pk).latest_revision_id
        assert [str(newest)] != posted["loaded_revision_id"]
        again = admin_client.post(address, posted)
        assert again.status_code == 302, (page, [str(one) for one in again.context["messages"]])
