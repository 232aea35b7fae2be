"""Pages that are over say so; addresses of the site are not given to pages."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from home.models import PlainPage
from home.pages.slugs import belongs_to_the_site, free_slug

from .factories import make_area, make_home, publish

pytestmark = pytest.mark.django_db


def expired_page(above: Page | None = None) -> PlainPage:
    page = publish(above or make_home(), PlainPage(slug="fair", title="婚姻文化周"))
    page.expire_at = timezone.now() - datetime.timedelta(days=2)
    page.save_revision().publish()
    PlainPage.objects.filter(pk=page.pk).update(expire_at=page.expire_at, live=True, expired=False)
    call_command("publish_scheduled")
    return page


def test_an_expired_page_says_so_with_ways_on(client):
    page = expired_page()
    response = client.get("/fair/")
    assert response.status_code == 410
    html = response.content.decode()
    day = timezone.localtime(page.expire_at)
    assert f"“婚姻文化周”已于{day.year}年{day.month}月{day.day}日到期" in html
    assert 'href="/guides/"' in html
    assert client.get("/fair/more/").status_code == 404


def test_an_expired_page_points_to_its_section_but_not_to_the_home_page(client):
    area = make_area()
    expired_page(area)
    expired_page()
    assert f'可以看看<a href="{area.url}">' in client.get(f"{area.url}fair/").content.decode()
    assert "可以看看" not in client.get("/fair/").content.decode()


def test_an_unpublished_page_is_just_missing(client):
    publish(make_home(), PlainPage(slug="plain", title="页")).unpublish()
    assert client.get("/plain/").status_code == 404


def test_an_expired_page_for_some_names_itself_to_nobody_else(client):
    page = expired_page()
    restriction = PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.create(name="some"))
    response = client.get("/fair/")
    assert response.status_code in (302, 403, 404)
    assert "婚姻文化周" not in response.content.decode()


@pytest.mark.parametrize("slug", ["search", "admin", "figures", "marriage", "sitemap.xml"])
def test_addresses_of_the_site(slug):
    top = make_home()
    assert belongs_to_the_site(slug, top) is (slug != "sitemap.xml")
    below = publish(top, PlainPage(slug="page", title="页"))
    assert not belongs_to_the_site(slug, below)


def test_a_title_that_reads_like_an_address_of_the_site_gets_another():
    top = make_home()
    assert free_slug("search", top) == "search-2"
    assert not belongs_to_the_site("fair", top)
