"""A couple books and cancels on a phone, with the keyboard alone; and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from marriage.models import Booking, BookingRules
from marriage.models.bookings import Trust
from marriage.models.states import State
from tests.marriage.factories import (
    make_asking_service,
    make_coming_slot,
    make_id_number,
    make_material,
    make_office,
)
from tests.marriage.steps import last_code

from .conftest import follow
from .keyboard import press, tab_to, tick, type_into

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slot():
    service = make_asking_service(slug="marriage", title="结婚登记")
    make_material(service)
    office = make_office(service)
    for hour in (9, 10, 11):
        slot = make_coming_slot(service, office, hour=hour, capacity=4)
    return slot


def test_a_booking_and_its_cancellation_by_keyboard_at_phone_width(page, slot):
    page.goto("/marriage/")
    press(page, "结婚登记")
    press(page, "开始预约")
    press(page, "下一步")  # Nothing chosen: the summary takes the focus and leads to the field.
    expect(page.locator(".error-summary")).to_be_focused()
    press_link = page.get_by_role("alert").get_by_role("link")
    expect(press_link).to_have_text("请至少选择一项")
    for answer in ("内地居民", "至少一方是广州市户籍", "双方都没有结过婚", "不是", "都达到了"):
        tick(page, answer)
        press(page, "下一步")
    expect(page.get_by_role("heading", level=1)).to_contain_text("材料")
    press(page, "知道了")
    tick(page, slot.office.name)
    press(page, "下一步")
    tab_to(page, "余12")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    press(page, "10:00")
    expect(page.locator(".hold__left")).to_contain_text("分")
    for name, man in (("王䶮", True), ("阿依古丽·买买提", False)):
        type_into(page, "姓名", name)
        type_into(page, "身份证号码", make_id_number(man=man))
        type_into(page, "手机号码", "13800001234")
        press(page, "下一步")
    press(page, "发送验证码")
    type_into(page, "短信里的6位验证码", last_code())
    press(page, "下一步")
    expect(page.get_by_text("阿依古丽·买买提")).to_be_visible()
    press(page, "确认预约")
    expect(page.get_by_role("heading", level=1)).to_have_text("预约成功")
    booked = Booking.objects.get(state=State.BOOKED)
    expect(page.locator(".ticket__reference")).to_have_text(booked.display_reference)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    press(page, "取消预约")
    press(page, "取消这个预约")
    expect(page.locator(".ticket")).to_contain_text("已取消")
    assert Booking.objects.get(pk=booked.pk).state == State.CANCELLED


def test_the_same_without_javascript(chromium, live_server, slot):
    context = chromium.new_context(
        base_url=live_server.url, java_script_enabled=False, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.goto("/marriage/services/marriage/")
    follow(page.get_by_role("button", name="开始预约"))
    for _ in range(5):
        page.locator(".choice input").first.check()
        follow(page.get_by_role("button", name="下一步"))
    follow(page.get_by_role("button", name="知道了"))
    follow(page.get_by_role("button", name="就约这个时间"))
    expect(page.locator(".hold__until")).to_have_text(re.compile(r"\d\d:\d\d"))
    for man in (True, False):
        page.get_by_label("姓名").fill("张三")
        page.get_by_label("身份证号码").fill(make_id_number(man=man))
        page.get_by_label("手机号码").fill("13800001234")
        follow(page.get_by_role("button", name="下一步"))
    follow(page.get_by_role("button", name="发送验证码"))
    page.get_by_label("短信里的6位验证码").fill(last_code())
    follow(page.get_by_role("button", name="下一步"))
    follow(page.get_by_role("button", name="确认预约"))
    expect(page.get_by_role("heading", level=1)).to_have_text("预约成功")
    context.close()


def test_a_visitor_of_the_demonstration_reads_the_code_on_the_page(page, slot, settings):
    settings.SHOW_TELEPHONE_CODE = True
    assert BookingRules.load().telephone_proof == BookingRules.TelephoneProof.REQUIRED
    page.goto("/marriage/services/marriage/")
    follow(page.get_by_role("button", name="开始预约"))
    for _ in range(5):
        page.locator(".choice input").first.check()
        follow(page.get_by_role("button", name="下一步"))
    follow(page.get_by_role("button", name="知道了"))
    follow(page.get_by_role("button", name="就约这个时间"))
    for man in (True, False):
        page.get_by_label("姓名").fill("张三")
        page.get_by_label("身份证号码").fill(make_id_number(man=man))
        page.get_by_label("手机号码").fill("13800001234")
        follow(page.get_by_role("button", name="下一步"))
    follow(page.get_by_role("button", name="发送验证码"))
    expect(page.get_by_role("status").get_by_text("示例")).to_be_visible()
    code = page.locator("#shown-code").inner_text()
    page.get_by_label("短信里的6位验证码").fill(code)
    follow(page.get_by_role("button", name="下一步"))
    expect(page.get_by_role("heading", level=1)).not_to_have_text("验证手机号码")
    follow(page.get_by_role("button", name="确认预约"))
    expect(page.get_by_role("heading", level=1)).to_have_text("预约成功")
    assert Booking.objects.get(state=State.BOOKED).trust == Trust.TELEPHONE


def test_pages_have_no_accessibility_faults_that_a_checker_finds(page, slot):
    from axe_playwright_python.sync_playwright import Axe

    page.goto("/marriage/")
    faults = []

    def check(name):
        found = Axe().run(page).response["violations"]
        faults.extend((name, fault["id"]) for fault in found)

    check("start")
    page.goto("/marriage/services/marriage/")
    follow(page.get_by_role("button", name="开始预约"))
    check("question")
    follow(page.get_by_role("button", name="下一步"))
    check("error")
    for _ in range(5):
        page.locator(".choice input").first.check()
        follow(page.get_by_role("button", name="下一步"))
    check("materials")
    follow(page.get_by_role("button", name="知道了"))
    check("office")
    page.locator(".choice input").first.check()
    follow(page.get_by_role("button", name="下一步"))
    check("day")
    follow(page.locator(".day a").first)
    check("time")
    follow(page.locator("button.time").first)
    check("person")
    follow(page.get_by_role("button", name="下一步"))
    check("person with errors")
    for man in (True, False):
        page.get_by_label("姓名").fill("张三")
        page.get_by_label("身份证号码").fill(make_id_number(man=man))
        page.get_by_label("手机号码").fill("13800001234")
        follow(page.get_by_role("button", name="下一步"))
    check("telephone")
    follow(page.get_by_role("button", name="发送验证码"))
    check("code")
    page.goto("/marriage/manage/")
    check("manage")
    page.goto("/marriage/planner/?accepted_on=2026-09-01")
    check("planner")
    assert faults == []
