"""Kept pages are right at once after each change, and nobody's own page is ever kept."""

import gzip
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from wagtail.models import Page, Site

from home import page_cache
from home.models import PlainPage, SiteSettings

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def site_page(settings):
    settings.PAGE_CACHE_SECONDS = 600
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    home = root.add_child(instance=PlainPage(title="首页", slug="cache-home"))
    Site.objects.all().delete()
    site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    SiteSettings.for_site(site)  # Made on first use, which is a change of content.
    return home.add_child(instance=PlainPage(title="旧题", slug="kept"))


def text(client, address="/kept/", **kwargs) -> str:
    return client.get(address, **kwargs).content.decode()


def test_a_page_is_made_once(site_page, client, django_assert_num_queries):
    first = text(client)
    assert "旧题" in first
    with django_assert_num_queries(0):
        second = client.get("/kept/")
    assert second.content.decode() == first
    assert second["Content-Security-Policy"]


def test_a_publication_is_seen_at_once(site_page, client):
    text(client)
    site_page.title = "新题"
    site_page.save_revision().publish()
    assert "新题" in text(client)


def test_an_unpublished_page_is_gone_at_once(site_page, client):
    text(client)
    site_page.unpublish()
    assert client.get("/kept/").status_code == 404


def test_a_deleted_and_a_moved_page_are_gone_at_once(site_page, client):
    text(client)
    site_page.slug = "moved"
    site_page.save_revision().publish()
    assert client.get("/kept/").status_code in (301, 404)
    text(client, "/moved/")
    site_page.delete()
    assert client.get("/moved/").status_code == 404


def test_a_change_that_is_rolled_back_forgets_nothing(site_page, client):
    text(client)
    before = page_cache.generation()
    with transaction.atomic():
        site_page.save()
        transaction.set_rollback(True)
    assert page_cache.generation() == before


def test_a_page_made_from_old_content_is_not_kept_as_new(site_page, settings):
    """The page is being made while an editor publishes."""

    def slow_view(request):
        page_cache.forget_all()
        return page_cache.mark(HttpResponse("old"))

    middleware = page_cache.PageCacheMiddleware(slow_view)
    middleware(RequestFactory().get("/kept/"))
    fresh = page_cache.PageCacheMiddleware(lambda r: page_cache.mark(HttpResponse("new")))
    assert fresh(RequestFactory().get("/kept/")).content == b"new"


def test_each_view_has_its_own_copy(site_page):
    assert "data-elderly" not in text(Client())
    elderly = Client()
    elderly.cookies["display"] = "elderly"
    assert "data-elderly" in text(elderly)
    assert "data-elderly" not in text(Client())


def test_a_reader_with_a_session_is_neither_served_nor_kept(site_page, client):
    text(client)
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("a", "", "b"))
    assert "wagtail-userbar" in text(editor)
    assert "wagtail-userbar" not in text(Client())


def test_a_new_day_makes_the_page_anew(site_page, client, monkeypatch):
    request = RequestFactory().get("/kept/")
    today = page_cache.key_for(request)
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(page_cache.timezone, "localdate", lambda: tomorrow)
    assert page_cache.key_for(request) != today


@pytest.mark.parametrize("query", ["?q=a", "?page=1&q=2", "?page=" + "9" * 140, "?utm=1"])
def test_only_page_numbers_are_kept(query):
    assert page_cache.key_for(RequestFactory().get("/kept/" + query)) is None


def test_what_sets_a_cookie_or_fails_is_not_kept():
    with_cookie = page_cache.mark(HttpResponse())
    with_cookie.set_cookie("csrftoken", "x")
    assert not page_cache.may_be_kept(with_cookie)
    assert not page_cache.may_be_kept(page_cache.mark(HttpResponse(status=404)))
    assert not page_cache.may_be_kept(HttpResponse())
    assert page_cache.may_be_kept(page_cache.mark(HttpResponse()))


def test_compressed_and_plain_are_the_same_page(site_page, client):
    plain = client.get("/kept/")
    squeezed = client.get("/kept/", headers={"accept-encoding": "gzip"})
    assert squeezed["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.content) == plain.content
