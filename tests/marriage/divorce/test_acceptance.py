from datetime import date, timedelta
from functools import partial
from importlib import import_module

import pytest
from django.apps import apps

from marriage.desk import visits
from marriage.divorce import acceptance, receipts, withdrawal
from marriage.divorce.second_visit import (
    certificate_problem,
    plan_for,
    reading_words,
    receipt_problem,
    window_problem,
)
from marriage.models import Acceptance, AuditEntry, BookingRules, Service, WorkingDay
from marriage.models.receipts import couple_key
from marriage.models.states import IllegalChangeError, State
from marriage.records.personal_data import purge

from ..calendar.test_divorce_window import working
from ..factories import at, make_booking, make_office, make_service, make_slot

pytestmark = pytest.mark.django_db
DAY = date(2026, 9, 1)


@pytest.fixture
def booking(db):
    days = [DAY + timedelta(days=number) for number in range(150)]
    WorkingDay.objects.bulk_create(
        WorkingDay(date=day, is_working=working(day), is_confirmed=True) for day in days
    )
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
            withdrawal.withdraw(receipt, now=at(day))
    withdrawal.withdraw(receipt, now=at(date(2026, 10, 8)))
    receipt.refresh_from_db()
    assert receipt.withdrawn_on == date(2026, 10, 8)
    assert AuditEntry.objects.filter(note="双方撤回申请").count() == 1
    with pytest.raises(acceptance.AcceptanceError):
        withdrawal.withdraw(receipt, now=at(date(2026, 10, 8)))


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
    assert paper(second) == record  # The same couple again: linked, not recorded twice.
    assert Acceptance.objects.count() == 1


def test_a_paper_receipt_outside_its_dates_is_refused(second):
    for wrong in (DAY + timedelta(days=20), DAY - timedelta(days=40)):
        with pytest.raises(acceptance.AcceptanceError, match=r"不在期内|已过期限") as refusal:
            paper(second, accepted_on=wrong)
        assert refusal.value.field == "accepted_on"
    assert not Acceptance.objects.exists()


def test_a_paper_receipt_needs_the_couple_at_the_counter(second, booking):
    second.state = State.BOOKED
    for visit in (second, booking):
        with pytest.raises(acceptance.AcceptanceError, match="已经报到"):
            paper(visit)


def same_people(first, then):
    """The second visit is by the people of the first."""
    for old, new in zip(first.parties.all(), then.parties.all(), strict=True):
        new.person_hash = old.person_hash
        new.save()


def test_our_own_receipt_is_linked_for_a_couple_without_a_booking(booking, second):
    """They walk in, or mistyped the number online: the record is theirs, so it is used."""
    receipt = accept(booking, "HZ1")
    for typed_online in ("", "HZ-1"):
        second.receipt_number = typed_online
        second.save()
        same_people(booking, second)
        assert paper(second, "HZ1") == receipt
        second.refresh_from_db()
        assert second.receipt_number == "HZ1"
        assert certificate_problem(second, DAY + timedelta(days=40)) == ""
    assert Acceptance.objects.count() == 1


def test_a_receipt_on_record_is_linked_to_nobody_else(booking, second):
    receipt = accept(booking, "HZ1")
    with pytest.raises(acceptance.AcceptanceError, match="另外两个人"):
        paper(second, "HZ1")
    same_people(booking, second)
    with pytest.raises(acceptance.AcceptanceError, match="受理日期是2026-09-01") as refusal:
        paper(second, "HZ1", DAY + timedelta(days=1))
    assert refusal.value.field == "accepted_on"
    receipt.office = make_office(second.service)
    receipt.save()
    with pytest.raises(acceptance.AcceptanceError, match="原登记处"):
        paper(second, "HZ1")
    receipt.office, receipt.withdrawn_on = booking.office, DAY
    receipt.save()
    with pytest.raises(acceptance.AcceptanceError, match="撤回"):
        paper(second, "HZ1")


def test_the_certificate_is_for_the_people_of_the_receipt(booking, second):
    accept(booking, "HZ1")
    second.receipt_number = "HZ1"
    second.save()
    assert "不一致" in certificate_problem(second, DAY + timedelta(days=40))


@pytest.mark.parametrize(
    ("day", "problem", "reading"),
    [
        # 30 days end on 10-01, a day off until 10-07: one reading rolls to 10-08.
        (date(2026, 10, 1), "不在期内", ""),
        (date(2026, 10, 2), "", "按不顺延计算"),
        (date(2026, 10, 8), "", "按不顺延计算"),
        (date(2026, 10, 9), "", "在期限内"),
        (date(2026, 11, 2), "", "在期限内"),
        (date(2026, 11, 3), "", "按顺延到上班日计算"),
        (date(2026, 11, 9), "", "按顺延到上班日计算"),
        (date(2026, 11, 10), "已过期限，视为撤回", ""),
    ],
)
def test_the_counter_refuses_only_outside_all_readings(booking, day, problem, reading):
    """Civil Code arts. 203 and 1077; the reading in which a day is in time is told."""
    found = window_problem(DAY, day)
    assert problem in found
    assert bool(problem) == bool(found)
    words = reading_words(DAY, day)
    assert reading in words
    assert ("计算" in words) == ("计算" in reading)
    assert "算法" not in words


def test_who_comes_too_early_is_told_from_which_day_it_is_possible(booking):
    assert "最早2026-10-02才能领证" in window_problem(DAY, date(2026, 9, 30))


def test_a_decided_reading_binds_the_counter_too(booking):
    rules = BookingRules.load()
    rules.first_roll = "rolled"
    rules.save()
    assert window_problem(DAY, date(2026, 10, 5))
    assert not window_problem(DAY, date(2026, 11, 9))


def test_a_last_day_to_withdraw_that_is_a_day_off_has_a_working_day_before(booking):
    dates = plan_for(DAY)
    assert dates.withdraw_working_day == date(2026, 9, 30)
    assert plan_for(date(2026, 9, 2)).withdraw_working_day == date(2026, 9, 30)
    assert plan_for(date(2026, 9, 10)).withdraw_working_day == date(2026, 10, 10)


SPELLINGS = [
    "2026-66666",
    "2026 66666",
    "202666666",
    "２０２６－６６６６６",
    "2026.66666",
    "2026–66666",
]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_no_spelling_of_a_withdrawn_receipt_becomes_another_one(second, typed):
    couple = [party.person for party in second.parties.all()]
    old = acceptance.record_foreign(second.office, "2026-66666", DAY, couple)
    withdrawal.withdraw(old, now=at(DAY + timedelta(days=1)))
    with pytest.raises(acceptance.AcceptanceError, match="撤回"):
        paper(second, typed)
    with pytest.raises(acceptance.AcceptanceError, match="已经在台账里"):
        acceptance.record_foreign(second.office, typed, DAY, couple)
    second.receipt_number = typed
    assert "撤回" in certificate_problem(second, DAY + timedelta(days=40))
    given = {"number": typed, "office": second.office.pk, "accepted_on": DAY.isoformat()}
    assert receipt_problem(given, couple)
    assert list(receipts.find(typed)) == [old]


@pytest.mark.parametrize("typed", SPELLINGS)
def test_a_withdrawal_cancels_the_visit_however_its_receipt_was_typed(second, typed):
    couple = [party.person for party in second.parties.all()]
    receipt = acceptance.record_foreign(second.office, "2026-66666", DAY, couple)
    second.state, second.receipt_number = State.BOOKED, typed
    second.save()
    assert withdrawal.second_visits(receipt) == [second]


def test_an_application_that_ended_is_not_entered_again_under_another_number(second):
    couple = [party.person for party in second.parties.all()]
    old = acceptance.record_foreign(second.office, "2026-66666", DAY, couple)
    withdrawal.withdraw(old, now=at(DAY + timedelta(days=1)))
    for accepted_on in (DAY, DAY + timedelta(days=1)):
        with pytest.raises(acceptance.AcceptanceError, match=r"2026-66666.*撤回"):
            paper(second, "2026-66667", accepted_on)
        with pytest.raises(acceptance.AcceptanceError, match=r"2026-66666.*撤回"):
            acceptance.record_foreign(second.office, "2026-66667", accepted_on, couple)
    later = acceptance.record_foreign(
        second.office, "2026-66667", DAY + timedelta(days=2), couple[::-1]
    )
    assert later.is_open


def test_a_couple_has_one_open_application(second, booking):
    couple = [party.person for party in booking.parties.all()]
    old = acceptance.record_foreign(second.office, "SZ-2026-1", DAY - timedelta(days=20), couple)
    with pytest.raises(acceptance.AcceptanceError, match=r"SZ-2026-1.*还没有办结"):
        accept(booking)
    same_people(booking, second)
    with pytest.raises(acceptance.AcceptanceError, match=r"SZ-2026-1.*还没有办结"):
        paper(second, "SZ-2026-2")
    booking.refresh_from_db()
    assert booking.state == State.IN_SERVICE
    assert acceptance.running_receipt(second) == old
    withdrawal.withdraw(old, now=at(DAY))
    assert accept(booking).is_open  # They mean it after all, on the same day.
    assert acceptance.running_receipt(second) != old


def test_another_couple_with_one_of_the_same_people_is_another_couple(booking, second):
    couple = [party.person for party in booking.parties.all()]
    other = [couple[0], {**couple[1], "id_number": "440105199001010020"}]
    acceptance.record_foreign(second.office, "SZ-2026-1", DAY, other)
    assert accept(booking)


def test_a_receipt_serves_for_one_certificate(booking, second):
    receipt = accept(booking)
    same_people(booking, second)
    Acceptance.objects.filter(pk=receipt.pk).update(finished_on=DAY + timedelta(days=39))
    second.receipt_number = receipt.receipt_number
    assert "领证" in certificate_problem(second, DAY + timedelta(days=40))


def test_of_two_spellings_on_record_the_older_is_found(booking):
    """Both may be there from before receipts were compared by letters and digits."""
    old, copy = Acceptance.objects.bulk_create(
        Acceptance(office=booking.office, accepted_on=DAY, receipt_number=number, number_key=key)
        for number, key in (("2026-66666", "a"), ("2026 66666", "b"))
    )
    import_module("marriage.migrations.0025_receipt_number_keys").fill(apps, None)
    assert Acceptance.objects.numbered("202666666").get() == old
    copy.refresh_from_db()
    assert copy.number_key == f"202666666/{copy.pk}"


def test_an_application_whose_time_is_over_does_not_stand_in_the_way(second):
    """The daily job may not have come by yet."""
    couple = [party.person for party in second.parties.all()]
    old = acceptance.record_foreign(second.office, "SZ-1", DAY, couple, now=at(DAY))
    new_day = DAY + timedelta(days=100)
    new = acceptance.record_foreign(second.office, "SZ-2", new_day, couple, now=at(new_day))
    old.refresh_from_db()
    assert old.deemed_withdrawn_on == date(2026, 11, 10)
    assert new.is_open


def test_a_withdrawal_is_not_undone_when_the_couple_has_applied_again(second, booking):
    couple = [party.person for party in booking.parties.all()]
    old = acceptance.record_foreign(second.office, "SZ-1", DAY - timedelta(days=2), couple)
    entered = withdrawal.withdraw(old, now=at(DAY, 9))
    accept(booking)
    with pytest.raises(acceptance.AcceptanceError, match="后来又有一份"):
        withdrawal.undo(entered, now=at(DAY, 11))
    old.refresh_from_db()
    entered.refresh_from_db()
    assert (old.withdrawn_on, entered.undone_at) == (DAY, None)


def test_old_receipts_get_the_key_of_their_couple(booking):
    """Two open ones of one couple may be there from before: the newer one has the key."""
    rows = [
        {"person_hashes": ["a", "b"], "accepted_on": DAY},
        {"person_hashes": ["b", "a"], "accepted_on": DAY + timedelta(days=1)},
        {"person_hashes": ["b", "a"], "accepted_on": DAY, "finished_on": DAY},
        {"person_hashes": [], "accepted_on": DAY},
    ]
    older, newer, finished, purged = Acceptance.objects.bulk_create(
        Acceptance(office=booking.office, receipt_number=f"{n}", number_key=f"{n}", **row)
        for n, row in enumerate(rows)
    )
    import_module("marriage.migrations.0033_couple_keys").fill(apps, None)
    for receipt in (older, newer, finished, purged):
        receipt.refresh_from_db()
    assert newer.couple_key == finished.couple_key == couple_key(["a", "b"])
    assert older.couple_key == purged.couple_key == ""


def test_an_acceptance_by_mistake_is_taken_back_on_the_same_day(booking, django_user_model):
    """The receipt stays in the ledger as void, and its number can be given again."""
    clerk = django_user_model.objects.create_user("clerk")
    receipt = accept(booking, "HZ20260901-001", actor=clerk)
    booking.refresh_from_db()
    resume = partial(visits.take_step, booking, State.IN_SERVICE, actor=clerk)
    with pytest.raises(IllegalChangeError):
        resume(now=at(DAY + timedelta(days=1), 9))
    booking = resume(now=at(DAY, 11))
    receipt.refresh_from_db()
    assert (booking.state, booking.receipt_number) == (State.IN_SERVICE, "")
    assert receipts.status_of(receipt, plan_for(DAY), DAY) == "已作废"
    assert withdrawal.withdrawal_problem(receipt, now=at(DAY)) == "这份回执已经作废。"
    assert not receipts.by_status(Acceptance.objects.all(), "open")
    assert receipts.deem_withdrawn(at(DAY + timedelta(days=200))) == 0
    entry = AuditEntry.objects.get(action=AuditEntry.Action.CORRECTED)
    assert (entry.actor, entry.note) == (clerk, "受理登记有误，回执HZ20260901-001作废")
    assert accept(booking, "HZ20260901-001").is_open


def test_an_acceptance_on_which_something_rests_is_not_taken_back(booking):
    receipt = accept(booking)
    booking.refresh_from_db()
    certificate = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
    booking.office.services.add(certificate)
    slot = make_slot(booking.office, certificate, date(2026, 10, 12))
    visit = make_booking(slot, receipt_number=receipt.receipt_number)
    with pytest.raises(IllegalChangeError, match="先取消那个预约"):
        visits.take_step(booking, State.IN_SERVICE, actor=None, now=at(DAY, 11))
    booking.refresh_from_db()
    assert booking.state == State.DONE
    visit.state = State.CANCELLED
    visit.save()
    withdrawal.withdraw(receipt, now=at(DAY, 12))
    with pytest.raises(IllegalChangeError, match="已经撤回"):
        visits.take_step(booking, State.IN_SERVICE, actor=None, now=at(DAY, 13))


def test_a_certificate_by_mistake_is_taken_back_on_the_same_day(booking):
    receipt = accept(booking)
    day = date(2026, 10, 12)
    certificate = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
    visit = make_booking(make_slot(booking.office, certificate, day), State.IN_SERVICE)
    visit.receipt_number = receipt.receipt_number
    visit.save()
    Acceptance.objects.update(person_hashes=[])
    visit = visits.take_step(visit, State.DONE, actor=None, now=at(day, 9))
    receipt.refresh_from_db()
    assert receipt.finished_on == day
    visit = visits.take_step(visit, State.IN_SERVICE, actor=None, now=at(day, 10))
    receipt.refresh_from_db()
    assert (visit.state, receipt.is_open) == (State.IN_SERVICE, True)
    assert visits.take_step(visit, State.DONE, actor=None, now=at(day, 11)).state == State.DONE
