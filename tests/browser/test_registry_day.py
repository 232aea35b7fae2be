"""A whole working day of the registry, in a browser: every outcome at the desk, the waiting
room beside it, and what the manager finds in the evening."""

import re
from collections import Counter
from datetime import time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marriage.models import Acceptance, Booking, RefusalReason, Service, Slot
from marriage.models.states import State
from marriage.roles import CLERK, MANAGER, set_up_roles
from tests.marriage.factories import (
    make_booking,
    make_id_number,
    make_office,
    make_open_days,
    make_service,
)

from .conftest import VIEWPORTS, follow

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "somebody-of-the-registry"


@pytest.fixture
def slots():
    """{kind of service: its slot of today}, and a slot of next week for those who call."""
    today = timezone.localdate()
    make_open_days(today - timedelta(days=70), 140)
    services = {
        kind: make_service(kind=kind, title=title)
        for kind, title in (
            (Service.Kind.MARRIAGE, "结婚登记"),
            (Service.Kind.DIVORCE_APPLICATION, "离婚登记申请"),
            (Service.Kind.DIVORCE_CERTIFICATE, "离婚登记领证"),
        )
    }
    office = make_office(*services.values(), code="day")
    days = {kind: (service, today) for kind, service in services.items()}
    days["later"] = (services[Service.Kind.MARRIAGE], today + timedelta(days=7))
    RefusalReason.objects.all().delete()
    RefusalReason.objects.create(
        kind="not_registered", text="有一方未到法定婚龄", basis="《民法典》第一千零四十七条"
    )
    return {
        key: Slot.objects.create(
            office=office, service=service, date=day, start=time(0), end=time(23, 59), capacity=9
        )
        for key, (service, day) in days.items()
    }


@pytest.fixture
def people(django_user_model):
    set_up_roles()
    for name, group in (("clerk", CLERK), ("manager", MANAGER)):
        user = django_user_model.objects.create_user(name, password=PASSWORD)
        user.groups.add(Group.objects.get(name=group))


def log_in(page, name):
    page.context.clear_cookies()
    page.goto(reverse("wagtailadmin_login"))
    page.fill("#id_username", name)
    page.fill("#id_password", PASSWORD)
    follow(page.locator("button[type=submit]"))


def visit(page, booking):
    page.goto(reverse("marriage_staff:visit", args=[booking.pk]))


def press(page, name):
    follow(page.get_by_role("button", name=name, exact=True))


def receive(page, booking):
    visit(page, booking)
    press(page, "报到")
    booking.refresh_from_db()


def tick_all(page):
    page.locator("input[name=material]").first.check()
    press(page, "保存核对结果")
    expect(page.get_by_text("材料齐全").first).to_be_visible()


def test_a_working_day(desktop_page, chromium, live_server, people, slots):
    page = desktop_page
    married, refused, missed = (
        make_booking(slots[Service.Kind.MARRIAGE], materials_ticked=[]) for _ in range(3)
    )
    applying = make_booking(slots[Service.Kind.DIVORCE_APPLICATION], materials_ticked=[])
    finishing = make_booking(slots[Service.Kind.DIVORCE_CERTIFICATE], materials_ticked=[])
    log_in(page, "clerk")
    expect(page.get_by_text("5 未到")).to_be_visible()
    hall = chromium.new_context(base_url=live_server.url, viewport=VIEWPORTS["desktop"]).new_page()

    # A wedding: received, called, its papers ticked, the certificate given.
    receive(page, married)
    hall.goto(reverse("marriage:hall", args=["day"]))
    expect(hall.get_by_text(married.display_ticket)).to_be_visible()
    page.get_by_label("窗口").fill("3")
    press(page, "叫号")
    hall.reload()
    expect(hall.locator("body")).to_contain_text(re.compile(rf"{married.display_ticket}\s*3号窗口"))
    press(page, "开始办理")
    press(page, "办结")
    expect(page.get_by_text("还有材料没有勾选")).to_be_visible()
    tick_all(page)
    press(page, "办结")
    expect(page.locator(".desk__day .desk__state--done")).to_be_visible()

    # A couple too young: refused with the article, and a notice to take home.
    receive(page, refused)
    press(page, "开始办理")
    follow(page.get_by_role("button", name="不能办理"))
    press(page, "登记，打印告知单")
    expect(page.get_by_text("请选择结果")).to_be_visible()
    page.get_by_label("不予登记").check()
    page.get_by_label("有一方未到法定婚龄").check()
    press(page, "登记，打印告知单")
    expect(page.get_by_text("依据：《民法典》第一千零四十七条")).to_be_visible()

    # A first visit ends with a receipt.
    receive(page, applying)
    press(page, "开始办理")
    tick_all(page)
    press(page, "受理，生成回执")
    receipt = Acceptance.objects.get(booking=applying)
    expect(page.get_by_role("heading", name=f"受理回执 {receipt.receipt_number}")).to_be_visible()

    # A second visit with the paper of another system, mistyped at first.
    receive(page, finishing)
    press(page, "开始办理")
    accepted = timezone.localdate() - timedelta(days=40)
    page.get_by_label("纸质回执编号").fill("R1")
    page.get_by_label("受理日期").fill(accepted.isoformat())
    page.get_by_label("已看回执原件").check()
    press(page, "登记纸质回执")
    expect(page.get_by_text("回执编号太短")).to_be_visible()
    assert page.get_by_label("受理日期").input_value() == accepted.isoformat()
    page.get_by_label("纸质回执编号").fill("SZ-2026-0077")
    press(page, "登记纸质回执")
    tick_all(page)
    press(page, "办结")
    finishing.refresh_from_db()
    assert finishing.state == State.DONE
    assert Acceptance.objects.get(receipt_number="SZ-2026-0077").finished_on

    # Somebody walks in, somebody calls, somebody does not come.
    page.goto(reverse("marriage_staff:walk_in"))
    page.get_by_label("业务").select_option(label="结婚登记")
    fill_couple(page)
    press(page, "取号并报到")
    expect(page.locator(".desk__day .desk__state--checked_in")).to_be_visible()
    day = slots["later"].date
    page.goto(f"{reverse('marriage_staff:caller')}?day={day.isoformat()}")
    page.locator("input[name=slot]").first.check()
    fill_couple(page)
    page.get_by_label("甲方手机号码").fill("13900001111")
    press(page, "预约")
    expect(page.get_by_text("请读给来电人听")).to_be_visible()
    visit(page, missed)
    press(page, "未到（爽约）")
    page.goto(reverse("marriage_staff:desk"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280

    assert Counter(Booking.objects.values_list("state", flat=True)) == {
        State.DONE: 3,
        State.REFUSED: 1,
        State.NO_SHOW: 1,
        State.CHECKED_IN: 1,
        State.BOOKED: 1,
    }

    # In the evening the manager reads what happened; nobody's number is on any screen.
    log_in(page, "manager")
    for name, words in (
        ("desk", "1 爽约"),
        ("statistics", "结婚登记"),
        ("audit", "核对材料"),
        ("receipts", receipt.receipt_number),
        ("messages", "139****1111"),
    ):
        page.goto(reverse(f"marriage_staff:{name}"))
        expect(page.locator(".desk").first).to_contain_text(words)
        for party in applying.parties.all():
            assert party.person["id_number"] not in page.content()
    visit(page, Booking.objects.get(state=State.BOOKED))
    expect(page.get_by_text("通知：预约成功")).to_be_visible()


def fill_couple(page):
    for side, man in (("甲方", True), ("乙方", False)):
        page.get_by_label(f"{side}姓名").fill("王示例" if man else "李示例")
        page.get_by_label(f"{side}证件号码").fill(make_id_number(man=man))
