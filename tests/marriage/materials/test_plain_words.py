"""Materials that stand as they were loaded get today's words; what an editor changed stays."""

from importlib import import_module

import pytest
from django.apps import apps

from demonstration.marriage.loading import rows_of
from marriage.materials.changes import tell_if_changed
from marriage.models import Material, OutboxMessage, Service

from ..factories import make_booking, make_coming_slot, make_service

pytestmark = pytest.mark.django_db
migration = import_module("marriage.migrations.0035_materials_in_plain_words")
EDITED = ("近期半身免冠照片", "2寸，红底", "2至3张", "always")


def load(service, *rows):
    for number, row in enumerate(rows):
        values = dict(zip(migration.NAMES, row, strict=True))
        Material.objects.create(service=service, sort_order=number, **values)


def rows(service):
    return [
        tuple(row) for row in service.materials.order_by("sort_order").values_list(*migration.NAMES)
    ]


def test_old_rows_become_those_that_are_loaded_today(db):
    [replacement] = [row for row in rows_of("services.json") if row["kind"] == "replacement"]
    today = [tuple(row[:4]) for row in replacement["materials"]]
    old = [row for row in today if row not in migration.REPLACED[migration.PHOTOS]]
    old = [(*row[:2], row[2].replace("各1件", "1套"), row[3]) for row in old]
    old[0] = list(migration.REPLACED)[1]
    last = ("最后一项", "", "1份", "always")
    service = make_service(kind=Service.Kind.REPLACEMENT)
    load(service, *old, migration.PHOTOS, last)
    migration.forwards(apps, None)
    assert rows(service) == [*today, last]
    migration.forwards(apps, None)
    assert rows(service) == [*today, last]


def test_what_an_editor_changed_stays(db):
    service = make_service(kind=Service.Kind.REPLACEMENT)
    load(service, EDITED)
    migration.forwards(apps, None)
    assert rows(service) == [EDITED]


def test_nobody_is_told_of_new_words_for_the_same_things(db):
    service = make_service(kind=Service.Kind.REPLACEMENT)
    load(service, migration.PHOTOS)
    tell_if_changed(service)
    make_booking(make_coming_slot(service))
    migration.forwards(apps, None)
    service.refresh_from_db()
    tell_if_changed(service)
    assert not OutboxMessage.objects.exists()


def test_no_quantity_asks_for_a_set_or_a_range():
    """“1套” and “2至3张” left people guessing."""
    for service in rows_of("services.json"):
        for title, _detail, quantity, *_ in service["materials"]:
            assert "套" not in quantity, title
            assert "至" not in quantity, title
