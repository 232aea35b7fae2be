"""Finding a name or a place, signing up and choosing a view, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from home.models import SignUp
from tests.home.factories import make_event
from tests.place_names.factories import make_place

from .keyboard import press, tab_to, type_into
from .test_service_places import places  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose_in_list(page, label: str, value: str) -> None:
    """The arrows move through a list that drops down."""
    tab_to(page, label)
    for _ in range(40):
        if page.evaluate("() => document.activeElement.value") == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No {value!r} in {label!r} on {page.url}")


def test_a_place_name_is_found_and_opened(page):
    make_place("新港西路")
    make_place("江南大道中")
    page.goto("/place-names/")
    tab_to(page, "跳到正文")
    page.keyboard.press("Enter")
    type_into(page, "地名", "新港西")
    press(page, "查地名")
    expect(page.locator("#names-found")).to_contain_text("1条地名")
    press(page, "新港西路")
    expect(page.locator("h1")).to_contain_text("新港西路")


def test_service_places_are_narrowed_to_a_kind(page, places):  # noqa: F811
    page.goto("/service-places/")
    choose_in_list(page, "类别", "care")
    press(page, "筛选")
    expect(page.locator("[data-place] h3 a")).to_have_text(["颐康中心"])


def test_a_person_signs_up_and_withdraws(page):
    event = make_event()
    page.goto(event.url)
    press(page, "我要报名")
    type_into(page, "姓名", "陈大文")
    type_into(page, "手机号码", "13800001234")
    press(page, "提交报名")
    reference = re.search(r"报名编号：(\S+)", page.inner_text("main"))[1]
    press(page, "退出报名")
    type_into(page, "报名编号", reference)
    press(page, "查找我的报名")
    press(page, "确定退出")
    expect(page.locator("main")).to_contain_text("已退出")
    assert not SignUp.objects.exists()


def test_the_elderly_view_is_chosen_and_kept(page):
    make_event()
    page.goto("/notices/")
    tab_to(page, "长者版")
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-elderly", re.compile(".*"))
    page.goto("/place-names/")
    expect(page.locator("html")).to_have_attribute("data-elderly", re.compile(".*"))
