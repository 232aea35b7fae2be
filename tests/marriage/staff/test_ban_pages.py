"""Bans are seen, lifted with a reason and contested; the ledger of planning."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from marriage.booking import ban_review
from marriage.booking.standing import ban_of
from marriage.models import (
    AuditEntry,
    BookingRules,
    NoShowObjection,
    OutboxMessage,
    PlanningEntry,
    WeeklyTemplate,
)
from marriage.models.bookings import Trust
from marriage.models.states import State
from marriage.planning import slot_generation

from ..factories import make_booking, make_slot
from .pages import post_twice, shown_by, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def missed(slot, today):
    """Two no-shows of one couple within half a year: both are banned."""
    earlier = [make_slot(slot.office, slot.service, today - timedelta(days=n)) for n in (40, 10)]
    first, second = (make_booking(each, State.NO_SHOW, trust=Trust.TELEPHONE) for each in earlier)
    for old, new in zip(first.parties.all(), second.parties.all(), strict=True):
        new.person_hash, new.encrypted = old.person_hash, old.encrypted
        new.tail_hash = old.tail_hash
        new.save()
    return second


def ban(booking):
    return ban_of(booking.parties.first().person_hash, BookingRules.load())[0]


def test_a_ban_is_seen_and_lifted_with_a_reason(manager, missed):
    page = text(manager.get(url("bans")))
    assert "180天内爽约2次" in page
    assert missed.parties.first().person["id_number"] not in page
    party = missed.parties.first()
    page = text(manager.post(url("lift_ban", party.pk), {"reason": " "}, follow=True))
    assert "请写明解除的原因" in page
    assert ban(missed)
    manager.post(url("lift_ban", party.pk), {"reason": "台风天，公交停运"})
    assert ban(missed) is None
    notes = AuditEntry.objects.filter(action=AuditEntry.Action.EXCUSED)
    assert [entry.note for entry in notes] == ["台风天，公交停运"] * 2
    assert "现在没有人被暂停预约" in text(manager.get(url("bans")))


def test_a_person_is_found_by_number(manager, missed):
    number = missed.parties.first().person["id_number"]
    for typed in (number, f"身份证 {number[:6]}-{number[6:]}"):
        assert "180天内" in text(manager.post(url("bans"), {"q": typed}))
    assert "没有被暂停预约" in text(manager.post(url("bans"), {"q": "440105199001010011"}))


@pytest.mark.parametrize("act", ["accept", "reject"])
def test_a_citizen_objects_and_is_answered(client, manager, missed, act):
    tail = missed.parties.first().person["id_number"][-4:]
    reference = missed.display_reference
    client.post(reverse("marriage:manage"), {"reference": reference, "tail": tail})
    assert "对记爽约有异议" in text(client.get(reverse("marriage:manage_booking")))
    assert client.post(reverse("marriage:objection"), {"text": " "}).status_code == 422
    client.post(reverse("marriage:objection"), {"text": "当天到了，系统故障"})
    assert "待处理" in text(client.get(reverse("marriage:objection")))
    assert client.post(reverse("marriage:objection"), {"text": "再来一次"}).status_code == 422
    objection = NoShowObjection.objects.get()
    assert "系统故障" not in objection.encrypted
    assert "当天到了，系统故障" in text(manager.get(url("bans")))
    data = {"act": act, "answer": "查过现场取号记录"}
    manager.post(url("objection", objection.pk), data)
    manager.post(url("objection", objection.pk), {"act": "accept", "answer": "再答一次"})
    objection.refresh_from_db()
    assert objection.state == {"accept": "accepted", "reject": "rejected"}[act]
    assert (ban(missed) is None) == (act == "accept")
    assert OutboxMessage.objects.filter(kind="objection_answered").exists()
    assert "查过现场取号记录" in text(client.get(reverse("marriage:objection")))


@pytest.mark.parametrize("state", [State.BOOKED, State.DONE, State.CANCELLED])
def test_only_a_no_show_is_objected_to(slot, state):
    with pytest.raises(ban_review.ObjectionError):
        ban_review.object_to(make_booking(slot, state), "不对")


def test_clerks_see_no_bans(clerk, missed):
    assert clerk.get(url("bans")).status_code in (302, 403)
    assert clerk.get(url("planning_ledger")).status_code in (302, 403)


def test_closing_and_capacity_are_in_the_ledger_with_who_and_what(manager, slot):
    day = slot.date + timedelta(days=3)
    target = make_slot(slot.office, slot.service, day)
    address = url("day", slot.office_id, day.isoformat())
    data = {"act": "places", **shown_by(manager, address), f"places-{target.pk}": "9"}
    manager.post(address, data)
    post_twice(manager, address, {"act": "close", "reason": "停电"})
    manager.post(address, {"act": "open"})
    rows = [
        (each.action, each.kind)
        for each in PlanningEntry.objects.exclude(actor=None).order_by("pk")
    ]
    assert rows == [("capacity", "时段"), ("added", "停办日"), ("removed", "停办日")]
    first = PlanningEntry.objects.exclude(actor=None).earliest("pk")
    assert first.changes == [["名额", "4", "9"]]
    assert (str(first.actor), first.office) == ("婚姻登记主管", slot.office)
    page = text(manager.get(url("planning_ledger"), {"kind": "停办日", "office": slot.office_id}))
    assert "停电" in page
    assert "名额：" not in page


def test_rules_are_in_the_ledger_with_old_and_new_values(manager):
    address = reverse("wagtailsettings:edit", args=["marriage", "bookingrules"])
    response = manager.get(address, follow=True)
    address, form = response.redirect_chain[-1][0], response.context["form"]
    data = {name: form.initial[name] for name in form.fields if form.initial.get(name) is not None}
    data = {
        name: value.strftime("%H:%M") if hasattr(value, "hour") else value
        for name, value in data.items()
    }
    manager.post(address, {**data, "max_days_ahead": 45})
    entry = PlanningEntry.objects.get(action="changed")
    assert entry.changes == [["最多提前（自然日）", "30", "45"]]


@pytest.mark.parametrize("first", ["x", "2026-99-99", ""])
@pytest.mark.parametrize("office", ["x", "9" * 30, "1"])
def test_odd_filters_of_the_ledger_are_answered(manager, first, office):
    query = {"first": first, "office": office, "kind": "x", "p": "x"}
    assert manager.get(url("planning_ledger"), query).status_code == 200


def test_what_a_shell_or_a_job_changes_is_of_the_system(manager, slot):
    template = WeeklyTemplate.objects.create(
        office=slot.office, service=slot.service, weekday=0, start=time(9), end=time(10)
    )
    template.capacity = 7
    template.save()
    entries = PlanningEntry.objects.filter(kind="每周号源模板")
    assert {(each.action, each.actor) for each in entries} == {("added", None), ("changed", None)}
    assert entries.get(action="changed").changes == [["每个时段名额（对）", "4", "7"]]
    page = text(manager.get(url("planning_ledger"), {"kind": "每周号源模板"}))
    assert page.count("<td>系统</td>") == 2
    BookingRules.load()  # Makes the row of the rules.
    number = PlanningEntry.objects.count()
    slot_generation.generate()
    template.save()
    assert PlanningEntry.objects.count() == number, "nothing was planned otherwise"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("man_age", 16),
        ("quiet_until", time(21)),
        ("woman_age", 19),
        ("cooling_off_days", 29),
        ("certificate_days", 1),
        ("min_days_ahead", 31),
        ("cancel_days_ahead", 31),
        ("ban_short_period_days", 181),
        ("ban_short_cancellations", 6),
        ("ban_mixed_no_shows", 3),
        ("ban_mixed_cancellations", 6),
        ("holds_per_device_hour", 201),
        ("challenge_after", 201),
        ("unresolved_days", 181),
        ("displaced_days", 181),
    ],
)
def test_rules_that_contradict_the_law_or_each_other_are_refused(field, value):
    rules = BookingRules(**{field: value})
    with pytest.raises(ValidationError) as error:
        rules.clean()
    assert list(error.value.message_dict) == [field]


def test_the_usual_rules_agree():
    BookingRules().full_clean()


def test_the_ledger_names_the_field_of_people_who_were_added(manager, slot, django_user_model):
    slot.office.staff.add(django_user_model.objects.create_user("colleague"))
    entry = PlanningEntry.objects.latest("pk")
    assert entry.changes[0][0] == "工作人员"
