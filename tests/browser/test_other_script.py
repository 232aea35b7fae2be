"""繁體 in the middle of a form: the page changes, what was typed and answered stays."""

import pytest
from playwright.sync_api import expect

from tests.marriage.factories import make_asking_service, make_coming_slot, make_office

from .test_tasks_by_keyboard import trees  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TRADITIONAL = ".header__tools [value=traditional]"


def at_the_second_question(page) -> None:
    page.goto("/guides/questions/marriage-materials/")
    page.get_by_label("结婚登记", exact=True).check()
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("legend")).to_contain_text("双方是哪里的居民")
    page.get_by_label("都是内地居民", exact=True).check()


def test_a_question_tree_goes_on_in_the_other_script(page, trees):  # noqa: F811
    at_the_second_question(page)
    page.locator(TRADITIONAL).click()
    expect(page.locator("legend")).to_contain_text("雙方是哪裏的居民")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    assert page.locator("input[type=radio]:checked").input_value() == "都是内地居民"
    page.get_by_role("button", name="下一步").click()
    expect(page.locator("legend")).to_contain_text("登記那天")
    page.locator(TRADITIONAL).click()
    expect(page.locator("legend")).to_contain_text("登记那天")
    expect(page.locator(TRADITIONAL)).to_have_text("繁體")


def test_what_is_typed_in_the_booking_form_stays(page):
    service = make_asking_service(slug="marriage")
    make_coming_slot(service, make_office(service))
    page.goto("/marriage/services/marriage/")
    page.get_by_role("button", name="开始预约").click()
    page.locator("main input[type=radio], main input[type=checkbox]").first.check()
    was_checked = page.locator("main input:checked").input_value()
    page.locator(TRADITIONAL).click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    assert page.locator("main input:checked").input_value() == was_checked


def test_without_javascript_the_answers_stay_in_their_tab(page, trees):  # noqa: F811
    context = page.context.browser.new_context(java_script_enabled=False)
    page.goto("/guides/questions/marriage-materials/")
    plain = context.new_page()
    plain.goto(page.url)
    plain.get_by_label("结婚登记", exact=True).check()
    plain.get_by_role("button", name="下一步").click()
    plain.get_by_label("都是内地居民", exact=True).check()
    with context.expect_page() as opened:
        plain.locator(TRADITIONAL).click()
    expect(opened.value.locator("html")).to_have_attribute("lang", "zh-Hant")
    assert plain.locator("input[type=radio]:checked").input_value() == "都是内地居民"
    plain.get_by_role("button", name="下一步").click()
    expect(plain.locator("legend")).to_contain_text("登記那天")
    context.close()
