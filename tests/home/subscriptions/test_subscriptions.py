"""Double opt-in, and mails that are sent once: what others got wrong, and what the law asks.

RFC 8058 (one-click unsubscription), RFC 5321 section 2.4 (capitals in addresses), PIPL arts. 6, 19
and 47. Public reports of the same faults: useSend 412, Mailtrain 1195, Rock 7034 (a link checker
that opens a link unsubscribes), emailflare 190 (the reader's own later click gets an error).
"""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from home.models import NoticePage
from home.models.subscriptions import (
    Announcement,
    Subscriber,
    Subscription,
    SubscriptionMail,
    SubscriptionSettings,
)
from home.subscriptions import announcing, rules
from home.subscriptions.forms import MailField
from tests.home.factories import make_area, make_event, make_home, publish

pytestmark = pytest.mark.django_db
ADDRESS = "chan.tai.man@example.com"
MORNING = datetime.datetime(2026, 3, 2, 1, 0, tzinfo=datetime.UTC)
"""9:00 in Guangzhou."""
NEXT = MORNING + datetime.timedelta(days=1)


@pytest.fixture(autouse=True)
def by_mail(settings, time_machine):
    settings.MESSAGE_GATEWAYS = {"sms": "console", "mail": "mail"}
    settings.PUBLIC_BASE_URL = "https://civil.example"
    time_machine.move_to(MORNING, tick=False)


@pytest.fixture
def area():
    return make_area()


@pytest.fixture
def page(area):
    index = make_event().get_parent()
    return publish(index, NoticePage(slug="notice", title="补贴提高", section=area))


def ask(client, what="all", address=ADDRESS, page="", **more):
    data = {"what": str(what), "email": address, "page": page}
    return client.post(reverse("home:subscribe"), data, **more)


def link(message, part="/subscriptions/") -> str:
    return re.search(rf"https://civil\.example({part}\S+)", message.body)[1]


def follow(client, what="all", address=ADDRESS, page="") -> None:
    """Asks and confirms from the mailbox."""
    assert ask(client, what, address, page).status_code == 302
    announcing.send()
    client.post(link(mail.outbox[-1]))
    mail.outbox.clear()


def tell(page, note="从7月起提高到200元", key="v:2", at=None) -> None:
    at = at or timezone.now()
    announcing.announce(page, key, note, f"{page.get_url_parts()[-1]}changes/?to=2", at)


def mailed(now) -> list:
    mail.outbox.clear()
    announcing.gather(now)
    announcing.send(now)
    return mail.outbox


def test_nothing_is_mailed_before_the_owner_of_the_box_has_agreed(client, page):
    ask(client)
    announcing.send()
    [asked] = mail.outbox
    assert asked.to == [ADDRESS]
    assert "请在3天内" in asked.body
    assert "List-Unsubscribe" not in asked.extra_headers
    tell(page)
    assert mailed(NEXT) == []

    opened = client.get(link(asked))
    assert "确认订阅" in opened.content.decode()
    assert Subscription.objects.get().confirmed_at is None  # A link checker opens links too.
    assert "已订阅" in client.post(link(asked)).content.decode()
    assert Subscription.objects.get().confirmed_at


def test_a_change_is_told_once_in_the_editors_words(client, page):
    follow(client)
    tell(page)
    [told] = mailed(NEXT)
    assert told.subject == "更新：补贴提高｜广州市海珠区民政局"
    assert "改了什么：从7月起提高到200元" in told.body
    assert "https://civil.example/notices/notice/changes/?to=2" in told.body
    tell(page)
    assert mailed(NEXT + datetime.timedelta(days=1)) == []


def test_the_changes_of_a_day_are_one_mail_at_the_set_hour(client, page, area):
    follow(client)
    tell(page, key="a", at=MORNING)
    tell(area, "换了电话", key="b", at=MORNING + datetime.timedelta(hours=2))
    evening = MORNING + datetime.timedelta(hours=14)
    assert mailed(evening) == []
    assert mailed(NEXT - datetime.timedelta(minutes=61)) == []  # 7:59
    [told] = mailed(NEXT - datetime.timedelta(minutes=60))  # 8:00
    assert told.subject == "更新：补贴提高等2页｜广州市海珠区民政局"
    assert told.body.index("从7月起提高到200元") < told.body.index("换了电话")


def test_what_was_published_before_the_subscription_is_not_told(client, page):
    tell(page, at=MORNING - datetime.timedelta(minutes=1))
    follow(client)
    assert mailed(NEXT) == []


@pytest.mark.parametrize(
    ("followed", "is_told"),
    [("page", True), ("section", True), ("above", True), ("other", False), ("all", True)],
)
def test_who_follows_what_is_told(client, page, area, followed, is_told):
    other = make_area("funeral", "殡葬")
    keys = {"page": page, "section": area, "other": other, "above": make_home()}
    thing = keys.get(followed)
    rules.ask(ADDRESS, thing)
    rules.confirm(Subscription.objects.get())
    announcing.send()
    tell(page)
    assert bool(mailed(NEXT)) is is_told


def test_somebody_who_follows_page_section_and_all_gets_one_mail(client, page, area):
    for thing in (page, area, None):
        rules.ask(ADDRESS, thing)
    for subscription in Subscription.objects.all():
        rules.confirm(subscription)
    announcing.send()
    tell(page)
    assert len(mailed(NEXT)) == 1


@pytest.mark.parametrize("state", ["taken down", "restricted"])
def test_a_page_that_is_not_public_any_more_is_not_told_of(client, page, state):
    follow(client)
    tell(page)
    if state == "taken down":
        page.unpublish()
    else:
        page.view_restrictions.create(restriction_type="login")
    assert mailed(NEXT) == []


def test_what_was_withdrawn_before_the_mail_is_not_told(client, page):
    follow(client)
    tell(page)
    announcing.withdraw("v:2")
    assert mailed(NEXT) == []


def test_one_click_unsubscribes_as_rfc_8058_says(client, page):
    follow(client)
    tell(page)
    [told] = mailed(NEXT)
    assert told.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = told.extra_headers["List-Unsubscribe"]
    assert re.fullmatch(r"<https://civil\.example/subscriptions/[\w-]+/>", address)
    path = address[len("<https://civil.example") : -1]
    # Section 3.2: a POST without cookies, and no redirect. Opening it ends nothing.
    program = Client(enforce_csrf_checks=True)
    assert program.get(path).status_code == 200
    assert Subscriber.objects.exists()
    answer = program.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert not Subscriber.objects.exists()
    assert not SubscriptionMail.objects.exists()
    # The reader clicks too, later: that nothing is left is all that can be told.
    assert program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert "可能已经退订过" in client.get(path).content.decode()


def test_one_of_two_subscriptions_is_ended_alone(client, page, area):
    follow(client)
    follow(client, area.pk)
    first, second = Subscription.objects.order_by("pk")
    path = reverse("home:subscriptions_of", args=[first.subscriber.token])
    shown = client.post(path, {"stop": str(first.pk)}).content.decode()
    assert "这一项已经退订" in shown
    assert list(Subscription.objects.all()) == [second]
    other = Subscriber.objects.create(address_hash="x", encrypted="")
    foreign = Subscription.objects.create(subscriber=other)
    client.post(path, {"stop": str(foreign.pk)})
    client.post(path, {"stop": "9" * 15})
    assert Subscription.objects.count() == 2


def test_a_link_that_ends_nothing_does_not_say_so(client, page):
    follow(client)
    subscriber = Subscriber.objects.get()
    link = reverse("home:subscriptions_of", args=[subscriber.token])
    cut = client.get(link[:-2] + "/")
    assert cut.status_code == 410
    assert "已退订" not in cut.content.decode()
    unknown = client.post(link, {"stop": "999999"}).content.decode()
    assert "已经退订" not in unknown
    assert Subscription.objects.exists()


def test_known_and_unknown_addresses_get_the_same_answer(client, area):
    follow(client)
    answers = []
    for address in (ADDRESS, "nobody@example.com", ADDRESS.upper()):
        asked = ask(client, address=address)
        shown = client.get(asked.url)
        answers.append((asked.status_code, asked.url, shown.content))
    assert len(set(answers)) == 1
    assert SubscriptionMail.objects.filter(state="queued").count() == 3
    announcing.send()
    assert "您已经订阅了" in mail.outbox[0].subject
    assert Subscriber.objects.count() == 2


def test_an_address_is_encrypted_and_found_by_a_keyed_hash(client, area):
    follow(client)
    subscriber = Subscriber.objects.get()
    assert subscriber.address == ADDRESS
    for model in (Subscriber, SubscriptionMail, Subscription):
        for row in model.objects.values():
            assert ADDRESS not in str(row)
    assert subscriber.masked_address == "ch***@example.com"
    assert rules.known("  CHAN.tai.man@EXAMPLE.com ") == subscriber


def test_an_unconfirmed_address_is_gone_after_the_days(client, area):
    ask(client)
    announcing.send()
    late = MORNING + datetime.timedelta(days=3, seconds=1)
    rules.forget_old(late - datetime.timedelta(seconds=2))
    assert Subscriber.objects.exists()
    rules.forget_old(late)
    for model in (Subscriber, Subscription, SubscriptionMail):
        assert not model.objects.exists()


def test_a_confirmed_address_stays_and_its_mails_go(client, page):
    follow(client)
    tell(page)
    mailed(NEXT)
    rules.forget_old(NEXT + rules.MAILS_KEPT + datetime.timedelta(days=1))
    assert Subscriber.objects.exists()
    assert not SubscriptionMail.objects.exists()
    assert not Announcement.objects.exists()


def test_a_link_to_confirm_expires_and_cannot_be_made_up(client, area, time_machine):
    ask(client)
    announcing.send()
    path = link(mail.outbox[0])
    assert client.post(path[:-2] + "A/").status_code == 410
    time_machine.move_to(MORNING + datetime.timedelta(days=3, seconds=2), tick=False)
    shown = client.post(path)
    assert shown.status_code == 410
    assert "已经失效" in shown.content.decode()
    assert Subscription.objects.get().confirmed_at is None


def test_somebody_elses_box_is_not_flooded(client, area):
    for _ in range(5):
        assert ask(client).status_code == 302
    assert SubscriptionMail.objects.count() == 3


def test_one_visitor_and_all_visitors_are_limited(client, area):
    SubscriptionSettings.objects.create(
        site=make_home().get_site(), requests_an_hour=2, requests_an_hour_in_all=3
    )
    for number in range(2):
        assert ask(client, address=f"a{number}@example.com").status_code == 302
    refused = ask(client, address="third@example.com")
    assert refused.status_code == 429
    assert 'value="third@example.com"' in refused.content.decode()
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert ask(client, address="b@example.com", **elsewhere).status_code == 302
    assert ask(client, address="c@example.com", **elsewhere).status_code == 429
    assert Subscriber.objects.count() == 3


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "请填写邮箱"),
        ("someone", "邮箱的格式不对"),
        ("a@b", "邮箱的格式不对"),
        ("a@localhost", "邮箱的格式不对"),
        ("a@[127.0.0.1]", "邮箱的格式不对"),
        ("a@example.com\nBcc: b@example.com", "邮箱的格式不对"),
        ("a@" + "b" * 260 + ".com", "邮箱"),
    ],
)
def test_what_is_no_address_is_refused_in_words(client, area, typed, words):
    answer = ask(client, address=typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Subscriber.objects.exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("name＠example.com", "name@example.com"),
        ("ｎａｍｅ@example。com", "name@example.com"),
        (" name@example.com\u200b", "name@example.com"),
    ],
)
def test_full_width_characters_are_read_as_meant(typed, meant):
    assert MailField().clean(typed) == meant


@pytest.mark.parametrize("what", ["", "0", "999999", "none"])
def test_what_is_not_on_offer_is_refused(client, area, what):
    assert ask(client, what).status_code == 422


def test_the_form_offers_the_page_its_section_and_everything(client, page, area, monkeypatch):
    monkeypatch.setattr(NoticePage, "announces_changes", True)
    make_area("funeral", "殡葬")
    shown = client.get(reverse("home:subscribe"), {"page": page.url}).content.decode()
    assert "只要这一页：补贴提高" in shown
    assert "婚姻登记的指南和政策" in shown
    assert "殡葬" not in shown.split('<form method="post" action="/subscriptions/"')[1]
    follow(client, page.pk, page=page.url)
    assert Subscription.objects.get().page_id == page.pk
    plain = client.get(reverse("home:subscribe")).content.decode()
    assert "殡葬的指南和政策" in plain


def test_a_page_whose_changes_are_not_told_is_not_on_offer(client, page):
    assert "只要这一页" not in client.get(f"/subscriptions/?page={page.url}").content.decode()
    assert ask(client, page.pk, page=page.url).status_code == 422


@pytest.mark.parametrize("path", ["//x", "/\\x", "http://[", "/nothing/", "x" * 4000, "/../"])
def test_an_odd_page_gives_the_general_form(client, area, path):
    assert client.get("/subscriptions/", {"page": path}).status_code == 200


def test_a_private_address_is_hidden_from_search_and_other_sites(client, area):
    follow(client)
    path = reverse("home:subscriptions_of", args=[Subscriber.objects.get().token])
    answer = client.get(path)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-store" in answer["Cache-Control"]


def test_a_mail_that_fails_is_tried_again_and_not_lost(client, page, monkeypatch):
    follow(client)
    tell(page)
    announcing.gather(NEXT)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda self: 1 / 0)
    announcing.send(NEXT)
    monkeypatch.undo()
    row = SubscriptionMail.objects.latest("pk")
    assert (row.state, row.last_error) == ("queued", "ZeroDivisionError")
    assert ADDRESS not in row.last_error


def test_staff_see_counts_and_masks_and_delete_on_request(admin_client, client, page):
    follow(client)
    tell(page)
    address = reverse("subscriptions")
    shown = admin_client.get(address).content.decode()
    assert "已确认的邮箱：1个" in shown
    assert "ch***@example.com" in shown
    assert "从7月起提高到200元" in shown
    assert ADDRESS not in shown
    wrong = admin_client.post(address, {"email": "other@example.com"})
    assert wrong.status_code == 422
    assert "没有这个邮箱的订阅" in wrong.content.decode()
    admin_client.post(address, {"email": ADDRESS})
    assert not Subscriber.objects.exists()
