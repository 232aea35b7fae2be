"""Whoever works at some offices sees and changes nothing of the others."""

from datetime import time

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from marriage.models import (
    Acceptance,
    AuditEntry,
    CounterAbsence,
    Office,
    PeakDay,
    WeeklyTemplate,
)

from ..factories import MONDAY, make_booking, make_office, make_service, make_slot
from .pages import log_in, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(db, django_user_model):
    """An office at which somebody else works."""
    office = make_office(make_service(title="离婚登记"))
    office.staff.add(django_user_model.objects.create_user("colleague"))
    return office


@pytest.fixture
def receipt(other):
    made = Acceptance.objects.create(office=other, receipt_number="SZ-2026-77", accepted_on=MONDAY)
    return made


@pytest.fixture
def clerk(client, other, django_user_model):
    return log_in(client, django_user_model, "婚姻登记员")


@pytest.fixture
def manager(client, other, django_user_model):
    return log_in(client, django_user_model, "婚姻登记主管")


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("receipt", "get"),
        ("receipt_print", "post"),
        ("receipt_withdraw", "post"),
        ("receipt_undo", "post"),
    ],
)
def test_a_receipt_of_another_office_is_not_found(clerk, receipt, name, method):
    assert getattr(clerk, method)(url(name, receipt.pk)).status_code == 404
    receipt.refresh_from_db()
    assert receipt.withdrawn_on is None


def test_the_ledger_lists_the_receipts_of_ones_own_offices(clerk, receipt):
    Acceptance.objects.create(office=make_office(), receipt_number="SZ-2026-78", accepted_on=MONDAY)
    page = text(clerk.get(url("receipts")))
    assert "SZ-2026-78" in page
    assert "SZ-2026-77" not in page
    assert "SZ-2026-77" not in text(clerk.post(url("receipts"), {"q": "SZ-2026-77"})).replace(
        'value="SZ-2026-77"', ""
    )


def test_a_receipt_is_entered_for_ones_own_offices(clerk, other):
    own = make_office()
    page = text(clerk.get(url("receipt_add")))
    assert f">{own}</option>" in page
    assert f">{other}</option>" not in page


def test_every_print_is_in_the_audit_log(clerk):
    receipt = Acceptance.objects.create(
        office=make_office(), receipt_number="SZ-2026-79", accepted_on=MONDAY
    )
    address = url("receipt", receipt.pk)
    assert clerk.get(url("receipt_print", receipt.pk)).url == address
    assert not AuditEntry.objects.exists()
    assert clerk.post(url("receipt_print", receipt.pk)).status_code == 200
    entry = AuditEntry.objects.get()
    assert (entry.receipt, entry.booking, entry.note) == (receipt, None, "打印受理回执")


def test_the_log_names_a_receipt_without_a_booking(manager):
    receipt = Acceptance.objects.create(
        office=make_office(), receipt_number="SZ-2026-79", accepted_on=MONDAY
    )
    AuditEntry.objects.create(receipt=receipt, action=AuditEntry.Action.VIEWED)
    assert "SZ-2026-79" in text(manager.get(url("audit")))


def test_the_desk_finds_nobody_of_another_office(clerk, other):
    booking = make_booking(make_slot(other, other.services.first()))
    number = booking.parties.first().person["id_number"]
    for typed in (booking.display_reference, number):
        response = clerk.post(url("desk"), {"q": typed})
        assert response.status_code == 200
        assert "没有找到" in text(response)


def test_the_desk_does_not_show_what_opens_a_booking_as_the_applicant(clerk):
    booking = make_booking(make_slot(make_office(service := make_service()), service))
    number = booking.parties.first().person["id_number"]
    page = text(clerk.get(url("visit", booking.pk)))
    assert f"{number[:3]}*************{number[-2:]}" in page
    assert number[-4:] not in page


def test_an_editor_cannot_tell_which_records_exist(client, other, receipt, django_user_model):
    editor = django_user_model.objects.create_user("editor")
    editor.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(editor)
    booking = make_booking(make_slot(other, other.services.first()))
    answers = {
        client.get(url(name, pk)).status_code
        for name, known in (("receipt", receipt.pk), ("visit", booking.pk))
        for pk in (known, 999_999)
    }
    assert answers == {302}


@pytest.mark.parametrize("action", ["edit", "delete"])
def test_plans_of_another_office_are_not_found(manager, other, action):
    times = {"start": time(9), "end": time(10)}
    made = {
        "marriage_offices": other,
        "marriage_templates": WeeklyTemplate.objects.create(
            office=other, service=other.services.first(), weekday=0, **times
        ),
        "marriage_absences": CounterAbsence.objects.create(office=other, date=MONDAY, **times),
    }
    found = {
        name: manager.get(reverse(f"{name}:{action}", args=[each.pk])).status_code
        for name, each in made.items()
    }
    assert found == dict.fromkeys(made, 404)


def test_an_absence_is_entered_at_ones_own_offices(manager, other):
    address = reverse("marriage_absences:add")
    data = {"office": other.pk, "date": "2026-12-07", "start": "09:00", "end": "10:00"}
    response = manager.post(address, {**data, "counters": 1, "reason": "培训"})
    assert response.status_code == 200
    assert not CounterAbsence.objects.exists()


def test_peak_days_are_changed_by_who_works_at_all_offices(manager, other, django_user_model):
    day = PeakDay.objects.create(date=MONDAY, title="七夕")
    address = reverse("marriage_peak_days:edit", args=[day.pk])
    assert manager.get(address).status_code == 302
    other.staff.add(django_user_model.objects.get(username="婚姻登记主管"))
    assert manager.get(address).status_code == 200
    assert Office.objects.count() == 1
