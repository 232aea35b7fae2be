"""The second visit: the planner page, and booking inside the window only."""

import datetime
import re

import pytest

from marriage.divorce.second_visit import plan_for
from marriage.models import Acceptance, Booking, BookingRules
from marriage.models.states import State

from ..factories import (
    make_asking_service,
    make_coming_slot,
    make_couple,
    make_office,
    make_open_days,
    today,
)
from ..steps import prove_telephone

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def text_of(response) -> str:
    return response.content.decode()


def test_the_example_of_2026_with_the_national_holidays(client):
    first = datetime.date(2026, 9, 1)
    make_open_days(first, 120)
    from marriage.models import WorkingDay

    holidays = [datetime.date(2026, 10, day) for day in range(1, 8)]
    WorkingDay.objects.filter(date__in=holidays).update(is_working=False)
    WorkingDay.objects.filter(date__week_day__in=[1, 7]).update(is_working=False)
    page = re.sub(r"<[^>]+>", "", text_of(client.get("/marriage/planner/?accepted_on=2026-09-01")))
    assert "2026年10月9日（星期五）至2026年11月2日（星期一）" in page
    assert "2026年10月1日（星期四）（含当日）" in page
    assert "不顺延的话：2026年10月2日（星期五）至2026年11月2日（星期一）" in page
    assert "顺延的话：2026年10月9日（星期五）至2026年11月9日（星期一）" in page


@pytest.mark.parametrize("text", ["", "x", "2026-02-30", "2999-01-01", "1999-01-01", "0000-00-00"])
def test_wrong_dates_are_told(client, text):
    response = client.get("/marriage/planner/", {"accepted_on": text})
    assert response.status_code == 422
    assert "error-summary" in text_of(response)


def test_unconfirmed_days_are_said_to_be_provisional(client):
    page = text_of(client.get(f"/marriage/planner/?accepted_on={today()}"))
    assert "还没有全部公布" in page


@pytest.fixture
def slot():
    """A slot inside the window of an application accepted 35 days ago."""
    service = make_asking_service(
        "certificate", slug="certificate", asks_residence=False, asks_origin=False
    )
    make_open_days(today() - datetime.timedelta(days=60), 140)
    return make_coming_slot(service, make_office(service), days_ahead=5)


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
    client.post("/marriage/questions/certificates/", {"answer": "both"})
    client.post("/marriage/materials/")
    client.post("/marriage/hold/", {"slot": slot.pk})
    for position, person in enumerate(couple, start=1):
        client.post(f"/marriage/people/{position}/", person)
    prove_telephone(client)
    seen = re.search(r'name="seen" value="(\w+)"', text_of(client.get("/marriage/check/")))[1]
    return client.post("/marriage/check/", {"seen": seen})


def test_a_second_visit_is_booked_inside_the_window(client, slot):
    assert give_receipt(client, slot)["Location"] == "/marriage/questions/certificates/"
    finish(client, slot, make_couple())
    booked = Booking.objects.get(state=State.BOOKED)
    assert booked.receipt_number == "2026-0815"


def test_days_outside_the_window_are_refused(client, slot):
    window = plan_for(accepted_on()).window
    late = make_coming_slot(
        slot.service, slot.office, date=window.last + datetime.timedelta(days=1)
    )
    give_receipt(client, slot)
    client.post("/marriage/questions/certificates/", {"answer": "both"})
    client.post("/marriage/materials/")
    response = client.post("/marriage/hold/", {"slot": late.pk})
    assert response.status_code == 409
    assert "期限" in text_of(response)


def test_an_expired_application_is_told_where_the_receipt_is_typed(client, slot):
    old = today() - datetime.timedelta(days=90)
    response = give_receipt(client, slot, accepted_on=f"{old}")
    assert "已过期限，视为撤回" in text_of(response)
    assert f'value="{old}"' in text_of(response)


def test_who_comes_too_late_for_a_booking_is_sent_to_the_counter(client, slot):
    last = next(
        day
        for day in (today() - datetime.timedelta(days=number) for number in range(55, 75))
        if plan_for(day).window.last <= today() <= plan_for(day).counter.last
    )
    response = give_receipt(client, slot, accepted_on=f"{last}")
    assert "直接到受理的登记处现场取号" in text_of(response)


@pytest.mark.parametrize("written", ["%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d", "%Y.%m.%d"])
def test_the_date_of_a_receipt_is_read_as_it_is_written(client, slot, written):
    response = give_receipt(client, slot, accepted_on=f"{accepted_on():{written}}")
    assert response.status_code == 302


def test_another_office_is_refused(client, slot):
    other = make_coming_slot(slot.service, make_office(slot.service), days_ahead=5, hour=10)
    give_receipt(client, slot)
    client.post("/marriage/questions/certificates/", {"answer": "both"})
    client.post("/marriage/materials/")
    assert client.post("/marriage/hold/", {"slot": other.pk}).status_code == 302
    assert not Booking.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [
        {"accepted_on": accepted_on() - datetime.timedelta(days=1)},
        {"withdrawn_on": today()},
        {"finished_on": today()},
    ],
)
@pytest.mark.parametrize("typed", ["2026-0815", "2026 0815", "20260815"])
def test_a_wrong_receipt_of_ours_is_told_on_its_page(client, slot, changed, typed):
    fields = {"accepted_on": accepted_on(), **changed}
    Acceptance.objects.create(office=slot.office, receipt_number="2026-0815", **fields)
    response = give_receipt(client, slot, receipt_number=typed)
    assert response.status_code == 422
    assert "对不上" in text_of(response)
    assert typed in text_of(response)
    assert client.get("/marriage/questions/certificates/").status_code == 302


def test_a_receipt_of_another_couple_is_told_when_the_couple_is_known(client, slot):
    fields = {"accepted_on": accepted_on(), "person_hashes": ["a", "b"]}
    Acceptance.objects.create(office=slot.office, receipt_number="2026-0815", **fields)
    assert give_receipt(client, slot).status_code == 302
    response = finish(client, slot, make_couple())
    assert response.status_code == 409
    assert "双方的证件对不上" in text_of(response)


def test_receipt_numbers_cannot_be_tried_one_after_the_other(client, slot):
    """They run in order: an answer about each would tell how many there are."""
    rules = BookingRules.load()
    rules.lookups_per_address_hour = 2
    rules.save()
    for number in range(3):
        fields = {"office": slot.office, "accepted_on": accepted_on(), "withdrawn_on": today()}
        Acceptance.objects.create(receipt_number=f"外地-000{number}", **fields)
    for number, words in ((0, "对不上"), (1, "对不上"), (2, "次数太多")):
        response = give_receipt(client, slot, receipt_number=f"外地-000{number}")
        assert words in text_of(response)


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
    assert response.status_code == 422
    assert "error-summary" in text_of(response)


def test_the_setting_for_the_open_question_changes_the_window():
    rules = BookingRules.load()
    make_open_days(datetime.date(2026, 9, 1), 120)
    from marriage.models import WorkingDay

    WorkingDay.objects.filter(date=datetime.date(2026, 10, 1)).update(is_working=False)
    both = plan_for(datetime.date(2026, 9, 1)).window
    rules.first_roll = "not_rolled"
    rules.save()
    plain = plan_for(datetime.date(2026, 9, 1)).window
    assert plain.first == datetime.date(2026, 10, 2) < both.first
