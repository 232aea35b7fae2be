"""The content version changes once for each commit that changed content."""

import pytest
from django.db import transaction

from home.cache import invalidation


@pytest.mark.django_db(transaction=True)
def test_a_commit_changes_the_version_once(monkeypatch):
    changes = []
    monkeypatch.setattr(invalidation, "_change_version", lambda: changes.append(1))
    with transaction.atomic():
        invalidation.invalidate()
        with transaction.atomic():
            invalidation.invalidate()
        assert invalidation.is_pending()
        assert changes == []
    assert changes == [1]
    assert not invalidation.is_pending()


@pytest.mark.django_db(transaction=True)
def test_a_rollback_leaves_nothing_pending():
    before = invalidation.content_version()
    with transaction.atomic():
        invalidation.invalidate()
        transaction.set_rollback(True)
    assert not invalidation.is_pending()
    assert invalidation.content_version() == before
    with transaction.atomic():
        invalidation.invalidate()
    assert invalidation.content_version() != before


@pytest.mark.django_db(transaction=True)
def test_a_savepoint_that_is_rolled_back_does_not_hide_a_later_change():
    before = invalidation.content_version()
    with transaction.atomic():
        with transaction.atomic():
            invalidation.invalidate()
            transaction.set_rollback(True)
        assert not invalidation.is_pending()
        invalidation.invalidate()
    assert invalidation.content_version() != before


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_version_changes_at_once():
    before = invalidation.content_version()
    invalidation.invalidate()
    assert invalidation.content_version() != before
