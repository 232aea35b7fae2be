"""Cached pages are right at once after each change; a personal page is never cached."""

import gzip
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.cache import caches
from django.db import transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from django.utils.http import http_date, parse_http_date
from wagtail.models import Page, Site

from civil_affairs.settings import base
from home.cache import invalidation, page_cache
from home.models import NoticeIndexPage, NoticePage, PlainPage, SiteSettings

pytestmark = pytest.mark.django_db


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


def test_a_saved_draft_forgets_nothing(site_page, client, committed):
    text(client)
    before = invalidation.content_version()
    site_page.title = "草稿"
    with committed():
        site_page.save_revision()
    assert invalidation.content_version() == before
    with committed():
        site_page.latest_revision.publish()
    assert invalidation.content_version() != before


def test_a_change_that_is_rolled_back_forgets_nothing(site_page, client, committed):
    text(client)
    before = invalidation.content_version()
    with committed(), transaction.atomic():
        site_page.save()
        transaction.set_rollback(True)
    assert invalidation.content_version() == before


def test_a_page_made_from_old_content_is_not_cached_as_new(site_page, committed):
    """The page is being made while an editor publishes."""

    def slow_view(request):
        with committed():
            invalidation.invalidate()
        return page_cache.set_policy(HttpResponse("old"))

    middleware = page_cache.PageCacheMiddleware(slow_view)
    middleware(RequestFactory().get("/kept/"))
    fresh = page_cache.PageCacheMiddleware(lambda r: page_cache.set_policy(HttpResponse("new")))
    assert fresh(RequestFactory().get("/kept/")).content == b"new"


def test_each_view_has_its_own_copy(site_page):
    assert "data-elderly" not in text(Client())
    elderly = Client()
    elderly.cookies["display"] = "elderly"
    assert "data-elderly" in text(elderly)
    assert "data-elderly" not in text(Client())


def test_a_reader_with_a_session_is_neither_served_nor_cached(site_page, client):
    text(client)
    editor = Client()
    editor.force_login(get_user_model().objects.create_superuser("a", "", "b"))
    assert "wagtail-userbar" in text(editor)
    assert "wagtail-userbar" not in text(Client())


def test_a_new_day_makes_the_page_again(site_page, client, time_machine):
    request = RequestFactory().get("/kept/")
    today = page_cache.key_for(request)
    time_machine.move_to(timezone.now() + timedelta(days=1))
    assert page_cache.key_for(request) != today


@pytest.mark.parametrize(
    "query",
    [
        "?q=a",
        "?page=1",
        "?page=02",
        "?page=51",
        "?page=２",
        "?page=2&q=2",
        "?utm=1",
        "?page=2&page=3",
    ],
)
def test_made_up_queries_are_not_cached(query):
    assert page_cache.key_for(RequestFactory().get("/kept/" + query)) is None


def test_only_a_listing_keeps_its_pages(settings):
    settings.PAGE_CACHE_SECONDS = 600
    made = []

    def ask(address: str, **policy) -> None:
        def view(request):
            made.append(address)
            return page_cache.set_policy(HttpResponse(), **policy)

        page_cache.PageCacheMiddleware(view)(RequestFactory().get(address))

    for _ in range(2):
        ask("/one/?page=2")
        ask("/list/?page=2", paginated=True)
    assert made == ["/one/?page=2", "/list/?page=2", "/one/?page=2"]


def test_the_number_of_cached_pages_has_a_limit(settings, tmp_path):
    """As the site keeps them: in files, which all its processes share."""
    backend = {**base.CACHES["pages"], "LOCATION": tmp_path, "OPTIONS": {"MAX_ENTRIES": 20}}
    settings.CACHES = {**settings.CACHES, "pages": backend}
    settings.PAGE_CACHE_SECONDS = 600
    middleware = page_cache.PageCacheMiddleware(lambda r: page_cache.set_policy(HttpResponse()))
    for number in range(60):
        middleware(RequestFactory().get(f"/{number}/"))
    assert 0 < len(list(tmp_path.glob("*.djcache"))) <= 20
    assert base.CACHES["pages"]["OPTIONS"]["MAX_ENTRIES"] <= 10_000


def test_what_tells_the_hour_is_cached_until_the_minute_ends(settings, monkeypatch, time_machine):
    settings.PAGE_CACHE_SECONDS = 600
    time_machine.move_to(timezone.now().replace(second=20, microsecond=0), tick=False)
    seconds = []
    monkeypatch.setattr(caches["pages"], "set", lambda key, value, timeout: seconds.append(timeout))
    view = lambda r: page_cache.set_policy(HttpResponse(), until_next_minute=True)  # noqa: E731
    page_cache.PageCacheMiddleware(view)(RequestFactory().get("/kept/"))
    assert seconds == [40]


def test_a_browser_that_has_the_page_gets_no_second_copy(site_page, client):
    first = client.get("/kept/")
    again = client.get("/kept/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    elderly = Client()
    elderly.cookies["display"] = "elderly"
    assert elderly.get("/kept/", headers={"if-none-match": first["ETag"]}).status_code == 200


# RFC 9110 §13.1.2 compares weakly; cases after those of jshttp/fresh. `{tag}`: that of the page
# without quotes.
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ('W/"{tag}"', 304),
        ('"{tag}"', 304),
        ("*", 304),
        ('"other", W/"{tag}"', 304),
        ('W/"other","{tag}"', 304),
        ('"other"', 200),
        ("{tag}", 200),
        ("", 200),
    ],
)
def test_a_tag_is_compared_weakly(site_page, client, sent, status):
    tag = client.get("/kept/")["ETag"].removeprefix("W/").strip('"')
    for method in (client.get, client.head):
        again = method("/kept/", headers={"if-none-match": sent.format(tag=tag)})
        assert again.status_code == status
        assert tag in again["ETag"]


# After the tests of jshttp/negotiator and RFC 9110 §12.5.3.
@pytest.mark.parametrize(
    ("accepted", "squeezed"),
    [
        ("gzip, compress", True),
        ("deflate", False),
        ("*", True),
        ("gzip;q=0.8, identity;q=0.5, *;q=0.3", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0", False),
        ("*;q=0, gzip;q=1", True),
        ("GZip", True),
        ("x-gzip", True),
        ("gzip;q=no", False),
        ("", False),
    ],
)
def test_gzip_is_sent_to_whoever_takes_it(rf, accepted, squeezed):
    request = rf.get("/kept/", headers={"accept-encoding": accepted})
    assert page_cache.accepts_gzip(request) == squeezed


def test_head_answers_as_get_does(site_page, client):
    head, get = client.head("/kept/"), client.get("/kept/")
    assert head.content == b""
    for name in ("ETag", "Content-Length", "Vary", "Cache-Control", "Content-Security-Policy"):
        assert head[name] == get[name]


def test_a_feed_is_not_sent_again_until_something_changed(site_page, client):
    home = site_page.get_parent()
    index = home.add_child(instance=NoticeIndexPage(title="通知", slug="notices"))
    notice = NoticePage(title="甲", slug="a", last_published_at=timezone.now())
    index.add_child(instance=notice)
    changed_at = client.get("/notices/feed/")["Last-Modified"]
    day = parse_http_date(changed_at)
    for sent, status in ((day, 304), (day + 86400, 304), (day - 1, 200)):
        headers = {"if-modified-since": http_date(sent)}
        assert client.get("/notices/feed/", headers=headers).status_code == status
    odd = client.get("/notices/feed/", headers={"if-modified-since": "yesterday"})
    assert odd.status_code == 200
    both = {"if-modified-since": changed_at, "if-none-match": '"other"'}
    assert client.get("/notices/feed/", headers=both).status_code == 200


def test_what_sets_a_cookie_or_fails_is_not_cached():
    with_cookie = page_cache.set_policy(HttpResponse())
    with_cookie.set_cookie("csrftoken", "x")
    assert not page_cache.is_cacheable(with_cookie)
    assert not page_cache.is_cacheable(page_cache.set_policy(HttpResponse(status=404)))
    assert not page_cache.is_cacheable(HttpResponse())
    assert page_cache.is_cacheable(page_cache.set_policy(HttpResponse()))


def test_compressed_and_plain_are_the_same_page(site_page, client):
    plain = client.get("/kept/")
    squeezed = client.get("/kept/", headers={"accept-encoding": "gzip"})
    assert squeezed["Content-Encoding"] == "gzip"
    assert gzip.decompress(squeezed.content) == plain.content


def test_a_new_release_shows_no_page_of_the_old_one(site_page, client, monkeypatch):
    text(client)
    kept = page_cache.key_for(RequestFactory().get("/kept/"))
    assert caches["pages"].get(kept)
    monkeypatch.setattr(page_cache, "running_release", lambda: "next")
    assert caches["pages"].get(page_cache.key_for(RequestFactory().get("/kept/"))) is None


def test_a_cached_page_varies_by_all_that_the_view_named(settings, rf):
    settings.PAGE_CACHE_SECONDS = 600

    def view(request):
        response = page_cache.set_policy(HttpResponse("页面"))
        response.headers["Vary"] = "Accept"
        return response

    serve = page_cache.PageCacheMiddleware(view)
    for _ in range(2):
        varies = serve(rf.get("/varies-by-accept/"))["Vary"].split(", ")
        assert set(varies) == {"Accept", "Accept-Encoding", "Cookie"}
