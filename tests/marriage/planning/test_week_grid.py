"""Templates with a time of validity, edited as a grid; counters that services share."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import ValidationError

from marriage.models import CounterAbsence, Slot, WeeklyTemplate
from marriage.planning import slot_generation, week_grid
from marriage.planning.counters import fit
from marriage.planning.slot_generation import Planned
from marriage.planning.week_grid import Band, GridError

from ..factories import MONDAY, make_booking, make_office, make_service, make_working_days

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
MORNING = Band(time(9), time(12), 30, (4, 4, 4, 4, 4, 0, 0))


@pytest.fixture
def service(db):
    make_working_days()
    return make_service()


@pytest.fixture
def office(service):
    return make_office(service)


def template(office, service, **fields):
    values = {"weekday": 0, "start": time(9), "end": time(12), **fields}
    return WeeklyTemplate(office=office, service=service, **values)


def test_a_template_is_valid_between_its_days(office, service):
    template(office, service, valid_from=MONDAY + WEEK, valid_to=MONDAY + 2 * WEEK).save()
    days = {slot.date for slot in slot_generation.planned(MONDAY, MONDAY + 5 * WEEK, [office])}
    assert days == {MONDAY + WEEK, MONDAY + 2 * WEEK}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"start": time(11), "end": time(13)}, "start"),
        ({"start": time(8), "end": time(17)}, "start"),
        ({"start": time(12), "end": time(13), "slot_minutes": 90}, "slot_minutes"),
        ({"start": time(13), "end": time(12)}, "end"),
        ({"start": time(13), "end": time(14), "valid_from": MONDAY, "valid_to": date(2020, 1, 1)},
         "valid_to"),
    ],
)  # fmt: skip
def test_plans_that_contradict_themselves_or_others_are_refused(office, service, fields, field):
    template(office, service).save()
    with pytest.raises(ValidationError) as error:
        template(office, service, **fields).clean()
    assert list(error.value.message_dict) == [field]


def test_a_service_that_the_office_lacks_is_refused(office):
    with pytest.raises(ValidationError) as error:
        template(office, make_service()).clean()
    assert "不办理" in str(error.value)


def test_plans_that_follow_each_other_agree(office, service):
    template(office, service, valid_to=MONDAY - timedelta(days=1)).save()
    template(office, service, valid_from=MONDAY).clean()
    template(office, service, start=time(12), end=time(13)).clean()


def test_a_new_grid_is_in_force_from_its_day_and_the_past_keeps_its_plan(office, service):
    week_grid.replace(office, service, [MORNING], MONDAY)
    other = Band(time(14), time(17), 60, (2, 0, 2, 0, 2, 0, 0))
    week_grid.replace(office, service, [other], MONDAY + WEEK)
    assert week_grid.read(office, service, MONDAY) == [MORNING]
    assert week_grid.read(office, service, MONDAY + WEEK) == [other]
    week_grid.replace(office, service, [MORNING], MONDAY + WEEK)
    assert week_grid.read(office, service, MONDAY + WEEK) == [MORNING]
    for plan in WeeklyTemplate.objects.all():
        plan.clean()


def test_a_new_grid_keeps_booked_slots_and_changes_the_rest(office, service):
    week_grid.replace(office, service, [MORNING], MONDAY)
    slot_generation.generate(MONDAY, MONDAY + WEEK, [office])
    slots = list(Slot.objects.filter(date=MONDAY).order_by("start"))
    booked = [make_booking(slots[0]) for _ in range(3)]
    smaller = Band(time(9, 30), time(12), 30, (1, 1, 1, 1, 1, 0, 0))
    done = week_grid.save(office, service, [smaller], MONDAY, MONDAY + WEEK)
    assert [slot for slot, _ in done.refused] == slots[:1]
    kept = Slot.objects.filter(date=MONDAY).order_by("start").values_list("capacity", "taken")
    assert list(kept) == [(3, 3), *[(1, 0)] * 5]
    for booking in booked:
        booking.refresh_from_db()
        assert booking.state == "booked"


@pytest.mark.parametrize(
    "bands",
    [
        [MORNING, Band(time(11), time(13), 30, (1, 0, 0, 0, 0, 0, 0))],
        [Band(time(12), time(9), 30, (1, 0, 0, 0, 0, 0, 0))],
        [Band(time(9), time(10), 120, (1, 0, 0, 0, 0, 0, 0))],
    ],
)
def test_a_grid_that_cannot_be_changes_nothing(office, service, bands):
    week_grid.replace(office, service, [MORNING], MONDAY)
    with pytest.raises(GridError):
        week_grid.save(office, service, bands, MONDAY + WEEK, MONDAY + 2 * WEEK)
    assert week_grid.read(office, service, MONDAY + WEEK) == [MORNING]


def test_bands_of_different_days_may_overlap(office, service):
    saturday = Band(time(9), time(11), 30, (0, 0, 0, 0, 0, 2, 0))
    week_grid.check(office, service, [MORNING, saturday])


def test_a_preview_shows_each_day_and_changes_nothing(office, service):
    week_grid.replace(office, service, [MORNING], MONDAY)
    slot_generation.generate(MONDAY, MONDAY, [office])
    make_booking(Slot.objects.earliest("start"))
    smaller = Band(time(9), time(10), 30, (2, 0, 0, 0, 0, 0, 0))
    found = week_grid.preview(office, service, [smaller], MONDAY, MONDAY + timedelta(days=6))
    assert [(day.slots, day.capacity, day.booked) for day in found.days[:2]] == [
        (2, 4, 1),
        (0, 0, 0),
    ]
    assert week_grid.read(office, service, MONDAY) == [MORNING]


def plan(office, service, start, end, capacity, day=MONDAY):
    return Planned(office.pk, service.pk, day, time(start), time(end), capacity)


def test_services_share_the_counters(db):
    """Three counters for an hour have 180 minutes. Six couples of 20 and nine of 30 want 390:
    each service gets 180 of 390 of what it wants, that is 2.8 and 4.2 couples, and the 20
    minutes that are left serve one more of the first."""
    fast, slow = make_service(counter_minutes=20), make_service(counter_minutes=30)
    office = make_office(fast, slow, counters=3)
    for slots in (
        [plan(office, fast, 9, 10, 6), plan(office, slow, 9, 10, 9)],
        [plan(office, slow, 9, 10, 9), plan(office, fast, 9, 10, 6)],
    ):
        assert {slot.service_id: slot.capacity for slot in fit(slots)} == {fast.pk: 3, slow.pk: 4}


def test_all_that_the_counters_can_serve_is_as_planned(db):
    fast, slow = make_service(counter_minutes=20), make_service(counter_minutes=30)
    office = make_office(fast, slow, counters=3)
    slots = fit([plan(office, fast, 9, 10, 6), plan(office, slow, 9, 10, 2)])
    assert [slot.capacity for slot in slots] == [6, 2]


def test_no_service_takes_the_counters_from_the_others(db):
    """Second visits have a window by law: a bigger plan for marriages must leave them some."""
    services = [make_service(counter_minutes=30) for _ in range(3)]
    office = make_office(*services, counters=6)
    for numbers in ((8, 2, 3), (80, 1, 1), (12, 1, 1)):
        wanted = [plan(office, each, 9, 10, n) for each, n in zip(services, numbers, strict=True)]
        assert min(slot.capacity for slot in fit(wanted)) >= 1, numbers
    CounterAbsence.objects.create(office=office, date=MONDAY, counters=5)
    one_counter = [
        plan(office, each, 9, 10, n) for each, n in zip(services, (8, 2, 3), strict=True)
    ]
    assert sum(slot.capacity for slot in fit(one_counter)) == 2


def test_a_preview_names_what_other_services_lose_and_numbers_set_by_hand(db):
    make_working_days()
    marriage, second = make_service(counter_minutes=30), make_service(counter_minutes=30)
    office = make_office(marriage, second, counters=3)
    four, two = ((n, 0, 0, 0, 0, 0, 0) for n in (4, 2))
    week_grid.replace(office, marriage, [Band(time(9), time(10), 60, four)], MONDAY)
    week_grid.replace(office, second, [Band(time(9), time(10), 60, two)], MONDAY)
    last = MONDAY + WEEK
    slot_generation.generate(MONDAY, last, [office])
    smaller = [Band(time(9), time(10), 60, (3, 0, 0, 0, 0, 0, 0))]
    found = week_grid.preview(office, marriage, smaller, MONDAY, last)
    assert (found.others, found.by_hand) == ([], [])
    bigger = [Band(time(9), time(10), 60, (10, 0, 0, 0, 0, 0, 0))]
    found = week_grid.preview(office, marriage, bigger, MONDAY, last)
    assert found.others == [(second, 4, 2)]
    assert found.by_hand == []
    Slot.objects.filter(service=marriage, date=last).update(capacity=1)
    found = week_grid.preview(office, marriage, smaller, MONDAY, last)
    assert (found.others, found.by_hand) == ([], [last])


def test_offices_without_a_number_of_counters_are_not_limited(office, service):
    assert fit([plan(office, service, 9, 10, 99)])[0].capacity == 99
    assert fit([]) == []


def test_absences_leave_fewer_for_their_hours(db):
    service = make_service(counter_minutes=30)
    office = make_office(service, counters=2)
    CounterAbsence.objects.create(
        office=office, date=MONDAY, start=time(10), end=time(11), counters=1
    )
    CounterAbsence.objects.create(office=office, date=MONDAY + timedelta(days=1), counters=5)
    wanted = [plan(office, service, hour, hour + 1, 9) for hour in (9, 10, 11)]
    wanted.append(plan(office, service, 9, 10, 9, MONDAY + timedelta(days=1)))
    assert [slot.capacity for slot in fit(wanted)] == [4, 2, 4, 0]
