"""The notice of a question tree on paper."""

import re

import pytest

from guides.models import QuestionTreePage
from home.models import ServicePlace
from tests.guides.questions.test_pages import load_trees

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONGEST = ["2025-03-01", "广州市户籍", "不是", "在广州的殡仪馆", "寄存在骨灰楼"]


@pytest.fixture
def funeral_tree():
    for slug, name in (("funeral-home", "示例殡仪馆"), ("funeral-service", "殡葬服务站")):
        ServicePlace.objects.create(
            slug=slug, name=name, kind="funeral", address="示例路1号", phone="020-00000000"
        )
    load_trees()
    return QuestionTreePage.objects.get(slug="funeral-subsidies")


@pytest.mark.parametrize("view", ["", "elderly"])
def test_the_notice_is_one_sheet_with_answers_address_and_phone(
    chromium, live_server, funeral_tree, view
):
    context = chromium.new_context(base_url=live_server.url, locale="zh-CN")
    page = context.new_page()
    page.goto(funeral_tree.url)
    for answer in LONGEST:
        if re.match(r"\d", answer):
            page.locator("#question").fill(answer)
        else:
            page.get_by_role("radio", name=answer).first.check()
        page.get_by_role("button", name="下一步").click()
    page.locator(".notice-sheet").wait_for()
    if view:
        page.evaluate("document.documentElement.dataset.elderly = ''")
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    for words in (*LONGEST[1:], "2025年3月1日", "示例路1号", "020-00000000", "1,680元", "死亡证明"):
        assert words in printed
    assert "改这一题" not in printed
    assert "评价" not in page.locator("body").inner_text()
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    assert len(sheets) == 1
    context.close()
