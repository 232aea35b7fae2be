"""What goes wrong on the way to a booking: a message beside the field and in the summary, the
focus on the summary, a link from there to the field, and everything typed still there."""

import datetime
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from marriage.models import Booking
from marriage.models.states import State
from marriage.wizard import drafts
from tests.marriage.factories import (
    make_asking_service,
    make_coming_slot,
    make_id_number,
    make_material,
    make_office,
)
from tests.marriage.steps import last_code

from .conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def slot():
    service = make_asking_service(slug="marriage", title="结婚登记")
    for number in range(1, 9):
        make_material(
            service, f"第{number}种材料", detail="双方各自的原件，须在有效期内", quantity="各1件"
        )
    return make_coming_slot(service, make_office(service), capacity=4)


@pytest.fixture
def ready(page, live_server, slot):
    """A browser whose questions are answered and whose office is chosen."""
    answers = {"residence": "guangzhou", "origin": ["mainland"], "kinship": "none", "age": "yes"}
    draft = drafts.Answers(
        key="browser",
        data={
            "service": "marriage",
            "answers": {**answers, "earlier_marriage": ["never"]},
            "materials_seen": True,
            "office": slot.office.pk,
        },
    )
    draft.save()
    page.context.add_cookies([{"name": drafts.COOKIE, "value": "browser", "url": live_server.url}])
    return page


def hold(page, slot):
    page.goto(f"/marriage/day/{slot.date}/")
    follow(page.locator("button.time").first)


def give(page, name, id_number, phone="13800001234"):
    for field, text in (("name", name), ("id_number", id_number), ("phone", phone)):
        page.locator(f"#id_{field}").fill(text)
    follow(page.get_by_role("button", name="下一步"))


def give_both(page):
    give(page, "阿依古丽·买买提", make_id_number(man=False))
    give(page, "䶮𠮷", make_id_number())
    follow(page.get_by_role("button", name="发送验证码"))
    page.locator("#id_code").fill(last_code())
    follow(page.get_by_role("button", name="下一步"))


def expect_focus(page, selector):
    """Waits for it: the page that answers may still be on its way."""
    expect(page.locator(selector)).to_be_focused()


def test_each_fault_is_told_twice_and_nothing_typed_is_lost(ready, slot):
    hold(ready, slot)
    good, long_name = make_id_number(), "长" * 10_000
    wrong = good[:-1] + ("1" if good[-1] != "1" else "2")
    young = make_id_number(born=f"{timezone.localdate().year - 21}0101")
    faults = [
        ("name", long_name, good, "13800001234", "您输入了10000个字"),
        ("id_number", "张三", wrong, "13800001234", "最后一位与前17位对不上"),
        ("id_number", "张三", young, "13800001234", "年满22周岁"),
        ("phone", "张三", good, "1380000", "您输入了7位"),
    ]
    for field, name, id_number, phone, message in faults:
        give(ready, name, id_number, phone)
        expect_focus(ready, ".error-summary")
        link = ready.get_by_role("alert").get_by_role("link", name=re.compile(message))
        expect(link).to_be_visible()
        beside = ready.locator(f".field:has(#id_{field}) .field__error")
        expect(beside).to_contain_text(message)
        typed = [ready.locator(f"#id_{each}").input_value() for each in ("name", "phone")]
        assert typed == [name, phone]
        assert ready.locator("#id_id_number").input_value() == id_number
        link.click()
        expect_focus(ready, f"#id_{field}")
    give_both(ready)
    expect(ready.get_by_role("heading", level=1)).to_have_text("请核对，再提交")
    expect(ready.locator("main")).to_contain_text("䶮𠮷")


def test_the_same_person_twice(ready, slot):
    hold(ready, slot)
    mine = make_id_number()
    give(ready, "张三", mine)
    give(ready, "李四", mine)
    expect_focus(ready, ".error-summary")
    expect(ready.get_by_role("alert")).to_contain_text("双方的证件号码相同")


def test_a_wrong_code_is_told_and_a_right_one_goes_on(ready, slot):
    hold(ready, slot)
    give(ready, "阿依古丽·买买提", make_id_number(man=False))
    give(ready, "䶮𠮷", make_id_number())
    follow(ready.get_by_role("button", name="发送验证码"))
    expect(ready.locator("main")).to_contain_text("138****1234")
    right = last_code()
    ready.locator("#id_code").fill("000000" if right != "000000" else "111111")
    follow(ready.get_by_role("button", name="下一步"))
    expect_focus(ready, ".error-summary")
    expect(ready.get_by_role("alert")).to_contain_text("验证码不对")
    ready.locator("#id_code").fill(f" {right[:3]} {right[3:]} ")
    follow(ready.get_by_role("button", name="下一步"))
    expect(ready.get_by_role("heading", level=1)).to_have_text("请核对，再提交")


def test_two_windows_a_double_click_and_the_way_back(ready, slot):
    hold(ready, slot)
    give_both(ready)
    other = ready.context.new_page()
    other.goto("/marriage/people/1/")
    give(other, "王五", make_id_number(man=False))
    other.close()
    ready.get_by_role("button", name="确认预约").click()
    expect_focus(ready, ".error-summary")
    expect(ready.get_by_role("alert")).to_contain_text("另一个窗口")
    expect(ready.locator("main")).to_contain_text("王五")
    ready.get_by_role("button", name="确认预约").dblclick()
    expect(ready.get_by_role("heading", level=1)).to_have_text("预约成功")
    assert Booking.objects.filter(state=State.BOOKED).count() == 1
    ready.go_back()
    expect(ready.get_by_role("heading", level=1)).to_have_text("预约成功")


def test_a_form_older_than_the_hold_offers_other_times_and_keeps_the_answers(ready, slot):
    near = make_coming_slot(slot.service, slot.office, hour=10)
    hold(ready, slot)
    give_both(ready)
    Booking.objects.update(hold_expires=timezone.now() - datetime.timedelta(seconds=1))
    ready.get_by_role("button", name="确认预约").click()
    expect(ready.get_by_role("alert")).to_contain_text("已过期")
    ready.get_by_role("button", name=re.compile(near.hours)).click()
    expect(ready.locator("main")).to_contain_text("阿依古丽·买买提")
    ready.get_by_role("button", name="确认预约").click()
    expect(ready.get_by_role("heading", level=1)).to_have_text("预约成功")
    assert Booking.objects.get(state=State.BOOKED).slot == near


def test_a_time_just_taken_takes_the_focus_to_what_happened(ready, slot):
    ready.goto(f"/marriage/day/{slot.date}/")
    type(slot).objects.filter(pk=slot.pk).update(taken=4)
    ready.locator("button.time").first.click()
    expect_focus(ready, ".error-summary")
    expect(ready.get_by_role("alert")).to_contain_text("刚刚约满")


def pages_of(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


def test_the_checklist_and_the_confirmation_print_on_one_page(ready, slot):
    ready.goto("/marriage/materials/")
    assert pages_of(ready.pdf(format="A4")) == 1
    hold(ready, slot)
    give_both(ready)
    ready.get_by_role("button", name="确认预约").click()
    expect(ready.get_by_role("heading", level=1)).to_have_text("预约成功")
    assert pages_of(ready.pdf(format="A4")) == 1
