"""The demonstration is there whenever it is loaded."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from demonstration.marriage import loading
from marriage.availability.free_times import days, earliest_free
from marriage.desk import hall, lists
from marriage.models import Office, Service
from marriage.planning import closures
from marriage.roles import set_up_roles

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def load():
    loading.load(progress=lambda text: None)


def on(time_machine, *when):
    time_machine.move_to(timezone.make_aware(datetime(*when)), tick=False)


@pytest.mark.parametrize(
    "when",
    [
        (2026, 11, 23),
        (2026, 2, 14),
        (2026, 12, 20),
        (2026, 12, 31),
        (2028, 2, 29),
        (2031, 3, 3),
    ],
)
def test_there_is_something_to_book_whenever_it_is_loaded(time_machine, when):
    on(time_machine, *when, 10)
    load()
    for service in Service.objects.all():
        assert earliest_free(service), service
    office, service = Office.objects.first(), Service.objects.get(slug="marriage")
    first = date(*when) + timedelta(days=1)
    states = days(office, service, first, first + timedelta(days=29))
    assert sum(state.is_bookable for state in states) >= 5


@pytest.mark.parametrize("day", range(23, 30), ids="一二三四五六日")
def test_desk_and_hall_show_something_on_every_day_of_the_week(time_machine, day):
    on(time_machine, 2026, 11, day, 10)
    load()
    office = Office.objects.first()
    here = lists.day_list(office, date(2026, 11, day))
    assert len({booking.state for booking in here}) >= 4
    screen = hall.screen(office)
    assert screen.calls
    assert screen.waiting
    before, after = lists.nearest_days(office, date(2026, 11, day))
    assert before[0] < date(2026, 11, day) < after[0]
    assert not closures.settle()[0], "nobody is displaced by the calendar"


@pytest.mark.parametrize("hour", [0, 12, 23])
def test_it_can_be_loaded_at_any_hour(time_machine, hour):
    on(time_machine, 2026, 11, 29, hour, 30)
    load()
    assert hall.screen(Office.objects.first()).waiting


def test_roles_can_be_set_up_twice(django_user_model):
    from django.contrib.auth.models import Group

    set_up_roles()
    before = {group.name: group.permissions.count() for group in Group.objects.all()}
    set_up_roles()
    assert before == {group.name: group.permissions.count() for group in Group.objects.all()}
    clerk = django_user_model.objects.create_user("clerk")
    clerk.groups.add(Group.objects.get(name="婚姻登记员"))
    manager = django_user_model.objects.create_user("manager")
    manager.groups.add(Group.objects.get(name="婚姻登记主管"))
    assert clerk.has_perms(["marriage.work_at_desk", "wagtailadmin.access_admin"])
    assert not clerk.has_perm("marriage.view_personal_data")
    assert not clerk.has_perm("marriage.change_slot")
    assert manager.has_perms(
        ["marriage.work_at_desk", "marriage.change_bookingrules", "marriage.view_auditentry"]
    )
    assert not any(
        permission.endswith(("change_auditentry", "delete_auditentry", "delete_booking"))
        for permission in manager.get_all_permissions()
    )
