from datetime import date, timedelta

import pytest

from marriage import acceptance
from marriage.models import Acceptance, AuditEntry, BookingRules, Service, WorkingDay
from marriage.personal_data import purge
from marriage.second_visit import plan_for
from marriage.states import State

from .factories import at, make_booking, make_office, make_service, make_slot
from .test_divorce_window import working

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


@pytest.fixture
def booking(db):
    for number in range(150):
        day = DAY + timedelta(days=number)
        WorkingDay.objects.create(date=day, is_working=working(day), is_confirmed=True)
    service = make_service(kind=Service.Kind.DIVORCE_APPLICATION)
    return make_booking(make_slot(make_office(service), service, DAY), State.IN_SERVICE)


def accept(booking, number="HZ1", day=DAY, **more):
    return acceptance.accept(booking, number, day, now=at(DAY, 10), **more)


def test_acceptance_sets_receipt_and_date_and_ends_the_visit(booking, django_user_model):
    clerk = django_user_model.objects.create_user("clerk")
    receipt = accept(booking, " HZ20260901-001 ", actor=clerk)
    booking.refresh_from_db()
    assert booking.state == State.DONE
    assert booking.receipt_number == receipt.receipt_number == "HZ20260901-001"
    assert receipt.accepted_on == DAY
    assert len(receipt.person_hashes) == 2
    entry = AuditEntry.objects.get(action=AuditEntry.Action.ACCEPTED)
    assert (entry.actor, entry.note) == (clerk, "HZ20260901-001")


def test_an_application_is_taken_back_within_its_time_and_once(booking):
    """2026-10-01 to 10-07 are days off: until 10-08 nobody is turned away."""
    receipt = accept(booking)
    for day in (date(2026, 10, 9), date(2027, 1, 1)):
        with pytest.raises(acceptance.AcceptanceError):
            acceptance.withdraw(receipt, now=at(day))
    acceptance.withdraw(receipt, now=at(date(2026, 10, 8)))
    receipt.refresh_from_db()
    assert receipt.withdrawn_on == date(2026, 10, 8)
    assert AuditEntry.objects.filter(note="当事人撤回申请").count() == 1
    with pytest.raises(acceptance.AcceptanceError):
        acceptance.withdraw(receipt, now=at(date(2026, 10, 8)))


def test_the_dates_follow_from_calendar_and_rules(booking):
    dates = plan_for(DAY)
    assert (dates.withdraw_until, dates.provisional) == (date(2026, 10, 1), False)
    assert (dates.window.first, dates.window.last) == (date(2026, 10, 9), date(2026, 11, 2))
    assert plan_for(DAY, BookingRules(first_roll="rolled")).window.last == date(2026, 11, 9)
    WorkingDay.objects.filter(date=date(2026, 10, 31)).update(is_confirmed=False)
    assert plan_for(DAY).window.last == date(2026, 10, 31)


def test_a_receipt_number_is_used_once(booking):
    accept(booking)
    other = make_booking(booking.slot, State.IN_SERVICE)
    with pytest.raises(acceptance.AcceptanceError) as caught:
        accept(other)
    assert caught.value.field == "receipt_number"
    other.refresh_from_db()
    assert (other.state, other.receipt_number) == (State.IN_SERVICE, "")
    assert Acceptance.objects.count() == 1


@pytest.mark.parametrize("state", [State.BOOKED, State.CHECKED_IN, State.DONE, State.NO_SHOW])
def test_only_a_visit_in_progress_is_accepted(booking, state):
    booking.state = state
    with pytest.raises(acceptance.AcceptanceError):
        accept(booking)
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("shift", [-1, 1, 400])
def test_the_date_is_that_of_the_visit(booking, shift):
    with pytest.raises(acceptance.AcceptanceError) as caught:
        accept(booking, day=DAY + timedelta(days=shift))
    assert caught.value.field == "accepted_on"


def test_other_services_have_no_receipt(booking):
    booking.service.kind = Service.Kind.MARRIAGE
    with pytest.raises(acceptance.AcceptanceError):
        accept(booking)


def test_suggested_numbers_are_free(booking):
    assert acceptance.suggested_number(booking.office, DAY) == "HZ20260901-001"
    accept(booking, "HZ20260901-002")
    assert acceptance.suggested_number(booking.office, DAY) == "HZ20260901-003"


def test_a_receipt_forgets_whom_it_was_for_when_their_time_is_over(booking):
    receipt = accept(booking)
    purge(at(DAY + timedelta(days=300)))
    receipt.refresh_from_db()
    assert len(receipt.person_hashes) == 2
    purge(at(DAY + timedelta(days=400)))
    receipt.refresh_from_db()
    assert (receipt.person_hashes, receipt.receipt_number) == ([], "HZ1")


@pytest.fixture
def second(booking):
    """A second visit that has checked in, on a receipt that is not ours."""
    service = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
    slot = make_slot(booking.office, service, DAY + timedelta(days=40))
    return make_booking(slot, State.CHECKED_IN, receipt_number="SZ-1")


def paper(second, number="SZ-1", accepted_on=DAY):
    return acceptance.record_paper(
        second, number, accepted_on, now=at(DAY + timedelta(days=40), 10)
    )


def test_a_paper_receipt_of_another_system_is_put_on_record_once(second):
    record = paper(second, " SZ-1 ")
    assert (record.receipt_number, record.office, record.booking) == ("SZ-1", second.office, None)
    assert len(record.person_hashes) == 2
    assert AuditEntry.objects.get().note == "核对纸质回执 SZ-1"
    with pytest.raises(acceptance.AcceptanceError, match="已经在本站的记录里"):
        paper(second)


def test_a_paper_receipt_outside_its_dates_is_refused(second):
    for wrong in (DAY + timedelta(days=20), DAY - timedelta(days=40)):
        with pytest.raises(acceptance.AcceptanceError, match="不在期内") as refusal:
            paper(second, accepted_on=wrong)
        assert refusal.value.field == "accepted_on"
    assert not Acceptance.objects.exists()


def test_a_paper_receipt_needs_the_couple_at_the_counter(second, booking):
    second.state = State.BOOKED
    for visit in (second, booking):
        with pytest.raises(acceptance.AcceptanceError, match="已经报到"):
            paper(visit)
