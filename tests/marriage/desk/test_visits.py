from datetime import timedelta

import pytest

from home.personal_data.encryption import decrypt
from marriage.booking import bookings
from marriage.desk import day_end, lists, visits, walk_ins
from marriage.materials.checklist import materials_for
from marriage.models import (
    Acceptance,
    AuditEntry,
    BookingRules,
    Material,
    Office,
    OutboxMessage,
    Service,
)
from marriage.models.states import IllegalChangeError, State

from ..factories import (
    MONDAY,
    at,
    make_booking,
    make_id_number,
    make_office,
    make_service,
    make_slot,
    make_working_days,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def slot(db):
    service = make_service()
    return make_slot(make_office(service), service)


@pytest.fixture
def clerk(django_user_model):
    return django_user_model.objects.create_user("clerk")


def test_the_list_of_a_day_is_by_time_and_leaves_out_what_is_off(slot):
    late = make_booking(make_slot(slot.office, slot.service, hour=15))
    early = make_booking(slot, State.DONE)
    for state in (State.CANCELLED, State.HELD, State.EXPIRED, State.CANCELLED_BY_OFFICE):
        make_booking(slot, state)
    make_booking(make_slot(slot.office, slot.service, MONDAY + timedelta(days=1)))
    found = list(lists.day_list(slot.office, MONDAY))
    assert found == [early, late]
    assert lists.counts(found) == {
        "booked": 1,
        "displaced": 0,
        "checked_in": 0,
        "in_service": 0,
        "done": 1,
        "refused": 0,
        "no_show": 0,
    }


def test_a_booking_is_found_by_reference_however_it_comes(slot):
    booking = make_booking(slot)
    make_booking(slot)
    reference = booking.reference
    for text in (
        reference,
        booking.display_reference,
        reference.lower(),
        f" {reference[:5]} - {reference[5:]} ",
        f"https://example.org/marriage/manage/?reference={reference}",
        f"https://example.org/marriage/manage/{reference}",
    ):
        assert lists.find(text, Office.objects.all()) == [booking], text


def test_a_booking_is_found_by_id_number_or_its_tail(slot):
    booking = make_booking(slot)
    other_day = make_booking(make_slot(slot.office, slot.service, MONDAY + timedelta(days=1)))
    number = booking.parties.first().person["id_number"]
    assert lists.find(number, Office.objects.all()) == [booking]
    assert booking in lists.find(number[-4:], Office.objects.all(), slot.office, MONDAY)
    assert other_day not in lists.find(number[-4:], Office.objects.all(), slot.office, MONDAY)
    assert lists.find(number[-4:], Office.objects.all(), make_office(), MONDAY) == []


FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


def test_a_search_reads_what_is_typed_or_pasted_as_the_citizens_pages_do(slot):
    booking = make_booking(slot)
    reference, shown = booking.reference, booking.display_reference
    for typed in (
        f"预约号{shown}",
        f"预约号：{shown}。",
        f"\u200b{shown.lower()}",
        reference.lower().translate(FULL_WIDTH),
        f"【海珠区民政局】您已预约2026年9月1日9:00，预约号{shown}，请带齐材料。",
    ):
        assert lists.find(typed, Office.objects.all()) == [booking], typed
    number = booking.parties.first().person["id_number"]
    for typed in (
        number.translate(FULL_WIDTH),
        f"身份证号：{number}",
        f"{number[:6]} {number[6:]}",
    ):
        assert lists.find(typed, Office.objects.all()) == [booking], typed
    tail = number[-4:].translate(FULL_WIDTH)
    assert lists.find(tail, Office.objects.all(), slot.office, MONDAY) == [booking]


@pytest.mark.parametrize("text", ["", "   ", "12", "\x01", "一二三四", "没有这个人", "x" * 200])
def test_odd_searches_find_nothing(slot, text):
    make_booking(slot)
    assert lists.find(text, Office.objects.all(), slot.office, MONDAY) == []


def labels(booking, *when):
    return [step.label for step in visits.steps(booking, at(*when))]


def test_what_can_be_done_depends_on_state_and_hour(slot):
    booking = make_booking(slot)
    assert labels(booking, MONDAY, 8) == ["报到"]
    assert labels(booking, MONDAY, 9) == ["报到", "未到（爽约）"]
    assert labels(booking, MONDAY - timedelta(days=1), 9) == []
    assert labels(booking, MONDAY + timedelta(days=1), 9) == ["未到（爽约）"]
    booking.state = State.CHECKED_IN
    assert labels(booking, MONDAY, 9) == ["开始办理", "未到（爽约）", "撤销报到"]
    booking.state = State.IN_SERVICE
    assert labels(booking, MONDAY, 9) == ["办结", "退回等候"]
    booking.state = State.NO_SHOW
    assert labels(booking, MONDAY, 11) == ["迟到，补报到"]
    booking.state = State.DONE
    assert labels(booking, MONDAY, 11) == []


def test_a_first_visit_ends_with_a_receipt_only(slot):
    slot.service.kind = Service.Kind.DIVORCE_APPLICATION
    booking = make_booking(slot, State.IN_SERVICE)
    assert labels(booking, MONDAY, 9) == ["退回等候"]


def test_a_visit_from_door_to_door(slot, clerk):
    booking = make_booking(slot)
    for step in (State.CHECKED_IN, State.IN_SERVICE, State.DONE):
        booking = visits.take_step(booking, step, actor=clerk, now=at(MONDAY))
    assert booking.state == State.DONE
    assert booking.checked_in_at
    assert booking.started_at
    assert booking.ended_at
    entries = AuditEntry.objects.filter(booking=booking)
    assert {entry.actor for entry in entries} == {clerk}
    assert [entry.new_state for entry in entries.order_by("pk")] == [
        "checked_in",
        "in_service",
        "done",
    ]


@pytest.mark.parametrize("step", ["done", "cancelled", "held", "nonsense", ""])
def test_a_step_that_is_not_offered_is_refused(slot, clerk, step):
    booking = make_booking(slot)
    with pytest.raises(IllegalChangeError):
        visits.take_step(booking, step, actor=clerk, now=at(MONDAY))
    booking.refresh_from_db()
    assert booking.state == State.BOOKED


def test_ticking_keeps_what_was_seen(slot, clerk):
    booking = make_booking(slot, materials_ticked=[])
    assert visits.tick(booking, ["捏造的材料"], actor=clerk) == ["身份证"]
    assert AuditEntry.objects.count() == 0
    assert visits.tick(booking, ["身份证"], actor=clerk) == []
    booking.refresh_from_db()
    assert booking.materials_ticked == ["身份证"]
    assert AuditEntry.objects.get().action == AuditEntry.Action.CHECKED
    visits.tick(booking, ["身份证"], actor=clerk)
    assert AuditEntry.objects.count() == 1


def people(*numbers):
    return [
        {"name": "李示例", "id_type": "id_card", "id_number": n, "phone": "", "email": ""}
        for n in numbers
    ]


def test_walk_ins_take_a_place_of_today_and_are_checked_in(slot, clerk):
    Material.objects.create(service=slot.service, title="身份证")
    later = make_slot(slot.office, slot.service, hour=15)
    now = at(MONDAY, 10)
    assert walk_ins.walk_in_slots(slot.office, slot.service, now) == [later]
    booking = walk_ins.walk_in(
        later,
        people(make_id_number(), make_id_number(man=False)),
        {},
        actor=clerk,
        now=now,
    )
    assert (booking.state, booking.is_walk_in) == (State.CHECKED_IN, True)
    assert booking.checklist[0]["title"] == "身份证"
    later.refresh_from_db()
    assert later.taken == 1


def test_walk_ins_never_get_a_place_that_is_not_there(slot, clerk):
    slot.capacity = slot.taken = 1
    slot.save()
    assert walk_ins.walk_in_slots(slot.office, slot.service, at(MONDAY, 8)) == []
    with pytest.raises(visits.bookings.FullError):
        walk_ins.walk_in(slot, people(make_id_number()), {}, actor=clerk, now=at(MONDAY, 8))


def test_walk_ins_with_a_booking_elsewhere_are_refused_and_the_place_is_given_back(slot, clerk):
    number = make_id_number()
    now = at(MONDAY, 8)
    walk_ins.walk_in(slot, people(number, make_id_number(man=False)), {}, actor=clerk, now=now)
    with pytest.raises(visits.bookings.AlreadyBookedError):
        walk_ins.walk_in(slot, people(number, make_id_number(man=False)), {}, actor=clerk, now=now)
    slot.refresh_from_db()
    assert slot.taken == 1


def test_who_did_not_come_is_marked_the_night_after(slot):
    missed, waiting = make_booking(slot), make_booking(slot, State.CHECKED_IN)
    assert day_end.mark_no_shows(at(MONDAY, 23)) == 0
    assert day_end.mark_no_shows(at(MONDAY + timedelta(days=1), 1)) == 1
    missed.refresh_from_db()
    assert missed.state == State.NO_SHOW
    assert missed.audit.get().actor_label == "系统"
    assert not missed.parties.filter(is_active=True).exists()
    assert list(lists.unfinished(slot.office, MONDAY + timedelta(days=1))) == [waiting]
    assert not OutboxMessage.objects.exists()


def test_the_tail_and_the_number_are_kept_as_hashes_only(slot):
    party = make_booking(slot).parties.first()
    number = decrypt(party.encrypted)["id_number"]
    row = " ".join(str(value) for value in party.__dict__.values())
    assert number not in row


def test_places_are_added_for_walk_ins_only_as_far_as_the_rules_say(slot, clerk):
    slot.capacity = slot.taken = 1
    slot.save()
    rules = BookingRules.load()
    rules.walk_ins_beyond = 1
    rules.save()
    now = at(MONDAY, 8)
    assert walk_ins.walk_in_slots(slot.office, slot.service, now) == [slot]
    booking = walk_ins.walk_in(slot, people(make_id_number()), {}, actor=clerk, now=now)
    slot.refresh_from_db()
    assert (slot.capacity, slot.taken, slot.extra) == (2, 2, 1)
    assert booking.audit.filter(note="现场加号").exists()
    assert walk_ins.walk_in_slots(slot.office, slot.service, now) == []
    with pytest.raises(visits.bookings.FullError):
        walk_ins.walk_in(slot, people(make_id_number()), {}, actor=clerk, now=now)


def test_no_place_is_added_for_a_walk_in_who_is_refused(slot, clerk):
    slot.capacity = 1
    slot.save()
    rules = BookingRules.load()
    rules.walk_ins_beyond = 5
    rules.save()
    number, now = make_id_number(), at(MONDAY, 8)
    walk_ins.walk_in(slot, people(number), {}, actor=clerk, now=now)
    with pytest.raises(visits.bookings.AlreadyBookedError):
        walk_ins.walk_in(slot, people(number), {}, actor=clerk, now=now)
    slot.refresh_from_db()
    assert (slot.capacity, slot.taken, slot.extra) == (1, 1, 0)


def test_a_second_visit_ends_on_its_page_when_its_receipt_is_in_order(slot, clerk):
    slot.service.kind = Service.Kind.DIVORCE_CERTIFICATE
    slot.service.save()
    make_working_days(MONDAY - timedelta(days=45), 120)
    booking = make_booking(slot, State.IN_SERVICE, receipt_number="SZ-2026-77")

    def may_end():
        steps = visits.steps(booking, at(MONDAY), on_its_page=True)
        return State.DONE in {step.state for step in steps}

    assert State.DONE not in {step.state for step in visits.steps(booking, at(MONDAY))}
    assert not may_end()  # Nobody has seen the paper.
    record = Acceptance.objects.create(
        office=slot.office,
        receipt_number="SZ-2026-77",
        accepted_on=MONDAY - timedelta(days=40),
    )
    assert may_end()
    for change in (
        {"withdrawn_on": MONDAY - timedelta(days=30)},
        {"office": make_office()},
        {"accepted_on": MONDAY - timedelta(days=20)},
    ):
        Acceptance.objects.filter(pk=record.pk).update(**change)
        assert not may_end(), change
        record.save()
    assert may_end()
    done = visits.take_step(booking, State.DONE, actor=clerk, now=at(MONDAY))
    assert done.state == State.DONE


def test_the_version_of_a_list_changes_with_what_is_seen_and_with_the_hour(
    slot, clerk, django_assert_num_queries
):
    booking = make_booking(slot)

    def version(*when):
        return lists.version(slot.office, MONDAY, at(MONDAY, *when))

    with django_assert_num_queries(1):
        early = version(8)
    assert version(8, 30) == early
    assert version(9) != early  # From now on they can be marked as not come.
    bookings.change(booking, State.CHECKED_IN, actor=clerk, now=at(MONDAY, 8))
    received = version(8)
    assert received != early
    make_booking(slot)
    assert version(8) not in {early, received}


@pytest.mark.parametrize(
    "kind", [Service.Kind.DIVORCE_APPLICATION, Service.Kind.DIVORCE_CERTIFICATE]
)
def test_walk_ins_are_asked_for_the_same_materials_as_those_who_booked(slot, clerk, kind):
    slot.service.kind = kind
    slot.service.save()
    for title, condition in (
        ("身份证", "origin=mainland"),
        ("结婚证", "certificates=both"),
        ("另一本结婚证", "certificates=one_lost"),
    ):
        Material.objects.create(service=slot.service, title=title, condition=condition)
    answers = {"origin": ["mainland"]}
    booking = walk_ins.walk_in(
        slot,
        people(make_id_number(), make_id_number(man=False)),
        answers,
        actor=clerk,
        now=at(MONDAY, 8),
    )
    online = materials_for(slot.service, {**answers, "certificates": "both"})
    assert booking.checklist == online
    assert [item["title"] for item in online] == ["身份证", "结婚证"]
    assert booking.details["answers"] == answers


@pytest.mark.parametrize("state", [State.DONE, State.REFUSED, State.NO_SHOW])
def test_the_checklist_of_a_visit_that_is_over_stays(slot, clerk, state):
    booking = make_booking(slot, state)
    with pytest.raises(IllegalChangeError, match="不能再改"):
        visits.tick(booking, [], actor=clerk)
    booking.refresh_from_db()
    assert booking.materials_ticked == ["身份证"]
