"""A receipt as it is typed: whether its number and its date can be."""

from datetime import date, time, timedelta

import pytest

from home.typed_text import TypedError
from marriage.divorce.receipt_typing import (
    ReceiptTyping,
    closed_on,
    mismatch,
    read_day,
    read_number,
)
from marriage.models import DayClosure, Office, PeakDay, PeakPlan, WorkingDay
from marriage.staff.desk_forms import AcceptForm, PaperReceiptForm
from marriage.staff.receipt_forms import ForeignReceiptForm
from marriage.views.forms import ReceiptForm
from tests.marriage.factories import make_id_number, make_office, make_service

SUNDAY, SATURDAY_WORKED, HOLIDAY = date(2026, 11, 22), date(2026, 2, 14), date(2026, 10, 1)
WEEKDAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("HZ20261123-001", "HZ20261123-001"),
        (" hz20261123－００１ ", "HZ20261123-001"),
        ("HZ20261123-1234", "HZ20261123-1234"),
        ("回执编号：HZ20261028-009", "HZ20261028-009"),
        ("受理回执编号HZ20261028-009", "HZ20261028-009"),
        ("编号: hz20261028009", "HZ20261028-009"),
        ("hz20261028009", "HZ20261028-009"),
        ("HZ 2026 1028 0123", "HZ20261028-0123"),
        ("第00123号", "第00123号"),
        ("〔2026〕第00123号", "〔2026〕第00123号"),
        ("L440105-2026-000123", "L440105-2026-000123"),
        ("SZ 2026 77", "SZ202677"),
        ("1234567890", "1234567890"),
    ],
)
def test_numbers_that_can_be(typed, number):
    assert read_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("R1", "太短"),
        ("1", "太短"),
        ("ABCDEFGH", "太短"),
        ("AB-123", "太短"),
        ("111111", "不像回执编号"),
        ("HZ1", "以HZ开头"),
        ("HZ2026112-001", "以HZ开头"),
        ("HZ20261123", "以HZ开头"),
        ("HZ20261123-", "以HZ开头"),
        ("HZ20261343-001", "8位日期不对"),
        ("9" * 41, "最多40个字"),
        ("2026/0815", "由文字、数字和横线组成"),
    ],
)
def test_numbers_that_cannot_be(typed, message):
    with pytest.raises(TypedError, match=message):
        read_number(typed)


def test_the_day_in_our_number_is_the_day_of_acceptance():
    assert mismatch("HZ20261123-001", date(2026, 11, 23)) == ""
    assert "11月23日" in mismatch("HZ20261123-001", date(2026, 11, 24))
    assert mismatch("SZ-2026-77", date(2026, 11, 24)) == ""


def test_no_receipt_is_of_the_future_or_of_before_the_law():
    assert read_day(WEEKDAY, today=WEEKDAY) == WEEKDAY
    with pytest.raises(TypedError, match="不能晚于今天"):
        read_day(WEEKDAY + timedelta(days=1), today=WEEKDAY)
    with pytest.raises(TypedError, match="2021年1月1日"):
        read_day(date(2020, 12, 31), today=WEEKDAY)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "is_closed"),
    [(SUNDAY, True), (SATURDAY_WORKED, False), (HOLIDAY, True), (WEEKDAY, False)],
)
def test_days_without_a_row_count_as_announced(day, is_closed):
    assert bool(closed_on(day)) == is_closed


@pytest.mark.django_db
def test_the_calendar_closures_and_peak_plans_of_the_office_count():
    service = make_service()
    office, other = make_office(service), make_office(service)
    WorkingDay.objects.create(date=SUNDAY, is_working=True, is_confirmed=True)
    assert closed_on(SUNDAY, office) == ""
    DayClosure.objects.create(office=office, date=WEEKDAY, reason="台风")
    assert "台风" in closed_on(WEEKDAY, office)
    assert closed_on(WEEKDAY, other) == ""
    peak = PeakDay.objects.create(date=HOLIDAY, title="加开")
    PeakPlan.objects.create(
        peak_day=peak, office=office, service=service, start=time(9), end=time(12)
    )
    assert closed_on(HOLIDAY, office) == ""
    assert closed_on(HOLIDAY, other)


def forms_with_a_receipt(data, office):
    """Every form of the site in which a receipt is typed."""
    offices = Office.objects.all()
    yield ReceiptForm({**data, "office": office.pk}, offices=offices)
    yield AcceptForm(data, office=office, visit_day=WEEKDAY)
    yield PaperReceiptForm({**data, "is_seen": "on"}, office=office)
    couple = {"name_1": "李示例", "id_type_1": "id_card", "id_number_1": make_id_number(11)}
    couple |= {"name_2": "王示例", "id_type_2": "id_card", "id_number_2": make_id_number(12)}
    yield ForeignReceiptForm({**data, **couple, "office": office.pk})


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"receipt_number": "R1"}, "receipt_number"),
        ({"receipt_number": "HZ20261029-001"}, "receipt_number"),
        ({"accepted_on": "2026-12-01"}, "accepted_on"),
        ({"accepted_on": "2026-11-01"}, "is_that_day"),
        ({}, None),
        ({"accepted_on": "2026-11-01", "is_that_day": "on"}, None),
    ],
)
def test_every_form_checks_the_same(time_machine, data, field):
    time_machine.move_to("2026-11-20T10:00:00+08:00", tick=False)
    office = make_office(make_service())
    good = {"receipt_number": "SZ-2026-77", "accepted_on": "2026-10-30"}
    for form in forms_with_a_receipt({**good, **data}, office):
        assert isinstance(form, ReceiptTyping)
        assert list(form.errors) == ([field] if field else []), type(form)
        assert form["is_that_day"].is_hidden == (data.get("accepted_on") != "2026-11-01")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("number", "day", "field", "words"),
    [
        # The date is mistyped by a month; by it alone the application would have lapsed.
        ("HZ20261028-009", "2026-09-01", "receipt_number", "编号里的日期是2026年10月28日"),
        ("HZ20261028-009", "2026-11-18", "receipt_number", "编号里的日期是2026年10月28日"),
        ("HZ20260901-009", "2026-09-01", "accepted_on", "已过期限，视为撤回"),
        ("SZ-2026-77", "2026-09-01", "accepted_on", "已过期限，视为撤回"),
        ("HZ2026", "2026-09-01", "receipt_number", "以HZ开头"),
    ],
)
def test_a_mistyped_date_is_told_before_what_follows_from_it(
    time_machine, number, day, field, words
):
    time_machine.move_to("2026-11-20T10:00:00+08:00", tick=False)
    office = make_office(make_service())
    data = {"receipt_number": number, "accepted_on": day, "office": office.pk}
    form = ReceiptForm(data, offices=Office.objects.all())
    assert list(form.errors) == [field]
    assert words in form.errors[field][0]


def test_no_other_form_takes_a_receipt():
    """A form that asks for the number of a receipt is one of those above."""
    from django import forms

    def below(cls):
        for each in cls.__subclasses__():
            yield each
            yield from below(each)

    taking = {each for each in below(forms.Form) if "receipt_number" in each.base_fields}
    assert taking
    assert all(issubclass(each, ReceiptTyping) for each in taking)
