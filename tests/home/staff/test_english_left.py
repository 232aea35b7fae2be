"""Withdrawing a Chinese page: its English page stays public, which is told and offered."""

import pytest
from django.urls import reverse
from wagtail.models import Locale, Page

import home.roles
from home.models import NoticeIndexPage, NoticePage
from tests.home.factories import make_home, publish

from .desk.test_editing import Person

pytestmark = pytest.mark.django_db

STAYS = "英文页不会跟着撤下，仍然公开"
OFFER = "英文页也一起取消发布"


def translate(page: Page, title: str) -> Page:
    """The English page, and those above it, published."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    for each in [*page.get_ancestors(inclusive=True).filter(depth__gt=1)]:
        if not each.has_translation(english):
            copy = each.specific.copy_for_translation(english)
            copy.title = title if each.pk == page.pk else copy.title
            copy.save_revision().publish()
    return Page.objects.get(pk=page.get_translation(english).pk)


@pytest.fixture
def notice() -> NoticePage:
    home.roles.set_up_roles()
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    return publish(index, NoticePage(slug="one", title="放假通知"))


@pytest.fixture
def english(notice) -> Page:
    return translate(notice, "Holidays")


def is_live(page: Page) -> bool:
    return Page.objects.get(pk=page.pk).live


def unpublish_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:unpublish", args=[page.pk])


@pytest.mark.parametrize("is_ticked", [True, False])
def test_unpublishing_offers_the_english_page_too(admin_client, notice, english, is_ticked):
    asked = admin_client.get(unpublish_url(notice)).text
    assert STAYS in asked
    assert "Holidays" in asked
    assert OFFER in asked
    ticked = {"english_too": "on"} if is_ticked else {}
    answer = admin_client.post(unpublish_url(notice), ticked, follow=True).text
    assert not is_live(notice)
    assert is_live(english) is not is_ticked
    assert (unpublish_url(english) in answer) is not is_ticked


def test_nothing_is_said_where_there_is_no_english_page_or_it_is_the_one(admin_client, notice):
    assert "英文页" not in admin_client.get(unpublish_url(notice)).text
    english = translate(notice, "Holidays")
    assert STAYS not in admin_client.get(unpublish_url(english)).text
    english.unpublish()
    assert STAYS not in admin_client.get(unpublish_url(notice)).text


def test_pages_below_count_when_they_are_chosen(admin_client, notice, english):
    index, english_index = notice.get_parent(), english.get_parent()
    assert "下级页面的英文页1个" in admin_client.get(unpublish_url(index)).text
    admin_client.post(unpublish_url(index), {"english_too": "on"})
    assert (is_live(english_index), is_live(english)) == (False, True)
    NoticeIndexPage.objects.get(pk=index.pk).save_revision().publish()
    both = {"english_too": "on", "include_descendants": "on"}
    admin_client.post(unpublish_url(index), both)
    assert (is_live(notice), is_live(english)) == (False, False)


def test_the_trash_tells_of_the_english_page(admin_client, notice, english):
    address = reverse("wagtailadmin_pages:delete", args=[notice.pk])
    assert STAYS in admin_client.get(address).text
    answer = admin_client.post(address, follow=True).text
    assert "英文页“Holidays”仍然公开" in answer
    assert unpublish_url(english) in answer
    assert is_live(english)


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_so_do_actions_on_many_pages(admin_client, notice, english, action):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    address += f"?id={notice.pk}&next=/admin/"
    assert STAYS in admin_client.get(address).text
    assert "英文页“Holidays”仍然公开" in admin_client.post(address, follow=True).text
    assert is_live(english)


def test_who_may_not_unpublish_it_is_told_without_an_offer(notice, english):
    person = Person(home.roles.EDITOR)
    assert person.browser.get(unpublish_url(notice)).status_code == 302
    person.browser.post(unpublish_url(notice), {"english_too": "on"})
    assert is_live(notice)
    assert is_live(english)
