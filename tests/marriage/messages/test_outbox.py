"""Messages leave once, are tried again, and never say too much."""

import datetime
import http.server
import json
import threading

import pytest
from django.core import mail
from django.utils import timezone

from home.messages import gateways, queue
from marriage.booking import bookings
from marriage.messages import outbox
from marriage.messages.calendar_file import calendar_file
from marriage.models import BookingRules, OutboxMessage
from marriage.models.states import State

from ..factories import make_coming_slot, make_confirmed_booking, make_couple, make_person

pytestmark = pytest.mark.django_db
Sent = OutboxMessage.State


@pytest.fixture
def sent(monkeypatch):
    """Every message that left, as (channel, key, to, body)."""
    left = []

    def take(channel, key, to, subject, body, calendar="", headers=None):
        left.append((channel, key, to, body))

    monkeypatch.setitem(gateways.GATEWAYS, "console", take)
    return left


def test_a_confirmation_leaves_once_for_each_party(sent):
    couple = make_couple()
    make_confirmed_booking(people=couple)
    assert outbox.drain() == 2
    assert outbox.drain() == 0
    assert [message[2] for message in sent] == [couple[0]["phone"], "13900005678"]
    assert all("【海珠民政】" in message[3] for message in sent)
    assert all("张三" not in message[3] for message in sent)


def test_both_parties_with_one_telephone_get_one_message(sent):
    couple = make_couple()
    couple[1]["phone"] = couple[0]["phone"]
    make_confirmed_booking(people=couple)
    assert outbox.drain() == 1


def test_mail_goes_to_those_who_gave_an_address(settings):
    settings.MESSAGE_GATEWAYS = {"sms": "console", "mail": "mail"}
    couple = make_couple()
    couple[0]["email"] = "a@example.com"
    make_confirmed_booking(people=couple)
    outbox.drain()
    assert [message.to for message in mail.outbox] == [["a@example.com"]]


def test_the_reminder_leaves_the_day_before_and_not_earlier(sent):
    booked = make_confirmed_booking()
    rules = BookingRules.load()
    outbox.drain()
    day = booked.slot.date - datetime.timedelta(days=rules.reminder_days_ahead)
    due = timezone.make_aware(datetime.datetime.combine(day, rules.reminder_time))
    assert outbox.drain(now=due - datetime.timedelta(minutes=1)) == 0
    assert outbox.drain(now=due + datetime.timedelta(minutes=1)) == 2
    assert "提醒您" in sent[-1][3]


def test_a_moved_booking_reminds_of_the_new_day_only():
    booked = make_confirmed_booking()
    other = make_coming_slot(booked.service, booked.office, days_ahead=10)
    bookings.move(booked, other.pk)
    reminders = OutboxMessage.objects.filter(kind="reminder")
    assert reminders.count() == 2
    assert all(f"{other.date.day}日" in message.content["body"] for message in reminders)


def test_a_booking_made_too_late_for_the_reminder_gets_none():
    rules = BookingRules.load()
    rules.reminder_days_ahead = 20
    rules.save()
    make_confirmed_booking()
    assert not OutboxMessage.objects.filter(kind="reminder").exists()


def test_what_fails_is_tried_again_with_the_same_key_and_longer_pauses(monkeypatch):
    keys = []

    def broken(channel, key, to, subject, body, calendar="", headers=None):
        keys.append(key)
        raise OSError(f"no line to {to}")

    monkeypatch.setitem(gateways.GATEWAYS, "console", broken)
    make_confirmed_booking(people=make_couple()[:1])
    now = timezone.now()
    for _ in range(12):
        outbox.drain(now=now)
        now += datetime.timedelta(days=1)
    message = OutboxMessage.objects.get(kind="confirmed")
    assert message.state == Sent.FAILED
    assert message.attempts == queue.MAX_ATTEMPTS
    assert keys.count(message.gateway_key) == queue.MAX_ATTEMPTS
    assert message.last_error == "OSError"  # Without the telephone number.


def test_a_message_whose_sender_died_is_taken_up_after_the_lease(sent):
    make_confirmed_booking(people=make_couple()[:1])
    now = timezone.now()
    OutboxMessage.objects.filter(kind="confirmed").update(
        state=Sent.SENDING, due_at=now + queue.LEASE
    )
    assert outbox.drain(now=now) == 0
    assert outbox.drain(now=now + queue.LEASE * 2) == 1


def test_the_telephone_number_is_deleted_once_the_message_left(sent):
    make_confirmed_booking()
    outbox.drain()
    assert not OutboxMessage.objects.filter(state=Sent.SENT).exclude(encrypted="").exists()


def test_the_http_gateway_posts_json_with_an_idempotency_key(settings):
    taken = []

    class Gateway(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            taken.append((dict(self.headers), json.loads(body)))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.MESSAGE_GATEWAYS = {"sms": "http", "mail": "console"}
    settings.MESSAGE_HTTP_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.MESSAGE_HTTP_TOKEN = "secret"
    make_confirmed_booking(people=[make_person(phone="13800001234")])
    outbox.drain()
    server.shutdown()
    headers, body = taken[0]
    assert headers["Authorization"] == "Bearer secret"
    assert headers["Idempotency-Key"] == body["id"]
    assert body["to"] == "13800001234"


def test_the_console_masks_whom_it_writes_to(capsys):
    make_confirmed_booking(people=make_couple()[:1])
    outbox.drain()
    printed = capsys.readouterr().out
    assert "138****1234" in printed
    assert "13800001234" not in printed


def test_the_file_gateway_writes_lines_for_its_owner_only(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.MESSAGE_GATEWAYS = {"sms": "file", "mail": "file"}
    make_confirmed_booking()
    outbox.drain()
    (path,) = (tmp_path / "messages").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert len(path.read_text().splitlines()) == 2


def test_a_cancellation_by_the_office_tells_why_and_that_it_does_not_count(sent):
    booked = make_confirmed_booking()
    bookings.change(booked, State.CANCELLED_BY_OFFICE, note="系统检修")
    outbox.drain()
    assert "系统检修" in sent[-1][3]
    assert "不计入取消次数" in sent[-1][3]


def test_a_message_that_no_key_opens_does_not_hold_up_the_others(sent):
    make_confirmed_booking()
    locked = OutboxMessage.objects.order_by("due_at", "pk").first()
    OutboxMessage.objects.filter(pk=locked.pk).update(encrypted="gAAAAA-of-another-key")
    assert outbox.drain() == 1
    locked.refresh_from_db()
    assert (locked.state, locked.attempts) == (Sent.QUEUED, 1)
    OutboxMessage.objects.filter(pk=locked.pk).update(
        attempts=queue.MAX_ATTEMPTS - 1, due_at=timezone.now()
    )
    assert outbox.drain() == 0
    locked.refresh_from_db()
    assert locked.state == Sent.FAILED


def test_mails_bring_the_appointment_as_a_calendar_file(settings):
    settings.MESSAGE_GATEWAYS = {"sms": "console", "mail": "mail"}
    booked = make_confirmed_booking(people=[make_person(email="me@example.com")])
    outbox.drain()
    bookings.cancel(booked)
    outbox.drain()
    statuses = [message.attachments[0][1] for message in mail.outbox]
    assert "STATUS:CONFIRMED" in statuses[0]
    assert "STATUS:CANCELLED" in statuses[1]
    assert mail.outbox[0].attachments[0][0] == "appointment.ics"


def test_the_calendar_file_says_who_comes():
    """As the message does: a replacement is fetched by one alone."""
    assert "双方到场" in calendar_file(make_confirmed_booking()).decode()
    alone = calendar_file(make_confirmed_booking(people=[make_person()])).decode()
    assert "请带齐材料到场" in alone.replace("\r\n ", "")
    assert "双方" not in alone


def test_codes_leave_before_everything_else():
    booked = make_confirmed_booking()
    outbox.tell(booked, "telephone_code", [{"phone": "13800005555"}], note="123456")
    assert outbox.drain(limit=1) == 1
    assert OutboxMessage.objects.get(kind="telephone_code").state == "sent"


@pytest.mark.parametrize(
    ("released", "told", "until"),
    [
        ((2026, 6, 8, 14, 0), (2026, 6, 8, 14, 0), (2026, 6, 8, 16, 0)),
        ((2026, 6, 8, 22, 30), (2026, 6, 9, 8, 0), (2026, 6, 9, 10, 0)),
        ((2026, 6, 9, 3, 0), (2026, 6, 9, 8, 0), (2026, 6, 9, 10, 0)),
        ((2026, 6, 9, 8, 0), (2026, 6, 9, 8, 0), (2026, 6, 9, 10, 0)),
    ],
)
def test_the_waiting_list_is_not_woken_at_night(released, told, until):
    from marriage.booking import waiting_list

    def moment(parts):
        return timezone.make_aware(datetime.datetime(*parts))

    day = datetime.date(2026, 6, 20)
    slot = make_coming_slot(date=day)
    booked = make_booking_at(slot, moment((2026, 6, 7, 12, 0)))
    waiting_list.join(
        slot.service, slot.office, day, make_person(), now=moment((2026, 6, 7, 13, 0))
    )
    bookings.cancel(booked, now=moment(released))
    message = OutboxMessage.objects.get(kind="waiting_offer")
    assert message.due_at == moment(told)
    assert message.booking.hold_expires == moment(until)


def make_booking_at(slot, now):
    held = bookings.hold(slot.pk, now=now)
    return bookings.confirm(held.hold_token, make_couple(), now=now)
