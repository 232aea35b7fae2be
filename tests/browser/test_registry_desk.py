"""A clerk's day, in a browser: receive a couple, tick their papers, end the visit, take
somebody who walked in, and see what a colleague does without reloading."""

from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marriage.desk import visits
from marriage.models import Booking, Material, Slot, WorkingDay
from marriage.models.states import State
from marriage.roles import CLERK, set_up_roles
from marriage.staff import desk_views
from tests.marriage.factories import make_booking, make_id_number, make_office, make_service

from .conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slot():
    today = timezone.localdate()
    for number in range(10):
        WorkingDay.objects.create(
            date=today + timedelta(days=number), is_working=True, is_confirmed=True
        )
    service = make_service()
    Material.objects.create(service=service, title="身份证", detail="双方原件")
    return Slot.objects.create(
        office=make_office(service),
        service=service,
        date=today,
        start=time(0),
        end=time(23, 59),
        capacity=6,
    )


@pytest.fixture
def clerk(desktop_page, django_user_model, slot):
    set_up_roles()
    user = django_user_model.objects.create_user("clerk", password="a-clerk-of-the-test")
    user.groups.add(Group.objects.get(name=CLERK))
    page = desktop_page
    page.goto(reverse("wagtailadmin_login"))
    page.fill("#id_username", "clerk")
    page.fill("#id_password", "a-clerk-of-the-test")
    follow(page.locator("button[type=submit]"))
    page.user = user
    return page


def test_a_clerks_day(clerk, slot, monkeypatch):
    monkeypatch.setattr(desk_views, "POLL_SECONDS", 1)
    couple, other = make_booking(slot), make_booking(slot)
    page = clerk

    page.goto(reverse("marriage_staff:desk"))
    row = page.locator(f"#booking-{couple.pk}")
    expect(row).to_contain_text("已预约")
    row.get_by_role("button", name="报到").click()
    page.wait_for_selector(f"#booking-{couple.pk} .desk__state--checked_in")

    # A colleague receives the others; this screen shows it by itself.
    visits.take_step(other, State.CHECKED_IN, actor=page.user)
    page.wait_for_selector(f"#booking-{other.pk} .desk__state--checked_in")

    page.get_by_label("找人").fill(couple.display_reference)
    page.get_by_role("button", name="查找").click()
    page.wait_for_url(f"**{reverse('marriage_staff:visit', args=[couple.pk])}")
    page.get_by_role("button", name="开始办理").click()
    page.wait_for_selector(".desk__day .desk__state--in_service")
    page.get_by_label("身份证").first.check()
    page.get_by_role("button", name="保存核对结果").click()
    page.wait_for_selector("text=材料齐全")
    page.get_by_role("button", name="办结").click()
    page.wait_for_selector(".desk__day .desk__state--done")
    couple.refresh_from_db()
    assert (couple.state, couple.materials_ticked) == (State.DONE, ["身份证"])


def test_people_who_walk_in_get_a_number(clerk, slot):
    page = clerk
    page.goto(reverse("marriage_staff:desk"))
    page.get_by_role("link", name="现场取号").last.click()
    page.get_by_label("业务").select_option(label=slot.service.title)
    page.get_by_label("甲方姓名").fill("阿依古丽·买买提")
    page.get_by_label("甲方证件号码").fill("1101")
    page.get_by_label("乙方姓名").fill("𠮷䶮")
    page.get_by_label("乙方证件号码").fill(make_id_number(man=False))
    page.get_by_role("button", name="取号并报到").click()
    page.wait_for_selector("text=请输入18位身份证号码，您输入了4位")
    assert page.get_by_label("乙方姓名").input_value() == "𠮷䶮"
    page.get_by_label("甲方证件号码").fill(make_id_number())
    page.get_by_role("button", name="取号并报到").click()
    page.wait_for_selector(".desk__day .desk__state--checked_in")
    booking = Booking.objects.get()
    assert (booking.state, booking.is_walk_in) == (State.CHECKED_IN, True)
    assert booking.parties.get(position=2).person["name"] == "𠮷䶮"
