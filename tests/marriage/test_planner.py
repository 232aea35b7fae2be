"""The second visit: the planner page, and booking inside the window only."""

import datetime
import re

import pytest

from marriage.models import Acceptance, Booking, BookingRules
from marriage.second_visit import plan_for
from marriage.states import State

from .couples import make_couple, make_office, make_service, make_slot, make_working_days, today

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


def test_the_example_of_2026_with_the_national_holidays(client):
    first = datetime.date(2026, 9, 1)
    make_working_days(first, 120)
    from marriage.models import WorkingDay

    holidays = [datetime.date(2026, 10, day) for day in range(1, 8)]
    WorkingDay.objects.filter(date__in=holidays).update(is_working=False)
    WorkingDay.objects.filter(date__week_day__in=[1, 7]).update(is_working=False)
    page = re.sub(r"<[^>]+>", "", text_of(client.get("/marriage/planner/?accepted_on=2026-09-01")))
    assert "2026年10月9日（星期五）至2026年11月2日（星期一）" in page
    assert "2026年10月1日（星期四）（含当日）" in page
    assert "不顺延：2026年10月2日（星期五）至2026年11月2日（星期一）" in page
    assert "顺延：2026年10月9日（星期五）至2026年11月9日（星期一）" in page


@pytest.mark.parametrize("text", ["", "x", "2026-02-30", "2999-01-01", "1999-01-01", "0000-00-00"])
def test_wrong_dates_are_told(client, text):
    response = client.get("/marriage/planner/", {"accepted_on": text})
    assert response.status_code == 200
    assert "error-summary" in text_of(response)


def test_unconfirmed_days_are_said_to_be_provisional(client):
    page = text_of(client.get(f"/marriage/planner/?accepted_on={today()}"))
    assert "还没有全部公布" in page


@pytest.fixture
def slot():
    """A slot inside the window of an application accepted 35 days ago."""
    service = make_service(
        "certificate", slug="certificate", asks_residence=False, asks_origin=False
    )
    make_working_days(today() - datetime.timedelta(days=60), 140)
    return make_slot(service, make_office([service]), days_ahead=5)


def accepted_on():
    return today() - datetime.timedelta(days=35)


def give_receipt(client, slot, **changed):
    client.post("/marriage/services/certificate/")
    form = {
        "receipt_number": "2026-0815",
        "accepted_on": f"{accepted_on()}",
        "office": slot.office.pk,
        **changed,
    }
    return client.post("/marriage/receipt/", form)


def finish(client, slot, couple):
    client.post("/marriage/materials/")
    client.post("/marriage/hold/", {"slot": slot.pk})
    for position, person in enumerate(couple, start=1):
        client.post(f"/marriage/people/{position}/", person)
    seen = re.search(r'name="seen" value="(\w+)"', text_of(client.get("/marriage/check/")))[1]
    return client.post("/marriage/check/", {"seen": seen})


def test_a_second_visit_is_booked_inside_the_window(client, slot):
    assert give_receipt(client, slot)["Location"] == "/marriage/materials/"
    finish(client, slot, make_couple())
    booked = Booking.objects.get(state=State.BOOKED)
    assert booked.receipt_number == "2026-0815"


def test_days_outside_the_window_are_refused(client, slot):
    window = plan_for(accepted_on()).window
    late = make_slot(slot.service, slot.office, date=window.last + datetime.timedelta(days=1))
    give_receipt(client, slot)
    client.post("/marriage/materials/")
    response = client.post("/marriage/hold/", {"slot": late.pk})
    assert response.status_code == 409
    assert "期限" in text_of(response)


def test_another_office_is_refused(client, slot):
    other = make_slot(slot.service, make_office([slot.service]), days_ahead=5, hour=10)
    give_receipt(client, slot)
    client.post("/marriage/materials/")
    assert client.post("/marriage/hold/", {"slot": other.pk}).status_code == 302
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"accepted_on": accepted_on() - datetime.timedelta(days=1)}, {"withdrawn_on": today()}],
)
def test_a_receipt_of_ours_must_agree_with_our_record(client, slot, changed):
    fields = {"accepted_on": accepted_on(), **changed}
    Acceptance.objects.create(office=slot.office, receipt_number="2026-0815", **fields)
    give_receipt(client, slot)
    response = finish(client, slot, make_couple())
    assert response.status_code == 409
    assert "对不上" in text_of(response)


def test_receipt_numbers_cannot_be_tried_one_after_the_other(client, slot):
    """They run in order: an answer about each would tell how many there are."""
    rules = BookingRules.load()
    rules.lookups_per_address_hour = 2
    rules.save()
    for number in range(3):
        fields = {"office": slot.office, "accepted_on": accepted_on(), "withdrawn_on": today()}
        Acceptance.objects.create(receipt_number=f"HZ-{number}", **fields)
    give_receipt(client, slot, receipt_number="HZ-0")
    assert "对不上" in text_of(finish(client, slot, make_couple()))

    def again(number):
        form = {"accepted_on": f"{accepted_on()}", "office": slot.office.pk}
        client.post("/marriage/receipt/", {**form, "receipt_number": number})
        seen = re.search(r'name="seen" value="(\w+)"', text_of(client.get("/marriage/check/")))[1]
        return text_of(client.post("/marriage/check/", {"seen": seen}))

    assert "对不上" in again("HZ-1")
    assert "次数太多" in again("HZ-2")


@pytest.mark.parametrize(
    "changed",
    [
        {"receipt_number": ""},
        {"accepted_on": "2999-01-01"},
        {"office": "999"},
        {"receipt_number": "x" * 99},
    ],
)
def test_a_wrong_receipt_is_told_and_kept(client, slot, changed):
    response = give_receipt(client, slot, **changed)
    assert response.status_code == 200
    assert "error-summary" in text_of(response)


def test_the_setting_for_the_open_question_changes_the_window():
    rules = BookingRules.load()
    make_working_days(datetime.date(2026, 9, 1), 120)
    from marriage.models import WorkingDay

    WorkingDay.objects.filter(date=datetime.date(2026, 10, 1)).update(is_working=False)
    both = plan_for(datetime.date(2026, 9, 1)).window
    rules.first_roll = "not_rolled"
    rules.save()
    plain = plan_for(datetime.date(2026, 9, 1)).window
    assert plain.first == datetime.date(2026, 10, 2) < both.first
