"""A title is what is seen of it."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import NoticeIndexPage, NoticePage
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def address():
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    return f"/admin/pages/add/home/noticepage/{index.pk}/"


def form_with(title: str) -> dict:
    fields = {"title": title, "slug": "", "issued_on": "2026-01-01", "comments-TOTAL_FORMS": 0}
    fields |= {"comments-INITIAL_FORMS": 0, "body": streamfield([]), "related": streamfield([])}
    return nested_form_data(fields)


@pytest.mark.parametrize("title", ["\u200b\u0007", "\u2060 \u00ad", "\u3164"])
def test_a_title_of_nothing_visible_is_none(admin_client, address, title):
    answer = admin_client.post(address, form_with(title))
    assert "请填写标题" in answer.content.decode()
    assert not NoticePage.objects.exists()


def test_invisible_characters_in_a_title_go(admin_client, address):
    admin_client.post(address, form_with("端午\u200b放假"))
    assert NoticePage.objects.get().title == "端午放假"


def test_the_field_of_the_title_says_what_it_is(admin_client, address):
    assert 'placeholder="在这里写标题"' in admin_client.get(address).content.decode()


def test_every_screen_of_the_admin_has_the_name_of_the_site(admin_client):
    for address in ("/admin/", "/admin/nothing-there/"):
        title = admin_client.get(address).content.decode().partition("</title>")[0]
        assert title.rstrip().endswith("- 海珠民政")
