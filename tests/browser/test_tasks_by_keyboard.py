"""The main tasks beside booking, with the keyboard alone; the walk also without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from demonstration.guides import question_trees
from demonstration.marriage.services import make_service_of, rows_of
from guides.models import GuideIndexPage, QuestionTreePage
from home.models import FeedbackReport, PageOpinion
from tests.guides.questions.test_pages import make_funeral_figures
from tests.home.factories import make_home, publish

from .keyboard import press, tab_to, tick, type_into

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def trees():
    make_funeral_figures()
    publish(make_home(), GuideIndexPage(slug="guides", title="办事指南"))
    question_trees.load(progress=lambda line: None)
    for row in rows_of("services.json"):
        make_service_of(row)


def choose(page, label: str) -> None:
    """Radios are one stop of Tab; the arrows move among them."""
    tab_to(page, page.locator("input[type=radio]").first.evaluate("e => e.labels[0].innerText"))
    for _ in range(10):
        chosen = page.evaluate("() => document.activeElement.value")
        if chosen == label:
            page.keyboard.press("Space")
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"No option {label!r} on {page.url}")


def test_an_answer_is_found_by_keyboard_and_a_step_taken_back(page, trees):
    page.goto("/guides/questions/marriage-materials/")
    choose(page, "结婚登记")
    press(page, "下一步")
    expect(page.locator("legend")).to_contain_text("双方是哪里的居民")
    press(page, "返回这一题")
    choose(page, "补领婚姻登记证")
    press(page, "下一步")
    choose(page, "都是内地居民")
    press(page, "下一步")
    expect(page.locator("h1")).to_contain_text("补领")
    assert "补领" not in page.url
    tick(page, "居民身份证")
    assert page.locator("input[type=checkbox]").first.is_checked()


def test_an_empty_answer_takes_the_focus_to_what_is_wrong(page, trees):
    page.goto("/guides/questions/marriage-materials/")
    press(page, "下一步")
    expect(page.locator(".error-summary")).to_be_focused()
    expect(page.locator(".error-summary")).to_contain_text("请选择一个回答")


def test_the_walk_works_without_javascript(chromium, live_server, trees):
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(QuestionTreePage.objects.get(slug="funeral-subsidies").url)
    page.fill("#question", "2025-03-01")
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("不是广州市户籍，在广州去世并在广州火化").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("不是", exact=True).check()
    page.get_by_role("button", name="下一步").click()
    expect(page.locator(".notice-sheet__total")).to_contain_text("1,330元")
    context.close()


def test_an_error_is_reported_and_looked_up_by_keyboard(page, trees):
    page.goto("/guides/questions/")
    press(page, "发现错误，告诉我们")
    choose(page, "wrong")
    type_into(page, "哪里不对", "第二步的电话打不通")
    press(page, "提交")
    number = re.search(r"FK-\w{4}-\w{4}", page.inner_text("main"))[0]
    assert number not in page.url
    assert FeedbackReport.objects.get().path == "/guides/questions/"
    page.goto("/feedback/status/")
    type_into(page, "反映编号", number)
    press(page, "查询")
    expect(page.locator("main")).to_contain_text("已收到，待处理")


def test_saying_that_a_page_helped_keeps_the_reader_there(page, trees):
    page.goto("/guides/questions/")
    tab_to(page, "有帮助")
    page.keyboard.press("Enter")
    expect(page.locator("[data-feedback-state]")).to_contain_text("您的评价已记下")
    assert PageOpinion.objects.get().helpful == 1
