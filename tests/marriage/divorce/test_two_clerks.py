"""Two clerks act for one couple at the same moment: the table lets one of them through.

Both have passed every check before either writes, as may happen on PostgreSQL; on SQLite, where
writers queue, too.
"""

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection

from marriage.desk import visits
from marriage.divorce import acceptance, withdrawal
from marriage.models import Acceptance, Booking, BookingRules, Service, Withdrawal
from marriage.models.states import IllegalChangeError, State

from ..factories import at, make_booking, make_office, make_service, make_slot, make_working_days

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 9, 1)


@pytest.fixture
def booking(transactional_db):
    make_working_days(DAY, 150, is_working=True)
    BookingRules.load()
    service = make_service(kind=Service.Kind.DIVORCE_APPLICATION)
    return make_booking(make_slot(make_office(service), service, DAY), State.IN_SERVICE)


def together(monkeypatch, *acts):
    """Run the acts of two clerks, neither of whom sees the other's receipt when checking."""
    checked = threading.Barrier(len(acts))
    check = acceptance.other_application

    def check_and_wait(*args, **more):
        problem = check(*args, **more)
        # The second look, after the table has refused, waits for nobody.
        with contextlib.suppress(threading.BrokenBarrierError):
            checked.wait(2)
        return problem

    monkeypatch.setattr(acceptance, "other_application", check_and_wait)

    def run(act):
        try:
            return act()
        except (acceptance.AcceptanceError, IllegalChangeError) as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        results = list(pool.map(run, acts))
    refused = [result for result in results if isinstance(result, Exception)]
    assert len(refused) == len(acts) - 1, results
    return refused


def accept(booking, number):
    return lambda: acceptance.accept(booking, number, DAY, now=at(DAY, 10))


def foreign(booking, number):
    couple = [party.person for party in booking.parties.all()]
    return lambda: acceptance.record_foreign(booking.office, number, DAY, couple, now=at(DAY, 10))


def test_one_couple_at_two_desks_gets_one_receipt(monkeypatch, booking):
    couple = [party.person for party in booking.parties.all()]
    turned = lambda: acceptance.record_foreign(  # noqa: E731
        booking.office, "SZ-2026-1", DAY, couple[::-1], now=at(DAY, 10)
    )
    [refusal] = together(monkeypatch, accept(booking, "HZ20260901-001"), turned)
    assert "还没有办结" in refusal.message or "没有办结的回执" in refusal.message
    assert Acceptance.objects.count() == 1


def test_a_booking_that_two_clerks_accept_gets_one_receipt(monkeypatch, booking):
    clerks = [accept(Booking.objects.get(pk=booking.pk), f"HZ20260901-00{n}") for n in (1, 2)]
    [refusal] = together(monkeypatch, *clerks)
    assert "已由同事受理" in refusal.message
    assert Acceptance.objects.count() == 1
    booking.refresh_from_db()
    assert booking.receipt_number == Acceptance.objects.get().receipt_number


def test_two_couples_with_one_suggested_number_are_told_the_next(monkeypatch, booking):
    other = make_booking(booking.slot, State.IN_SERVICE)
    clerks = [accept(each, "HZ20260901-001") for each in (booking, other)]
    [refusal] = together(monkeypatch, *clerks)
    assert refusal.field == "receipt_number"
    assert "001已经用过" in refusal.message
    assert Acceptance.objects.count() == 1


def test_a_paper_receipt_typed_at_two_desks_is_one(monkeypatch, booking):
    clerks = [foreign(booking, number) for number in ("SZ-2026-1", "SZ-2026-2")]
    together(monkeypatch, *clerks)
    assert Acceptance.objects.count() == 1


def test_who_is_received_at_this_moment_is_no_no_show(booking):
    """The nightly job, or a colleague with an older page, comes a moment after the check-in."""
    Booking.objects.filter(pk=booking.pk).update(state=State.BOOKED)
    seen = Booking.objects.select_related("slot", "service", "office").get(pk=booking.pk)
    Booking.objects.filter(pk=booking.pk).update(state=State.CHECKED_IN)
    shown = seen.shown_as
    with pytest.raises(IllegalChangeError, match="已经过时"):
        visits.take_step(seen, State.NO_SHOW, actor=None, shown=shown, now=at(DAY, 17))
    booking.refresh_from_db()
    assert booking.state == State.CHECKED_IN


def test_a_withdrawal_is_entered_once(booking):
    receipt = accept(booking, "HZ20260901-001")()
    same = Acceptance.objects.get(pk=receipt.pk)
    day = DAY + timedelta(days=3)
    withdrawal.withdraw(receipt, now=at(day))
    with pytest.raises(acceptance.AcceptanceError, match="已经撤回"):
        withdrawal.withdraw(same, now=at(day))
    assert Withdrawal.objects.count() == 1
