"""Figures, the audit log and messages: who sees them, and nothing personal in them."""

import pytest

from marriage.models import (
    AuditEntry,
    OutboxMessage,
    Service,
)
from marriage.states import State
from tests.marriage.factories import make_booking

from .pages import later, text, url

pytestmark = pytest.mark.django_db


def test_figures_and_their_export_hold_no_personal_data(manager, slot):
    booking = make_booking(slot, State.DONE)
    page = text(manager.get(url("figures")))
    export = manager.get(url("export"))
    assert export["Content-Type"].startswith("text/csv")
    for content in (page, export.content.decode("utf-8-sig")):
        assert slot.service.title in content
        for secret in (booking.reference, "李示例", "13800001234"):
            assert secret not in content
    assert export.content.decode("utf-8-sig").splitlines()[0].startswith("日期,登记处,业务,小时")


def test_names_in_the_export_do_not_run_in_a_spreadsheet(manager, slot):
    Service.objects.filter(pk=slot.service_id).update(title="=1+1")
    make_booking(slot, State.DONE)
    assert ",'=1+1," in manager.get(url("export")).content.decode("utf-8-sig")


@pytest.mark.parametrize(
    "query",
    [
        {"first": "2026-12-31", "last": "2026-01-01"},
        {"first": "x", "last": "9999-99-99", "office": "0"},
        {"first": "2000-01-01", "last": "2100-01-01"},
    ],
)
def test_figures_of_odd_spans_are_answered(manager, slot, query):
    make_booking(slot, State.DONE)
    assert manager.get(url("figures"), query).status_code == 200
    assert manager.get(url("export"), query).status_code == 200


def test_the_audit_log_can_be_read_and_nothing_else(manager, slot):
    booking = make_booking(slot)
    manager.post(url("step", booking.pk), {"step": "checked_in"})
    page = text(manager.get(url("audit"), {"q": booking.display_reference}))
    assert "已预约 → 已报到" in page
    for method in ("post", "put", "delete", "patch"):
        assert getattr(manager, method)(url("audit")).status_code == 405
    entry = AuditEntry.objects.get()
    with pytest.raises(TypeError):
        entry.delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.all().delete()
    with pytest.raises(TypeError):
        AuditEntry.objects.update(note="x")


@pytest.mark.parametrize(
    "query", [{"q": "\x01"}, {"p": "-5"}, {"p": "9" * 40}, {"action": "x", "first": "y"}]
)
def test_odd_addresses_of_the_audit_log_are_answered(manager, slot, query):
    assert manager.get(url("audit"), query).status_code == 200


def test_clerks_see_neither_figures_nor_audit_log(clerk, slot):
    for name in ("figures", "export", "audit"):
        assert clerk.get(url(name)).status_code == 302


def test_failed_messages_are_listed_without_their_content_and_sent_again(manager, slot):
    booking = make_booking(later(slot, 3))
    manager.post(
        url("rearrange", booking.pk), {"act": "cancel", "reason": "office", "note": "停电"}
    )
    message = booking.messages.get()
    OutboxMessage.objects.update(state="failed", attempts=8)
    page = text(manager.get(url("messages")))
    assert booking.display_reference in page
    assert "13800001234" not in page
    assert "停电" not in page
    assert "登记处取消" in page
    assert "1条通知将重新发送" in text(manager.post(url("messages"), follow=True))
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)
    assert manager.get(url("messages"), {"state": "x"}).status_code == 200


def test_every_kind_of_message_has_its_word():
    from marriage.message_texts import KIND_WORDS, TEXTS

    assert set(TEXTS) == set(KIND_WORDS)
