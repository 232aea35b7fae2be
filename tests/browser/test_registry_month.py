"""A whole month of the registry, in a browser: plans and a peak day, a half day that closes,
a divorce from its first visit to the certificate, a ban and its end."""

from datetime import date, datetime, time, timedelta

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from marriage import jobs
from marriage.desk import day_end
from marriage.messages import outbox
from marriage.models import Acceptance, Booking, Office, PeakDay, Service, Slot, WeeklyTemplate
from marriage.models.states import State
from marriage.planning import closures, slot_generation
from marriage.roles import CLERK, MANAGER, set_up_roles
from tests.marriage.factories import (
    make_booking,
    make_office,
    make_service,
    make_working_days,
)
from tests.marriage.steps import last_code

from .conftest import VIEWPORTS, follow
from .test_registry_day import PASSWORD, log_in, press, receive, tick_all, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FIRST = date(2026, 6, 8)  # A Monday.


@pytest.fixture
def clock(time_machine):
    """Moves everything to an hour of a day of the month."""

    def move(days: int, hour: int = 9) -> date:
        day = FIRST + timedelta(days=days)
        time_machine.move_to(timezone.make_aware(datetime.combine(day, time(hour))), tick=True)
        return day

    move(0)
    return move


@pytest.fixture
def services(clock, django_user_model):
    set_up_roles()
    for name, group in (("clerk", CLERK), ("manager", MANAGER)):
        user = django_user_model.objects.create_user(name, password=PASSWORD)
        user.groups.add(Group.objects.get(name=group))
    make_working_days(FIRST, 90)
    kinds = Service.Kind
    services = {
        kinds.MARRIAGE: make_service(slug="marriage", asks_residence=False, asks_origin=False),
        kinds.DIVORCE_APPLICATION: make_service(kind=kinds.DIVORCE_APPLICATION, title="申请"),
        kinds.DIVORCE_CERTIFICATE: make_service(
            kind=kinds.DIVORCE_CERTIFICATE,
            title="领证",
            slug="certificate",
            asks_residence=False,
        ),
    }
    office = make_office(*services.values(), code="month")
    for service in services.values():
        for weekday in range(5):
            WeeklyTemplate.objects.create(
                office=office,
                service=service,
                weekday=weekday,
                start=time(9),
                end=time(17),
                slot_minutes=60,
                capacity=2,
            )
    slot_generation.generate(FIRST, FIRST)
    return services


def slot_of(service, day, hour=9):
    return Slot.objects.get(service=service, date=day, start=time(hour))


def citizen(chromium, live_server):
    context = chromium.new_context(
        base_url=live_server.url, viewport=VIEWPORTS["phone"], locale="zh-CN"
    )
    context.set_default_timeout(15_000)
    return context.new_page()


def test_a_month(desktop_page, chromium, live_server, services, clock):
    page, phone = desktop_page, citizen(chromium, live_server)
    marriage = services[Service.Kind.MARRIAGE]
    office = Office.objects.get()

    # Monday: the manager makes the slots, and plans a peak day that comes out on Friday.
    log_in(page, "manager")
    page.goto(reverse("marriage_staff:capacity"))
    follow(page.get_by_role("button", name="生成到"))
    peak_day = FIRST + timedelta(days=17)
    page.goto(reverse("marriage_peak_days:add"))
    page.fill("input[name=date]", peak_day.isoformat())
    page.keyboard.press("Escape")
    page.fill("input[name=title]", "好日子")
    page.fill("input[name=release_at]", f"{FIRST + timedelta(days=4)} 08:30")
    page.keyboard.press("Escape")
    page.fill("input[name=per_telephone]", "1")
    press(page, "创建")
    assert PeakDay.objects.get().until == peak_day
    slot = slot_of(marriage, peak_day)
    phone.goto(f"/marriage/services/{marriage.slug}/")
    to_the_calendar(phone, office)
    expect(phone.get_by_text("6月12日08:30放号")).to_be_visible()
    expect(phone.locator("a", has_text="25日")).to_have_count(0)

    # A half day of the next week closes: the manager sees whom it concerns before they know.
    early = make_booking(slot_of(marriage, FIRST + timedelta(days=8), 9))
    late = make_booking(slot_of(marriage, FIRST + timedelta(days=8), 14))
    page.goto(reverse("marriage_staff:day", args=[office.pk, late.slot.date.isoformat()]))
    page.get_by_label("下午").check()
    page.get_by_label("原因").fill("设备检修")
    press(page, "停办")
    expect(page.get_by_text("会受影响的预约（共1个）")).to_be_visible()
    assert not late.messages.exists()
    press(page, "确认，并通知这1个预约的当事人")
    page.get_by_role("link", name="全部勾选").click()
    press(page, "把勾选的改到之后最近的空位")
    expect(page.get_by_text("已改期1个预约")).to_be_visible()
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.state, late.state) == (State.BOOKED, State.BOOKED)
    assert late.slot.date > early.slot.date

    # The first visit of a divorce.
    applying = make_booking(
        slot_of(services[Service.Kind.DIVORCE_APPLICATION], FIRST), materials_ticked=[]
    )
    log_in(page, "clerk")
    receive(page, applying)
    press(page, "开始办理")
    tick_all(page)
    press(page, "受理，生成回执")
    receipt = Acceptance.objects.get()
    assert receipt.receipt_number == f"HZ{FIRST:%Y%m%d}-001"

    # Friday: the peak day is out.
    clock(4, 9)
    phone.goto("/marriage/day/")
    expect(phone.get_by_text("08:30放号")).to_have_count(0)
    expect(phone.locator("a", has_text="25日").first).to_be_visible()
    assert slot.capacity == 2

    # One couple misses two appointments, and the manager lifts the ban.
    missed = [make_booking(slot_of(marriage, FIRST + timedelta(days=days))) for days in (9, 10)]
    people = {party.position: party.person_hash for party in missed[0].parties.all()}
    clock(10, 20)
    day_end.mark_no_shows(timezone.now() + timedelta(days=1))
    for party in missed[1].parties.all():
        party.person_hash = people[party.position]
        party.encrypted = missed[0].parties.get(position=party.position).encrypted
        party.save()
    Booking.objects.filter(pk__in=[each.pk for each in missed]).update(trust=1)
    log_in(page, "manager")
    page.goto(reverse("marriage_staff:bans"))
    expect(page.get_by_text("不能网上预约").first).to_be_visible()
    page.get_by_label("解除的原因").first.fill("住院，有证明")
    follow(page.get_by_role("button", name="解除").first)
    expect(page.get_by_text("现在没有人被暂停预约").or_(page.get_by_text("住院"))).to_be_visible()

    # After the cooling-off time the couple books the second visit on a telephone.
    day = clock(34)
    jobs.make_slots()
    couple = [party.person for party in applying.parties.all()]
    phone.goto("/marriage/services/certificate/")
    follow(phone.get_by_role("button", name="开始预约"))
    follow(phone.get_by_role("button", name="放弃，重新开始"))
    phone.get_by_label("受理回执编号").fill("R1")
    phone.get_by_label("受理日期").fill(FIRST.isoformat())
    follow(phone.get_by_role("button", name="下一步"))
    expect(phone.get_by_text("回执编号太短").first).to_be_visible()
    phone.get_by_label("受理回执编号").fill(receipt.receipt_number)
    phone.get_by_label(office.name).check()
    follow(phone.get_by_role("button", name="下一步"))
    phone.get_by_label("内地居民", exact=True).check()
    follow(phone.get_by_role("button", name="下一步"))
    phone.get_by_label("两本都在").check()
    follow(phone.get_by_role("button", name="下一步"))
    follow(phone.get_by_role("button", name="知道了"))
    follow(phone.locator(".soonest a"))
    follow(phone.locator("button.time").first)
    for person in couple:
        phone.get_by_label("姓名").fill(person["name"])
        phone.get_by_label("身份证号码").fill(person["id_number"])
        phone.get_by_label("手机号码").fill(person["phone"])
        follow(phone.get_by_role("button", name="下一步"))
    follow(phone.get_by_role("button", name="发送验证码"))
    phone.get_by_label("短信里的6位验证码").fill(last_code())
    follow(phone.get_by_role("button", name="下一步"))
    follow(phone.get_by_role("button", name="确认预约"))
    second = Booking.objects.get(service=services[Service.Kind.DIVORCE_CERTIFICATE])
    assert second.slot.date > day
    outbox.drain(now=timezone.now())

    # The certificate is given; the ledger says so, and nothing is left open.
    clock((second.slot.date - FIRST).days, 9)
    log_in(page, "clerk")
    receive(page, second)
    press(page, "开始办理")
    second.materials_ticked = [item["title"] for item in second.checklist]
    second.save(update_fields=["materials_ticked"])
    visit(page, second)
    press(page, "办结")
    page.goto(reverse("marriage_staff:receipts"))
    expect(page.locator(".desk__table")).to_contain_text("已领证")
    jobs.close_receipts()
    day_end.mark_no_shows()
    assert closures.to_settle().count() == 0
    receipt.refresh_from_db()
    assert receipt.finished_on == second.slot.date


def to_the_calendar(phone, office):
    """Through the questions of a marriage to the choice of a day."""
    follow(phone.get_by_role("button", name="开始预约"))
    for _ in range(6):
        if "/questions/" not in phone.url:
            break
        phone.locator("input[type=radio], input[type=checkbox]").first.check()
        follow(phone.get_by_role("button", name="下一步"))
    follow(phone.get_by_role("button", name="知道了"))
    phone.get_by_label(office.name).check()
    follow(phone.get_by_role("button", name="下一步"))
