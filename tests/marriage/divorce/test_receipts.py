"""The ledger of receipts, withdrawal, and the end of applications nobody followed up."""

from datetime import date, timedelta

import pytest

from marriage.divorce import acceptance, receipts, withdrawal
from marriage.models import Acceptance, BookingRules, OutboxMessage, Service
from marriage.models.states import State

from ..factories import at, make_booking, make_office, make_service, make_slot, make_working_days

pytestmark = pytest.mark.django_db
ACCEPTED = date(2026, 9, 1)
COUPLE = [
    {"name": "李示例", "id_number": "440105199001010011", "phone": "13800001234"},
    {"name": "王·示例", "id_number": "H1234567802", "phone": "+85261234567"},
]


@pytest.fixture
def receipt(db):
    make_working_days(date(2026, 9, 1), 120)
    return acceptance.record_foreign(make_office(), "SZ2026-0009", ACCEPTED, COUPLE)


@pytest.mark.parametrize(
    "typed",
    [
        "SZ2026-0009",
        "sz2026-0009",
        " 李示例 ",
        "王·示例",
        "13800001234",
        "138 0000 1234",
        "440105199001010011",
        "0011",
        "7802",
    ],
)
def test_a_receipt_is_found_by_what_people_know(receipt, typed):
    acceptance.record_foreign(
        receipt.office,
        "SZ2026-0010",
        ACCEPTED,
        [
            {"name": "赵示例", "id_number": "440105199001010038"},
            {"name": "钱示例", "id_number": "X"},
        ],
    )
    assert list(receipts.find(typed).distinct()) == [receipt]


@pytest.mark.parametrize("typed", ["", "李", "1234", "SZ20", "13800001235", "\x00", "%"])
def test_nothing_else_is(receipt, typed):
    assert not receipts.find(typed).exists()


def test_names_and_numbers_are_not_in_the_open(receipt):
    kept = " ".join(str(list(row)) for row in receipt.parties.values_list())
    for word in ("李示例", "440105199001010011", "13800001234"):
        assert word not in kept


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 9, 2), "冷静期内"),
        (date(2026, 10, 1), "冷静期内"),
        (date(2026, 10, 9), "可以领证"),
        (date(2026, 11, 9), "可以领证"),
        (date(2026, 11, 10), "视为撤回"),
    ],
)
def test_where_an_application_stands(receipt, day, words):
    """2026-09-01: thirty days end 2026-10-01 (a holiday: 2026-10-08 when it rolls), and the
    certificate by 2026-11-09 at the latest (Civil Code art. 201, 203, 1077)."""
    make_holidays()
    (entry,) = receipts.entries([receipt], day)
    assert entry.status == words


def make_holidays():
    from marriage.models import WorkingDay

    WorkingDay.objects.filter(date__range=(date(2026, 10, 1), date(2026, 10, 7))).update(
        is_working=False
    )


def test_the_daily_job_closes_what_nobody_followed_up_and_nothing_early(receipt):
    make_holidays()
    assert receipts.deem_withdrawn(at(date(2026, 11, 9))) == 0
    assert receipts.deem_withdrawn(at(date(2026, 11, 10))) == 1
    assert receipts.deem_withdrawn(at(date(2026, 11, 11))) == 0
    receipt.refresh_from_db()
    assert receipt.deemed_withdrawn_on == date(2026, 11, 10)
    assert not receipt.is_open


@pytest.mark.parametrize("field", ["finished_on", "withdrawn_on"])
def test_the_job_leaves_what_has_ended(receipt, field):
    Acceptance.objects.update(**{field: date(2026, 10, 20)})
    assert receipts.deem_withdrawn(at(date(2026, 12, 1))) == 0


def second_visit(receipt, day=date(2026, 10, 12)):
    service = make_service(kind=Service.Kind.DIVORCE_CERTIFICATE)
    slot = make_slot(receipt.office, service, day)
    return make_booking(slot, receipt_number=receipt.receipt_number)


def test_a_withdrawal_cancels_the_second_visit_and_tells_them(receipt):
    visit = second_visit(receipt)
    withdrawal.withdraw(receipt, applicant="2", paper="申请书", now=at(date(2026, 9, 20)))
    visit.refresh_from_db()
    assert visit.state == State.CANCELLED_BY_OFFICE
    message = OutboxMessage.objects.get(kind="withdrawn")
    assert "离婚" not in message.content["body"]
    assert receipt.withdrawn_on == date(2026, 9, 20)


def test_a_withdrawal_is_undone_on_the_day_it_was_entered_alone(receipt):
    entered = withdrawal.withdraw(receipt, now=at(date(2026, 9, 20)))
    with pytest.raises(acceptance.AcceptanceError):
        withdrawal.undo(entered, now=at(date(2026, 9, 21)))
    withdrawal.undo(entered, now=at(date(2026, 9, 20), 17))
    receipt.refresh_from_db()
    assert receipt.withdrawn_on is None
    with pytest.raises(acceptance.AcceptanceError):
        withdrawal.undo(entered, now=at(date(2026, 9, 20), 17))
    withdrawal.withdraw(receipt, now=at(date(2026, 9, 22)))


@pytest.mark.parametrize(
    ("on", "entered", "is_good"),
    [
        (date(2026, 9, 1), date(2026, 9, 1), True),
        (date(2026, 8, 31), date(2026, 9, 1), False),
        (date(2026, 10, 8), date(2026, 10, 9), True),
        (date(2026, 10, 9), date(2026, 10, 9), False),
        (date(2026, 9, 5), date(2026, 9, 4), False),
    ],
)
def test_the_day_of_a_withdrawal_lies_in_the_cooling_off_time(receipt, on, entered, is_good):
    make_holidays()
    assert bool(withdrawal.withdrawal_problem(receipt, on, at(entered))) is not is_good


def test_a_certificate_finishes_the_application(receipt):
    visit = second_visit(receipt)
    receipts.finish(visit, at(date(2026, 10, 12)))
    receipt.refresh_from_db()
    assert receipt.finished_on == date(2026, 10, 12)
    assert withdrawal.withdrawal_problem(receipt, None, at(date(2026, 10, 12)))


def test_receipts_from_before_the_ledger_get_their_couple(db):
    service = make_service(kind=Service.Kind.DIVORCE_APPLICATION)
    booking = make_booking(make_slot(make_office(service), service), State.DONE)
    old = Acceptance.objects.create(
        office=booking.office, receipt_number="R1", accepted_on=ACCEPTED, booking=booking
    )
    assert receipts.fill_missing_parties() == 1
    assert receipts.fill_missing_parties() == 0
    assert list(receipts.find("李示例")) == [old]


def test_the_rules_of_the_periods_are_those_of_the_settings(receipt):
    rules = BookingRules.load()
    rules.certificate_days = 10
    rules.save()
    assert receipts.deem_withdrawn(at(ACCEPTED + timedelta(days=30 + 10 + 20))) == 1
