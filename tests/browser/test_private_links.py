"""Pages whose address is a key: a browser sends their forms, and the address to nobody else."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from home.models import PreviewComment, PreviewLink, Subscriber, Subscription
from home.subscriptions import announcing
from tests.home.factories import make_area, make_event

from .conftest import follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_somebody_without_an_account_comments_on_a_draft(page):
    event = make_event()
    link = PreviewLink.objects.create(page=event, purpose="给专家看")
    page.goto(link.get_absolute_url())
    page.fill("#id_text", "时间写错了")
    follow(page.get_by_role("button", name="交给编辑"))
    expect(page.locator("#comments")).to_contain_text("时间写错了")
    assert PreviewComment.objects.get().text == "时间写错了"


def test_a_reader_subscribes_confirms_and_ends_on_a_phone(page, live_server, settings):
    settings.MESSAGE_GATEWAYS = {"sms": "console", "mail": "mail"}
    settings.PUBLIC_BASE_URL = live_server.url
    make_area()
    page.goto("/subscriptions/")
    page.get_by_label("全部指南和政策").check()
    page.get_by_label("您的邮箱").fill("name@example.com")
    follow(page.get_by_role("button", name="订阅", exact=True))
    expect(page.locator("h1")).to_contain_text("请到邮箱确认")
    announcing.send()
    page.goto(re.search(r"http\S+/subscriptions/\S+", mail.outbox[-1].body)[0])
    follow(page.get_by_role("button", name="确认订阅"))
    expect(page.locator("h1")).to_have_text("已订阅")
    assert Subscription.objects.get().confirmed_at
    follow(page.get_by_role("link", name="查看我的订阅，退订"))
    follow(page.get_by_role("button", name="全部退订，删除我的邮箱"))
    expect(page.locator("h1")).to_have_text("已退订")
    assert not Subscriber.objects.exists()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
