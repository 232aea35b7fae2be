"""The embedded index is true at every moment: written with the name, rolled back with it."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from place_names.models import NameVariant, PlaceName, RegisterSettings
from search.analysis import VERSION
from search.models import IndexState, PageEntry, PlaceDocument, PlaceFacet, PlaceToken
from search.places import indexing
from search.places.embedded import EmbeddedEngine
from search.places.embedded.writing import filling
from tests.place_names.factories import make_place

from .factories import plain_page

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    return [hit.title for hit in EmbeddedEngine().search(text).hits]


def test_a_name_is_found_in_the_transaction_that_saves_it_and_not_after_its_end():
    with transaction.atomic():
        make_place("石榴岗路")
        assert found("榴岗") == ["石榴岗路"]
        transaction.set_rollback(True)
    assert found("榴岗") == []
    assert not PlaceToken.objects.exists()


def test_a_renamed_name_is_found_by_the_new_one_only():
    place = make_place("东风路")
    place.name, place.specific, place.romanisation = "朝阳路", "朝阳", "Cháoyáng Lù"
    place.save()
    assert found("东风路") == []
    assert found("chaoyanglu") == ["朝阳路"]


def test_variants_come_and_go_with_their_records():
    place = make_place("广州塔")
    variant = NameVariant.objects.create(place=place, kind="alias", name="小蛮腰")
    assert found("小蛮腰") == ["广州塔"]
    variant.delete()
    assert found("小蛮腰") == []


def test_what_the_public_may_not_see_is_not_found():
    place = make_place("隐秘巷", status="pending")
    assert found("隐秘巷") == []
    place.status = "standard"
    place.save()
    assert found("隐秘巷") == ["隐秘巷"]
    place.unpublish()
    assert found("隐秘巷") == []
    place.refresh_from_db()
    place.live = True
    place.save()
    place.delete()
    assert found("隐秘巷") == []
    assert (PlaceDocument.objects.count(), PlaceFacet.objects.count()) == (0, 0)


def test_changes_are_collected_and_written_once(django_assert_max_num_queries, monkeypatch):
    written = []
    monkeypatch.setattr(indexing, "_write", written.append)
    with indexing.collecting():
        place = make_place("江南西路")
        place.save()
        NameVariant.objects.create(place=place, name="江南西")
        assert written == []
    assert written == [[place.pk]]


def test_an_error_while_collecting_writes_nothing():
    def fail():
        with indexing.collecting():
            make_place("江南西路")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert not PlaceName.objects.exists()
    assert found("江南西路") == []


def test_repair_mends_what_bulk_statements_left():
    missing, changed, surplus = make_place("甲路"), make_place("乙路"), make_place("丙路")
    PlaceToken.objects.filter(document=missing.pk).delete()
    PlaceFacet.objects.filter(document=missing.pk).delete()
    PlaceDocument.objects.filter(pk=missing.pk).delete()
    PlaceName.objects.filter(pk=changed.pk).update(name="丁路")
    PlaceName.objects.filter(pk=surplus.pk).update(status="pending")
    counts = {"missing": 1, "changed": 1, "incomplete": 0, "surplus": 1, "cells": 1}
    assert indexing.repair_embedded() == counts
    assert (found("甲路"), found("丁路"), found("乙路"), found("丙路")) == (
        ["甲路"],
        ["丁路"],
        [],
        [],
    )
    out = StringIO()
    call_command("repair_search_index", stdout=out)
    assert "in order" in out.getvalue()


def test_repair_finds_tokens_and_facets_that_are_missing_doubled_or_nobodys():
    whole, bare, half, doubled, plain = (make_place(f"{n}路") for n in "甲乙丙丁戊")
    PlaceToken.objects.filter(document=bare.pk).delete()
    PlaceToken.objects.filter(document=half.pk).order_by("pk").first().delete()
    token = PlaceToken.objects.filter(document=doubled.pk).first()
    PlaceToken.objects.create(document_id=doubled.pk, kind=token.kind, token=token.token)
    PlaceFacet.objects.filter(document=plain.pk).delete()
    PlaceToken.objects.create(document_id=whole.pk + 10_000, kind="n", token="无主")
    assert found("乙路") == []
    counts = {"missing": 0, "changed": 0, "incomplete": 4, "surplus": 1, "cells": 0}
    assert indexing.repair_embedded() == counts
    assert found("乙路") == ["乙路"]
    assert not any(indexing.repair_embedded().values())


def test_the_index_is_built_again_where_the_analysis_changed():
    place = make_place("马涌")
    EmbeddedEngine().delete([place.pk])
    EmbeddedEngine().mark_built()
    call_command("rebuild_search_index", "--if-outdated", stdout=StringIO())
    assert found("马涌") == []
    IndexState.objects.update(version=VERSION - 1)
    call_command("rebuild_search_index", "--if-outdated", stdout=StringIO())
    assert found("马涌") == ["马涌"]
    assert EmbeddedEngine().built_with() == VERSION


def test_coordinates_are_indexed_no_finer_than_published():
    RegisterSettings(published_decimals=3).save()
    make_place("精细路", geometry={"type": "Point", "coordinates": [113.265432, 23.098765]})
    (hit,) = EmbeddedEngine().nearest(113.265, 23.099, limit=1)
    assert (hit.place.lon, hit.place.lat) == (113.265, 23.099)
    RegisterSettings.objects.update(published_decimals=2)
    indexing.repair()
    (hit,) = EmbeddedEngine().nearest(113.265, 23.099, limit=1)
    assert (hit.place.lon, hit.place.lat) == (113.27, 23.1)


def test_a_site_that_is_prepared_has_a_right_index_of_pages(django_assert_max_num_queries):
    IndexState.objects.filter(engine="pages").delete()
    PageEntry.objects.all().delete()
    page = plain_page("骨灰撒海")
    PageEntry.objects.all().delete()
    call_command("rebuild_search_index", "--if-outdated", stdout=StringIO())
    assert PageEntry.objects.filter(pk=page.pk).exists()
    EmbeddedEngine().mark_built()
    with django_assert_max_num_queries(2):
        call_command("rebuild_search_index", "--if-outdated", stdout=StringIO())


@pytest.mark.django_db(transaction=True)
def test_indexes_left_out_while_filling_are_there_afterwards():
    def interrupted() -> None:
        with filling():
            assert "search_token_lookup" not in _indexes()
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        interrupted()
    assert "search_token_lookup" in _indexes()
    make_place("马涌")
    with filling():
        assert "search_token_lookup" in _indexes()


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, PlaceToken._meta.db_table))
