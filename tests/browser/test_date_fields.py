"""What is typed into a date or time field of the admin stays and is refused, not replaced."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marriage.models import BookingRules, PeakDay
from marriage.roles import MANAGER, set_up_roles

from .test_registry_day import PASSWORD, log_in, press

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_invalid_date_or_time_is_refused(desktop_page, django_user_model):
    set_up_roles()
    user = django_user_model.objects.create_user("manager", password=PASSWORD)
    user.groups.add(Group.objects.get(name=MANAGER))
    page = log_in(desktop_page, "manager") or desktop_page
    before = BookingRules.load().release_time
    page.goto(reverse("marriage_staff:rules"), wait_until="load")
    page.fill("input[name=release_time]", "25:00")
    page.keyboard.press("Tab")
    expect(page.locator("input[name=release_time]")).to_have_value("25:00")
    expect(page.locator(".xdsoft_datetimepicker:visible")).to_have_count(0)
    press(page, "保存")
    expect(page.get_by_text("没有25点00分这个时间")).to_be_visible()
    assert BookingRules.objects.get().release_time == before

    page.goto(reverse("marriage_peak_days:add"))
    tomorrow = timezone.localdate() + datetime.timedelta(days=40)
    page.fill("input[name=title]", "好日子")
    page.fill("input[name=release_at]", f"{tomorrow} 31:99")
    page.fill("input[name=date]", "2026-13-40")
    page.keyboard.press("Tab")
    press(page, "创建")
    expect(page.get_by_text("输入一个有效的日期").first).to_be_visible()
    expect(page.locator("input[name=date]")).to_have_value("2026-13-40")
    assert not PeakDay.objects.exists()
