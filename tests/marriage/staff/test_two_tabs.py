"""Planning from a page that is out of date: what somebody else changed meanwhile stays."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from home.personal_data.encryption import encrypt
from marriage.models import (
    BookingRules,
    CounterAbsence,
    Office,
    OutboxMessage,
    PeakDay,
    PeakPlan,
    Slot,
    WeeklyTemplate,
    WorkingDay,
)
from marriage.models.states import State
from marriage.planning import week_grid
from marriage.planning.slot_generation import horizon
from marriage.planning.week_grid import Band
from tests.marriage.factories import make_booking, make_open_days, make_slot

from .pages import later, post_twice, shown_by, text, url

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(slot):
    """The first day of the next month, all of which is worked."""
    first = (slot.date.replace(day=1) + timedelta(days=32)).replace(day=1)
    make_open_days(first, 31)
    return first


@pytest.fixture
def couples(month, slot):
    """Three couples on one day; nobody of the last left a telephone."""
    day = month + timedelta(days=17)
    target = make_slot(slot.office, slot.service, day)
    found = [make_booking(target) for _ in range(3)]
    for party in found[2].parties.all():
        party.encrypted = encrypt({**party.person, "phone": ""})
        party.save()
    return found


def calendar(month):
    return f"{url('calendar')}?month={month:%Y-%m}"


def rest(day, note=""):
    return {f"work-{day}": "0", f"note-{day}": note}


def test_a_note_from_an_old_tab_leaves_the_day_that_was_closed_meanwhile(manager, month, couples):
    closed, other = couples[0].slot.date, couples[0].slot.date + timedelta(days=2)
    old_tab = {"act": "save", **shown_by(manager, calendar(month))}
    old_tab |= {name[4:]: value for name, value in old_tab.items() if name.startswith("was-")}
    post_twice(manager, calendar(month), {**old_tab, **rest(closed, "系统检修")})
    page = text(manager.post(calendar(month), {**old_tab, f"note-{other}": "盘点"}, follow=True))
    assert "改动1天" in page
    assert "恢复有效" not in page
    assert WorkingDay.objects.get(date=other).note == "盘点"
    assert WorkingDay.objects.get(date=closed).note == "系统检修"
    assert {booking.__class__.objects.get(pk=booking.pk).state for booking in couples} == {
        State.DISPLACED
    }


def test_a_day_that_both_changed_is_not_written_over(manager, month):
    day, other = month + timedelta(days=8), month + timedelta(days=9)
    old_tab = shown_by(manager, calendar(month))
    WorkingDay.objects.filter(date=day).update(is_working=False, note="放假")
    data = {"act": "save", **old_tab, f"note-{day}": "值班", f"note-{other}": "盘点"}
    response = manager.post(calendar(month), data)
    assert response.status_code == 409
    page = text(response)
    assert "您看的页面已经过时" in page
    assert "现在是休息（放假）" in page
    assert 'value="值班"' in page, "nothing typed is lost"
    assert 'value="盘点"' in page
    assert set(WorkingDay.objects.exclude(note="").values_list("note", flat=True)) == {"放假"}


def test_a_month_is_confirmed_only_as_it_was_shown(manager, month):
    day = month + timedelta(days=8)
    WorkingDay.objects.filter(date__gte=month).update(is_confirmed=False)
    old_tab = shown_by(manager, calendar(month))
    WorkingDay.objects.filter(date=day).update(is_working=False)
    assert manager.post(calendar(month), {"act": "confirm", **old_tab}).status_code == 409
    assert manager.post(calendar(month), {"act": "confirm"}).status_code == 409
    assert not WorkingDay.objects.filter(date__gte=month, is_confirmed=True).exists()
    manager.post(calendar(month), {"act": "confirm", **shown_by(manager, calendar(month))})
    assert WorkingDay.objects.get(date=day).is_confirmed


def test_a_form_without_days_changes_no_day(manager, month, couples):
    manager.post(calendar(month), {"act": "save"})
    days = WorkingDay.objects.filter(date__gte=month)
    assert set(days.values_list("is_working", flat=True)) == {True}
    day = couples[0].slot.date
    response = manager.post(calendar(month), {"act": "save", f"work-{day}": "0"})
    assert response.status_code == 409, "a change without what was shown comes from no page"
    assert set(days.values_list("is_working", flat=True)) == {True}


def test_closing_by_the_calendar_says_who_was_told_and_why(manager, month, couples):
    day = couples[0].slot.date
    data = {"act": "save", **shown_by(manager, calendar(month)), **rest(day, "系统检修")}
    page = text(post_twice(manager, calendar(month), data))
    untold = couples[2].display_reference
    assert f"已通知2个预约的当事人；{untold}没有留手机号码和邮箱，没有通知" in page
    assert "系统检修" in page
    assert {
        message.content["body"].count("系统检修") for message in OutboxMessage.objects.all()
    } == {1}
    data = {"act": "save", **shown_by(manager, calendar(month)), f"work-{day}": "1"}
    page = text(manager.post(calendar(month), data, follow=True))
    assert f"3个预约恢复有效。已通知2个预约的当事人；{untold}没有留手机号码" in page


def test_capacities_of_an_old_tab_leave_those_changed_meanwhile(manager, slot):
    first, second = later(slot, 3, hour=9), later(slot, 3, hour=10)
    address = url("day", slot.office_id, f"{first.date}")
    old_tab = {f"places-{each.pk}": "4" for each in (first, second)}
    old_tab |= {"act": "places", **shown_by(manager, address)}
    manager.post(address, {**old_tab, f"places-{first.pk}": "2"})
    manager.post(address, {**old_tab, f"places-{second.pk}": "3"})
    assert list(Slot.objects.filter(date=first.date).values_list("capacity", flat=True)) == [2, 3]
    response = manager.post(address, {**old_tab, f"places-{first.pk}": "7"})
    assert response.status_code == 409
    assert "您看的页面已经过时" in text(response)
    assert "现在是2" in text(response)
    assert 'value="7"' in text(response)
    first.refresh_from_db()
    assert first.capacity == 2


def weekly(manager, slot):
    """(address, what the page would send unchanged) of a grid of one band."""
    first = timezone.localdate() + timedelta(days=1)
    band = Band(time(9), time(11), 30, (4,) * 7)
    week_grid.save(slot.office, slot.service, [band], first, horizon())
    address = f"{url('week_grid')}?office={slot.office_id}&service={slot.service_id}"
    row = {"start": "09:00", "end": "11:00", "slot_minutes": 30}
    row |= {f"day_{weekday}": 4 for weekday in range(7)}
    data = {f"form-0-{name}": value for name, value in row.items()}
    data |= {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0, "act": "save"}
    return address, {**data, **shown_by(manager, address)}


def capacities(weekday):
    found = WeeklyTemplate.objects.filter(weekday=weekday, valid_to=None)
    return list(found.values_list("capacity", flat=True))


def test_a_grid_of_an_old_tab_is_shown_beside_the_one_in_force(manager, slot):
    address, old_tab = weekly(manager, slot)
    manager.post(address, {**old_tab, "form-0-day_0": 2})
    response = manager.post(address, {**old_tab, "form-0-day_1": 3})
    assert response.status_code == 409
    page = text(response)
    assert "您看的页面已经过时" in page
    assert "2、4、4、4、4、4、4" in page
    assert 'name="form-0-day_1" value="3"' in page
    assert capacities(1) == [4]
    fresh = {"shown": response.context["shown"]}
    manager.post(address, {**old_tab, **fresh, "form-0-day_0": 2, "form-0-day_1": 3})
    assert (capacities(0), capacities(1)) == ([2], [3])


@pytest.mark.parametrize(
    "emptied", [{"form-TOTAL_FORMS": 0}, {f"form-0-day_{n}": "" for n in range(7)}]
)
def test_a_service_is_not_withdrawn_by_one_press(manager, slot, emptied):
    address, data = weekly(manager, slot)
    offered = Slot.objects.filter(date__gt=slot.date, capacity__gt=0).count()
    response = manager.post(address, {**data, **emptied})
    assert f"不再放号，已有的{offered}个时段都会撤销" in text(response)
    assert Slot.objects.filter(date__gt=slot.date, capacity__gt=0).count() == offered
    manager.post(address, {**data, **emptied, "seen": response.context["seen"]})
    assert not Slot.objects.filter(date__gt=slot.date, capacity__gt=0).exists()


def records(slot):
    """One of each record of planning, with a change that somebody else makes meanwhile."""
    Office.objects.update(counters=3)
    day = slot.date + timedelta(days=9)
    hours = {"office": slot.office, "service": slot.service, "start": time(9), "end": time(10)}
    template = WeeklyTemplate.objects.create(weekday=0, **hours)
    absence = CounterAbsence.objects.create(office=slot.office, date=day, counters=1)
    peak = PeakDay.objects.create(date=day, title="好日子")
    plan = PeakPlan.objects.create(peak_day=peak, **hours)
    return {
        "marriage_templates": (template, template, "capacity", 7),
        "marriage_absences": (absence, absence, "counters", 2),
        "marriage_peak_days": (peak, plan, "capacity", 7),
        "marriage_offices": (slot.office, slot.office, "counters", 5),
        "marriage_services": (slot.service, slot.service, "title", "登记"),
    }


@pytest.mark.parametrize(
    "name",
    [
        "marriage_templates",
        "marriage_absences",
        "marriage_peak_days",
        "marriage_offices",
        "marriage_services",
    ],
)
def test_a_record_of_planning_is_not_saved_over_one_that_was_changed_meanwhile(manager, slot, name):
    record, changed, field, value = records(slot)[name]
    address = reverse(f"{name}:edit", args=[record.pk])
    form = manager.get(address).context["form"]
    data = filled(form)
    type(changed).objects.filter(pk=changed.pk).update(**{field: value})
    page = text(manager.post(address, data))
    assert "您看的页面已经过时" in page
    changed.refresh_from_db()
    assert getattr(changed, field) == value
    assert manager.post(address, filled(manager.get(address).context["form"])).status_code == 302


def filled(form) -> dict:
    """What the page of a form sends when nothing is typed."""
    data = {}
    for formset in form.formsets.values():
        for each in [formset.management_form, *formset.forms]:
            data |= {field.html_name: field.value() for field in each}
    data |= {field.html_name: field.value() for field in form}
    return {
        name: [getattr(each, "pk", each) for each in value] if isinstance(value, list) else value
        for name, value in data.items()
        if value is not None and value is not False
    }


def test_rules_are_not_saved_over_those_of_a_colleague(manager):
    rules = BookingRules.load()
    address = reverse("wagtailsettings:edit", args=["marriage", "bookingrules", rules.pk])
    data = filled(manager.get(address).context["form"])
    BookingRules.objects.update(max_moves=1)
    response = manager.post(address, {**data, "walk_ins_beyond": 3})
    assert "您看的页面已经过时" in text(response)
    assert "每个预约最多改期次数：1" in text(response)
    assert BookingRules.objects.get().max_moves == 1
    data = filled(response.context["form"])
    manager.post(address, {**data, "max_moves": 1})
    assert BookingRules.objects.get().walk_ins_beyond == 3
