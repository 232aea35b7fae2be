"""A manager closes a day for which 40 couples have booked, and settles it, in a browser."""

import re
from collections import Counter
from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marriage.desk import day_end
from marriage.models import Booking, OutboxMessage, Slot, WorkingDay
from marriage.models.states import State
from marriage.planning import closures
from marriage.roles import MANAGER, set_up_roles
from tests.marriage.factories import make_booking, make_office, make_service

from .conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COUPLES = 40


@pytest.fixture
def day():
    return timezone.localdate() + timedelta(days=5)


@pytest.fixture
def slots(day):
    for number in range(40):
        WorkingDay.objects.create(
            date=timezone.localdate() + timedelta(days=number), is_working=True, is_confirmed=True
        )
    service = make_service()
    office = make_office(service)
    return [
        Slot.objects.create(
            office=office,
            service=service,
            date=day + timedelta(days=later),
            start=time(9 + hour),
            end=time(10 + hour),
            capacity=capacity,
        )
        # Room for 35 on the day after: five couples have to wait.
        for later, capacity in ((0, 10), (1, 7))
        for hour in range(5)
    ]


@pytest.fixture
def manager(desktop_page, django_user_model, slots):
    set_up_roles()
    user = django_user_model.objects.create_user("manager", password="a-manager-of-the-test")
    user.groups.add(Group.objects.get(name=MANAGER))
    page = desktop_page
    page.goto(reverse("wagtailadmin_login"))
    page.fill("#id_username", "manager")
    page.fill("#id_password", "a-manager-of-the-test")
    follow(page.locator("button[type=submit]"))
    return page


def kinds(booking) -> Counter:
    return Counter(booking.messages.values_list("kind", flat=True))


def states() -> Counter:
    return Counter(Booking.objects.values_list("state", flat=True))


def test_forty_couples_are_told_and_moved_or_waiting_and_none_is_a_no_show(manager, slots, day):
    couples = [make_booking(slots[number % 5]) for number in range(COUPLES)]
    page = manager

    page.goto(reverse("marriage_staff:day", args=[slots[0].office_id, day.isoformat()]))
    expect(page.get_by_text(f"已有的{COUPLES}个预约")).to_be_visible()
    page.get_by_label("原因").fill("系统停电检修")
    follow(page.get_by_role("button", name="停办", exact=True))

    expect(page.get_by_text(f"会受影响的预约（共{COUPLES}个）")).to_be_visible()
    expect(page.get_by_text("还没有停办，也没有通知任何人")).to_be_visible()
    assert states() == {State.BOOKED: COUPLES}
    assert not OutboxMessage.objects.exists()
    follow(page.get_by_role("button", name=f"确认，并通知这{COUPLES}个预约的当事人"))

    expect(page.get_by_text(f"还有{COUPLES}个待改期")).to_be_visible()
    assert states() == {State.DISPLACED: COUPLES}
    for booking in couples:
        assert kinds(booking)["displaced"] >= 1, "told at once"
        assert kinds(booking)["reminder"] == 0
    bodies = [m.content["body"] for m in OutboxMessage.objects.filter(kind="displaced")]
    assert all("系统停电检修" in body and "不计爽约" in body for body in bodies)

    page.get_by_label("说明").fill("已为您改到次日")
    page.get_by_role("link", name="全部勾选").click()
    follow(page.get_by_role("button", name="把勾选的改到之后最近的空位"))
    expect(page.get_by_text("已改期35个预约")).to_be_visible()
    expect(page.get_by_text("还有5个待改期")).to_be_visible()
    assert states() == {State.BOOKED: 35, State.DISPLACED: 5}
    moved = Booking.objects.filter(state=State.BOOKED)
    assert {booking.slot.date for booking in moved} == {day + timedelta(days=1)}
    assert {booking.citizen_moves for booking in moved} == {0}
    for booking in moved:
        message = booking.messages.filter(kind="moved").first()
        assert "已为您改到次日" in message.content["body"]

    # The nights after: nobody of the closed day is a no-show, and the five stay on the list.
    day_end.mark_no_shows(timezone.now() + timedelta(days=6))
    assert states() == {State.BOOKED: 35, State.DISPLACED: 5}
    assert closures.to_settle().count() == 5
    page.goto(reverse("wagtailadmin_home"))
    expect(page.get_by_text(re.compile("有5个预约待改期"))).to_be_visible()
