"""Figures, the audit log and messages: who sees them, and nothing personal in them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marriage.messages import outbox
from marriage.models import AuditEntry, BookingRules, OutboxMessage, Service
from marriage.models.states import State
from marriage.records import personal_data
from tests.marriage.factories import make_booking

from .pages import later, press, text, url

pytestmark = pytest.mark.django_db


def test_statistics_and_their_export_hold_no_personal_data(manager, slot):
    booking = make_booking(slot, State.DONE)
    page = text(manager.get(url("statistics")))
    export = manager.get(url("export"))
    assert export["Content-Type"].startswith("text/csv")
    table = export.getvalue().decode("utf-8-sig")
    for content in (page, table):
        assert slot.service.title in content
        for secret in (booking.reference, "李示例", "13800001234"):
            assert secret not in content
    assert table.splitlines()[0].startswith("日期,登记处,业务,小时")


def test_names_in_the_export_do_not_run_in_a_spreadsheet(manager, slot):
    Service.objects.filter(pk=slot.service_id).update(title="=1+1")
    make_booking(slot, State.DONE)
    assert ",'=1+1," in manager.get(url("export")).getvalue().decode("utf-8-sig")


@pytest.mark.parametrize(
    "query",
    [
        {"first": "2026-12-31", "last": "2026-01-01"},
        {"first": "x", "last": "9999-99-99", "office": "0"},
        {"first": "2000-01-01", "last": "2100-01-01"},
    ],
)
def test_statistics_of_odd_spans_are_answered(manager, slot, query):
    make_booking(slot, State.DONE)
    assert manager.get(url("statistics"), query).status_code == 200
    assert manager.get(url("export"), query).status_code == 200


def test_the_audit_log_can_be_read_and_nothing_else(manager, slot):
    booking = make_booking(slot)
    press(manager, "step", booking, {"step": "checked_in"})
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


def test_clerks_see_neither_statistics_nor_audit_log(clerk, slot):
    for name in ("statistics", "export", "audit"):
        assert clerk.get(url(name)).status_code == 302


def test_failed_messages_are_listed_without_their_content_and_sent_again(manager, slot):
    booking = make_booking(later(slot, 3))
    press(manager, "rebooking", booking, {"act": "cancel", "reason": "office", "note": "停电"})
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


def test_the_messages_open_with_the_latest_and_say_to_whom(manager, slot):
    assert "还没有发过通知" in text(manager.get(url("messages")))
    booking = make_booking(later(slot, 3))
    press(manager, "rebooking", booking, {"act": "cancel", "reason": "office"})
    OutboxMessage.objects.update(state="sent", encrypted="", sent_at=timezone.now())
    page = text(manager.get(url("messages")))
    assert booking.display_reference in page
    assert "138****1234" in page
    assert "没有“发送失败”的通知" in text(manager.get(url("messages"), {"state": "failed"}))


def test_messages_of_other_offices_are_not_listed(manager, slot, django_user_model):
    booking = make_booking(later(slot, 3))
    press(manager, "rebooking", booking, {"act": "cancel", "reason": "office"})
    slot.office.staff.add(django_user_model.objects.create_user("another", password="x"))
    assert booking.display_reference not in text(manager.get(url("messages")))


def test_a_booking_tells_what_was_sent_about_it(manager, slot):
    booking = make_booking(later(slot, 3))
    press(manager, "rebooking", booking, {"act": "cancel", "reason": "office"})
    page = text(manager.get(url("visit", booking.pk)))
    assert "通知：登记处取消，短信待发送" in page
    assert "138****1234" in page


def test_recipients_are_forgotten_in_time(slot):
    outbox.tell(make_booking(slot), "confirmed")
    row = OutboxMessage.objects.get()
    assert row.recipient == "138****1234"
    days = BookingRules.load().retention_days
    personal_data.purge(row.created_at + timedelta(days=days - 1))
    row.refresh_from_db()
    assert row.recipient
    personal_data.purge(row.created_at + timedelta(days=days + 1))
    row.refresh_from_db()
    assert (row.recipient, row.encrypted) == ("", "")


def test_every_kind_of_message_has_its_word():
    from marriage.messages.texts import KIND_WORDS, TEXTS, WAITING_JOINED

    assert {*TEXTS, WAITING_JOINED} == set(KIND_WORDS)


def test_days_that_are_not_those_asked_for_are_named(manager, slot):
    page = text(manager.get(url("statistics"), {"first": "2020-01-01", "last": "2026-01-01"}))
    assert "一次最多看366天，只统计到2021-01-01" in page
    page = text(manager.get(url("statistics"), {"first": "2026-02-30"}))
    assert "“2026-02-30”不是日期" in page
