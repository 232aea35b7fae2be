"""A week of naming, in a browser: pre-check and application on Monday, comment in between, approval,
sign and public notice on Friday."""

import re
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

from home.models import NoticePage
from place_names.models import (
    NamingApplication,
    NamingComment,
    NamingSettings,
    PlaceName,
    SignOrder,
)
from place_names.names.categories import set_up_categories
from place_names.naming.setting_up import load_lists
from place_names.roles import OFFICERS
from tests.place_names.factories import make_subdistrict

from .conftest import follow
from .editing import PASSWORD, log_in, make_people, menu_action, open_form

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME = "榕荫路"
DAYS = {"monday": 2, "tuesday": 3, "wednesday": 4, "friday": 6}


@pytest.fixture
def week(time_machine):
    """`week("tuesday")`: the site believes that it is ten o'clock of that day in March 2026."""

    def move(day: str) -> None:
        time_machine.move_to(f"2026-03-{DAYS[day]:02} 10:00+08:00")

    move("monday")
    set_up_categories()
    make_subdistrict()
    make_people()
    load_lists()
    settings = NamingSettings.load()
    settings.online_application = True
    settings.save()
    officer = get_user_model().objects.create_user("officer", password=PASSWORD)
    officer.groups.add(Group.objects.get(name=OFFICERS))
    return move


def come_in(page, name):
    page.context.clear_cookies()
    log_in(page, name)


def take_step(page, label, **fields):
    """Record the next step on the screen of the application, on the day that is filled in."""
    page.goto(reverse("place_name_naming:application", args=[NamingApplication.objects.get().pk]))
    page.get_by_label(label, exact=True).check()
    for name, value in fields.items():
        page.fill(f"#id_{name}", value)
    follow(page.get_by_role("button", name="保存"))
    assert f"状态：{label}" in page.inner_text("main").replace(" ", "")


def print_letter(page, title) -> str:
    follow(page.get_by_role("link", name=title).last)
    words = page.inner_text("main")
    page.go_back()
    return words


def test_a_week_of_naming(week, desktop_page):
    page = desktop_page

    # Monday: somebody checks a name and applies; the officer asks for what is missing.
    page.goto(reverse("place_names:naming_check"))
    page.select_option("#id_kind", "street")
    page.fill("#id_name", NAME)
    page.select_option("#id_subdistrict", "江南中街道")
    follow(page.get_by_role("button", name="查这个名称"))
    assert "未发现问题" in page.inner_text("main")
    follow(page.get_by_role("link", name="用这个名称申请"))
    assert page.input_value("#id_name") == NAME
    page.fill("#id_location", "东起甲路，西至乙路")
    page.fill("#id_meaning", "路旁有古榕")
    page.fill("#id_reason", "新建道路")
    page.fill("#id_applicant", "示例公司")
    page.fill("#id_telephone", "13800001234")
    follow(page.get_by_role("button", name="提交申请"))
    application = NamingApplication.objects.get()
    assert application.number in page.inner_text("main")

    come_in(page, "officer")
    follow(page.get_by_role("link", name="命名申请"))
    follow(page.get_by_role("link", name=application.number))
    take_step(page, "已告知补正", note="请补交位置图")
    assert "请补交位置图" in print_letter(page, "地名申请材料补正告知书")

    # Tuesday: the papers are complete, and everybody may comment until Thursday.
    week("tuesday")
    come_in(page, "officer")
    take_step(page, "已受理", note="材料当面核对")
    assert "示例公司" in print_letter(page, "地名申请受理通知书")
    follow(page.get_by_role("link", name="公开征求意见"))
    page.fill("#id_closes_on", "2026-03-05")
    page.fill("#id_text", "请大家看看")
    follow(page.get_by_role("button", name="开始征求意见"))

    # Wednesday: a comment with a telephone number is not taken, one without is; it is answered.
    week("wednesday")
    page.context.clear_cookies()
    page.goto(reverse("place_names:proposals"))
    follow(page.get_by_role("link", name=f"命名“{NAME}”"))
    page.wait_for_selector("[data-map-box]:not([hidden])")
    page.get_by_label("赞成").check()
    page.fill("#id_text", "同意，电话13912345678")
    follow(page.get_by_role("button", name="提交意见"))
    assert "请删去手机号码" in page.inner_text("main")
    page.fill("#id_text", "同意，榕树还在")
    follow(page.get_by_role("button", name="提交意见"))
    assert "您的意见已经收到" in page.inner_text("main")
    come_in(page, "officer")
    follow(page.get_by_role("link", name="同意，榕树还在"))
    page.select_option("#id_state", "shown")
    page.fill("#id_reply", "谢谢您的意见")
    follow(page.locator("footer button[type=submit]"))
    assert NamingComment.objects.get().state == "shown"

    # Friday: what came of it, the approval, the sign, and the notice through its review.
    week("friday")
    come_in(page, "officer")
    page.goto(reverse("place_name_naming:consultation", args=[application.pk]))
    page.fill("#id_outcome", "收到1条，赞成")
    follow(page.get_by_role("button", name="保存"))
    take_step(page, "已征求意见")
    take_step(page, "已批准", authority="海珠区人民政府", document="海府〔2026〕1号")
    assert "罗马字母拼写：Róngyīn Lù" in print_letter(page, "地名命名批准通知书")
    assert PlaceName.objects.standard().get(name=NAME).approval_document == "海府〔2026〕1号"
    assert SignOrder.objects.get().inscription == NAME
    take_step(page, "已备案")
    follow(page.get_by_role("button", name="起草公告页面"))
    notice = NoticePage.objects.get()
    assert not notice.live

    come_in(page, "editor")
    page.goto(reverse("wagtailadmin_home"))
    assert notice.title in page.inner_text("main")
    open_form(page, reverse("wagtailadmin_pages:edit", args=[notice.pk]))
    follow(menu_action(page, "action-submit"))
    come_in(page, "reviewer")
    open_form(page, reverse("wagtailadmin_pages:edit", args=[notice.pk]))
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    follow(page.get_by_role("button", name=re.compile("^批准")))
    notice.refresh_from_db()
    assert notice.live

    come_in(page, "officer")
    take_step(page, "已公告")
    page.context.clear_cookies()
    page.goto(reverse("place_names:naming_progress"))
    page.fill("#id_number", application.number)
    page.fill("#id_tail", "1234")
    follow(page.get_by_role("button", name="查进度"))
    assert f"命名“{NAME}”：已公告" in page.inner_text("main")
    follow(page.get_by_role("link", name=notice.title))
    words = page.inner_text("main")
    for each in (NAME, "Róngyīn Lù", "广州市海珠区江南中街道", "东起甲路，西至乙路",
                 "海珠区人民政府", "2026年3月6日"):  # fmt: skip
        assert each in words
    application.refresh_from_db()
    assert application.decided_on == date(2026, 3, 6)
