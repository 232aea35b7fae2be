"""StreamField outside and inside migrations."""

import json

import pytest
from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState

from home.fields import StreamField
from home.models import PlainPage

STORED = [{"type": "heading", "value": {"text": "一", "level": "2"}, "id": "a"}]


def test_blocks_are_not_part_of_a_migration():
    _, path, args, kwargs = PlainPage._meta.get_field("body").deconstruct()
    assert path == "home.fields.StreamField"
    assert args == []
    assert kwargs == {"blank": True, "verbose_name": "正文"}


def test_options_of_blocks_are_not_either():
    field = StreamField([], blank=True, max_num=6)
    field.set_attributes_from_name("tasks")
    assert field.deconstruct()[3] == {"blank": True}


@pytest.fixture
def historical():
    """A table with a StreamField as a migration sees it, and what is stored there."""
    state = ProjectState()
    fields = [("id", models.BigAutoField(primary_key=True)), ("body", StreamField(blank=True))]
    state.add_model(ModelState("home", "HistoricalPage", fields, {"db_table": "historical_page"}))
    return state.apps.get_model("home", "HistoricalPage")


@pytest.mark.django_db(transaction=True)
def test_a_migration_reads_and_saves_blocks_it_does_not_know(historical):
    with connection.schema_editor() as editor:
        editor.create_model(historical)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO historical_page (id, body) VALUES (1, %s)", [json.dumps(STORED)]
            )
        row = historical.objects.get()
        assert list(row.body.raw_data) == STORED
        row.save()
        assert list(historical.objects.get().body.raw_data) == STORED
        row.body.raw_data[0]["value"]["text"] = "二"
        row.save()
        assert historical.objects.get().body.raw_data[0]["value"]["text"] == "二"
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(historical)


def test_an_empty_field_stays_empty_in_a_migration(historical):
    assert not historical(body="").body
    assert not historical(body=None).body
    assert list(historical(body=json.dumps(STORED)).body.raw_data) == STORED
