"""Addresses from titles with spaces, digits and letters, made on the server alone."""

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import NoticeIndexPage, NoticePage
from home.pages.slugs import rename_unreadable_pages, slug_from
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def notices():
    return publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("2026年春节放假", "2026-nian-chun-jie-fang-jia"),
        ("放假 通知", "fang-jia-tong-zhi"),
        ("使用App预约", "shi-yong-app-yu-yue"),
        ("！！", "page"),
    ],
)
def test_slugs_from_titles(title, slug):
    assert slug_from(title) == slug


def form_of(title: str, slug: str = "") -> dict:
    return nested_form_data(
        {
            "title": title,
            "slug": slug,
            "issued_on": "2026-05-01",
            "issuer": "民政局",
            "body": streamfield([]),
            "related": streamfield([]),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0},
        }
    )


def test_the_form_asks_no_script_for_the_slug(admin_client, notices):
    html = admin_client.get(f"/admin/pages/add/home/noticepage/{notices.pk}/").content.decode()
    assert "w-sync#apply" not in html


def test_two_pages_of_one_title_get_two_addresses(admin_client, notices):
    add = reverse("wagtailadmin_pages:add", args=["home", "noticepage", notices.pk])
    for _ in range(2):
        admin_client.post(add, form_of("2026 年通知"))
    slugs = set(NoticePage.objects.values_list("slug", flat=True))
    assert slugs == {"2026-nian-tong-zhi", "2026-nian-tong-zhi-2"}


def test_a_public_page_keeps_its_address_when_the_field_is_emptied(admin_client, notices):
    page = publish(notices, NoticePage(slug="kept", title="标题"))
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    admin_client.post(edit, form_of("新标题") | {"action-publish": "x"})
    assert NoticePage.objects.get().slug == "kept"


def test_addresses_of_the_past_are_renamed_and_lead_on(client, committed, notices):
    bad = publish(notices, NoticePage(slug="2026", title="2026年安排"))
    worse = publish(notices, NoticePage(slug="-", title="放假 通知"))
    good = publish(notices, NoticePage(slug="2025", title="2025"))
    worse.title = "放假的通知"
    worse.save_revision()
    with committed():
        assert rename_unreadable_pages() == 2
    answer = client.get("/notices/2026/")
    assert (answer.status_code, answer["Location"]) == (301, "/notices/2026-nian-an-pai/")
    worse = Page.objects.get(pk=worse.pk)
    worse.get_latest_revision().publish()
    assert Page.objects.get(pk=worse.pk).slug == "fang-jia-tong-zhi"
    assert Page.objects.get(pk=good.pk).slug == "2025"
    assert bad.pk
    assert rename_unreadable_pages() == 0
