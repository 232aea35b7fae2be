from collections import Counter
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marriage.models.states import State
from marriage.records.statistics import OUTCOMES, Record, export_rows, records, summarise

from ..factories import MONDAY, at, make_booking, make_office, make_service, make_slot

COUNTED = [state for states in OUTCOMES.values() for state in states]


def record(state=State.DONE, day=MONDAY, hour=9, booked=None, **fields):
    return Record(
        fields.get("service", "结婚登记"),
        fields.get("office", "一处"),
        day,
        time(hour),
        state,
        booked,
        fields.get("is_walk_in", False),
    )


def test_every_state_that_was_a_booking_has_an_outcome():
    never = {State.HELD, State.EXPIRED, State.RELEASED}
    assert set(COUNTED) == set(State) - never
    assert len(COUNTED) == len(set(COUNTED))


def test_counts_by_outcome_service_day_and_hour():
    found = summarise(
        [
            record(),
            record(State.NO_SHOW, hour=10),
            record(State.CANCELLED_LATE, service="补领"),
            record(State.BOOKED, MONDAY + timedelta(days=1)),
        ],
        MONDAY,
        MONDAY + timedelta(days=1),
    )
    assert found.by_outcome == {"办结": 1, "待办": 1, "爽约": 2, "取消": 0, "未办成": 0}
    assert found.by_service == [("结婚登记", [1, 1, 1, 0, 0]), ("补领", [0, 0, 1, 0, 0])]
    assert found.by_day == [("6月8日", [1, 0, 2, 0, 0]), ("6月9日", [0, 1, 0, 0, 0])]
    assert found.by_hour == [("09时", [1, 1, 1, 0, 0]), ("10时", [0, 0, 1, 0, 0])]
    assert found.no_show_share == pytest.approx(2 / 3)


def test_long_spans_are_counted_by_month_and_empty_months_stay():
    found = summarise([record()], date(2026, 5, 1), date(2026, 7, 31))
    assert [label for label, _ in found.by_day] == ["2026年5月", "2026年6月", "2026年7月"]


def test_lead_times_leave_walk_ins_out():
    booked = at(MONDAY - timedelta(days=10), 23)
    found = summarise(
        [
            record(booked=booked),
            record(booked=at(MONDAY)),
            record(booked=at(MONDAY), is_walk_in=True),
        ],
        MONDAY,
        MONDAY,
    )
    leads = dict(found.by_lead_time)
    assert (leads["当天"], leads["8至14天"], sum(leads.values())) == (1, 1, 2)
    assert found.walk_ins == 1


def test_nothing_booked_is_no_division_by_zero():
    found = summarise([], MONDAY, MONDAY)
    assert (found.total, found.no_show_share, found.median_lead) == (0, None, None)


@given(
    st.lists(
        st.builds(
            record,
            st.sampled_from(COUNTED),
            st.dates(date(2026, 1, 1), date(2026, 3, 31)),
            st.integers(8, 17),
            service=st.sampled_from("甲乙丙"),
        ),
        max_size=60,
    )
)
def test_every_table_adds_up_to_the_total(found):
    result = summarise(found, date(2026, 1, 1), date(2026, 3, 31))
    for table in (result.by_service, result.by_day, result.by_hour):
        assert sum(sum(numbers) for _, numbers in table) == len(found)
        column = [sum(numbers[place] for _, numbers in table) for place in range(len(OUTCOMES))]
        assert column == list(result.by_outcome.values())
    lines = export_rows(found)[1:]
    assert sum(line[4] for line in lines) == len(found)
    assert Counter(line[0] for line in lines).keys() == {f"{r.date:%Y-%m-%d}" for r in found}


@pytest.mark.django_db
def test_records_come_in_one_query_and_leave_holds_out(django_assert_num_queries):
    service = make_service()
    office = make_office(service)
    slot = make_slot(office, service, capacity=20)
    for state in State:
        make_booking(slot, state)
    make_booking(make_slot(make_office(service), service))
    with django_assert_num_queries(1):
        found = records(MONDAY, MONDAY, office)
    assert sorted(each.state for each in found) == sorted(COUNTED)
    assert len(records(MONDAY, MONDAY)) == len(COUNTED) + 1
    assert records(MONDAY + timedelta(days=1), MONDAY + timedelta(days=9)) == []
