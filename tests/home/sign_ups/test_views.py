"""What a citizen does to sign up and to withdraw, and what staff see."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry

import home.roles
from home.models import SectionPermission, SignUp
from home.sign_ups.rules import sign_up
from tests.home.factories import make_area

from ..factories import make_event

pytestmark = pytest.mark.django_db
PERSON = {"name": "张三丰", "phone": "138 0000 0001"}


def staff(name: str, group: str) -> Client:
    home.roles.set_up_roles()
    user = get_user_model().objects.create_user(name)
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user)
    return client


def test_a_citizen_signs_up_and_withdraws(client):
    event = make_event()
    assert "我要报名" in client.get(event.url).content.decode()
    done = client.post(f"{event.url}sign-up/", PERSON, follow=True)
    entry = SignUp.objects.get()
    html = done.content.decode()
    assert entry.reference in html
    assert "张三丰" not in html
    assert "13800000001" not in html
    assert entry.reference not in done.request["PATH_INFO"] + done.request["QUERY_STRING"]
    found = client.post("/notices/sign-ups/", {"reference": entry.reference.lower()})
    assert "确定退出" in found.content.decode()
    assert SignUp.objects.exists()
    gone = client.post("/notices/sign-ups/", {"reference": entry.reference, "confirm": "yes"})
    assert "已退出" in gone.content.decode()
    assert not SignUp.objects.exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": "", "phone": "13800000001"}, "请填写姓名"),
        ({"name": "张三", "phone": "138"}, "您输入了3位"),
        ({"name": "张三7", "phone": "13800000001"}, "姓名里不要有"),
        ({"name": "张" * 31, "phone": "1" * 5000}, "姓名最多30个字"),
        ({"name": "张三", "phone": "12345678901"}, "这不是手机号码"),
    ],
)
def test_what_cannot_be_right_is_refused_and_cached(client, typed, words):
    event = make_event()
    response = client.post(f"{event.url}sign-up/", typed)
    assert response.status_code == 422
    assert words in response.content.decode()
    assert typed["phone"][:20] in response.content.decode()
    assert not SignUp.objects.exists()


def test_a_full_event_offers_no_form(client):
    event = make_event(places=1)
    sign_up(event, "李四", "13900000000")
    html = client.get(f"{event.url}sign-up/").content.decode()
    assert "名额已满" in html
    assert "<form method" not in html.split("<main", 1)[1]
    late = client.post(f"{event.url}sign-up/", PERSON)
    assert late.status_code == 409
    assert "名额已满" in late.content.decode()


@pytest.mark.django_db(transaction=True)
def test_the_last_place_shows_at_once_on_the_cached_page(client):
    event = make_event(places=1)
    assert "报名中" in client.get(event.url).content.decode()
    entry = sign_up(event, "李四", "13900000000")
    assert "名额已满" in client.get(event.url).content.decode()
    client.post("/notices/sign-ups/", {"reference": entry.reference, "confirm": "yes"})
    assert "报名中" in client.get(event.url).content.decode()


def test_an_event_without_sign_up_has_no_form(client):
    event = make_event(sign_up_required=False, sign_up_online=False)
    assert "我要报名" not in client.get(event.url).content.decode()
    assert "不在网上报名" in client.get(f"{event.url}sign-up/").content.decode()
    assert client.get("/notices/no-such/sign-up/").status_code == 404


def test_trying_too_often_is_slowed_down(client):
    make_event()
    codes = [
        client.post("/notices/sign-ups/", {"reference": f"BM-2222-{n:04}"}).status_code
        for n in range(12)
    ]
    assert codes[0] == 422
    assert codes[-1] == 429


def test_editors_see_masked_people_and_reviewers_one_at_a_time_on_record():
    event = make_event()
    entry = sign_up(event, "张三丰", "13800000001")
    address = f"/admin/sign-ups/{event.pk}/"
    editor, reviewer = staff("e", home.roles.EDITOR), staff("r", home.roles.REVIEWER)
    html = editor.get(address).content.decode()
    assert "138****0001" in html
    assert "张三丰" not in html
    see = {"do": "see", "reference": entry.reference}
    # Wagtail answers a refusal with the way back to the first page.
    assert editor.post(address, see).status_code == 302
    assert "13800000001" in reviewer.post(address, see).content.decode()
    seen = PageLogEntry.objects.get(page=event.pk, action="home.sign_up_seen")
    assert seen.data == {"reference": entry.reference}
    history = reviewer.get(f"/admin/pages/{event.pk}/history/").content.decode()
    assert "查看了一位报名人" in history
    assert event.title in editor.get("/admin/sign-ups/").content.decode()
    reviewer.post(address, {"do": "remove", "reference": entry.reference})
    assert not SignUp.objects.exists()


def test_staff_of_another_section_see_nobody():
    event = make_event(section=make_area("marriage"))
    editor = staff("e", home.roles.EDITOR)
    SectionPermission.objects.create(
        group=Group.objects.get(name=home.roles.EDITOR), section=make_area("charity", "慈善")
    )
    assert editor.get(f"/admin/sign-ups/{event.pk}/").status_code == 302
    assert event.title not in editor.get("/admin/sign-ups/").content.decode()


def test_the_list_of_events_asks_no_more_for_more_events(django_assert_max_num_queries):
    make_event()
    editor = staff("e", home.roles.EDITOR)
    editor.get("/admin/sign-ups/")
    with CaptureQueriesContext(connection) as one:
        editor.get("/admin/sign-ups/")
    for number in range(4):
        make_event(slug=f"lecture-{number}")
    with django_assert_max_num_queries(len(one)):
        editor.get("/admin/sign-ups/")
