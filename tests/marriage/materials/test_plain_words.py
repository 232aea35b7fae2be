"""Materials that stand as they were loaded get today's words; what an editor changed stays."""

from importlib import import_module

import pytest
from django.apps import apps

from demonstration.marriage.services import rows_of
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


def test_old_rows_get_their_new_words_once(db):
    identity, pair = list(migration.REPLACED)[1], (migration.PAIRS[0], "", "1套", "origin=military")
    last = ("最后一项", "", "1份", "always")
    service = make_service(kind=Service.Kind.REPLACEMENT)
    load(service, identity, pair, migration.PHOTOS, last)
    today = [*migration.REPLACED[identity], (*pair[:2], "各1件", pair[3])]
    today += [*migration.REPLACED[migration.PHOTOS], last]
    migration.forwards(apps, None)
    assert rows(service) == today
    migration.forwards(apps, None)
    assert rows(service) == today


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
