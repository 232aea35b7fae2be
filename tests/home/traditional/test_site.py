"""The site in traditional characters: chosen, cached, changed by staff, and no other thing touched."""

import datetime
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client, RequestFactory

from home.cache import memoize, page_cache
from home.models import NoticeIndexPage, NoticePage, TraditionalForm
from tests.home.factories import make_home, publish

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
ADDRESS = "/notices/one/"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def notice(settings):
    settings.PAGE_CACHE_SECONDS = 600
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    return publish(index, NoticePage(slug="one", title="头发与发展"))


@pytest.fixture
def reader():
    """A visitor who chose 繁體."""
    client = Client()
    client.cookies["display"] = "traditional"
    return client


def test_the_button_switches_to_traditional_and_back(notice, client):
    simplified = text_of(client.get(ADDRESS))
    assert '<html lang="zh-CN">' in simplified
    assert 'value="traditional" lang="zh-Hant">繁體<' in simplified
    press = {
        "data": {"toggle": "traditional"},
        "headers": {"referer": f"http://testserver{ADDRESS}"},
    }
    assert client.post("/display/", **press).url == f"http://testserver{ADDRESS}"
    traditional = text_of(client.get(ADDRESS))
    assert '<html lang="zh-Hant" data-traditional>' in traditional
    assert "<title>頭髮與發展｜海珠區民政局</title>" in traditional
    assert "頭髮與發展</h1>" in traditional
    assert 'value="traditional" lang="zh-Hans">简体<' in traditional
    client.post("/display/", **press)
    assert text_of(client.get(ADDRESS)) == simplified


def test_the_converted_page_is_cached_beside_the_other(
    notice, client, reader, monkeypatch, django_assert_num_queries
):
    client.get(ADDRESS), reader.get(ADDRESS)
    monkeypatch.setattr("home.traditional.middleware.page_in_traditional", lambda *args: 1 / 0)
    with django_assert_num_queries(0):
        first = reader.get(ADDRESS)
    assert "頭髮" in text_of(first)
    assert "Cookie" in first["Vary"]
    assert "头发" in text_of(client.get(ADDRESS))
    assert first["ETag"] != client.get(ADDRESS)["ETag"]
    assert reader.get(ADDRESS, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert int(first["Content-Length"]) == len(first.content)


def test_a_page_has_eight_variants_whatever_the_cookie_says():
    def key(cookie: str) -> str | None:
        request = RequestFactory().get("/")
        request.COOKIES["display"] = cookie
        return page_cache.key_for(request)

    views = ("elderly", "contrast", "traditional")
    chosen = [".".join(v for i, v in enumerate(views) if number >> i & 1) for number in range(8)]
    keys = {key(each) for each in chosen}
    assert len(keys) == 8
    odd = ["x", "traditional.x", "x.traditional.traditional", "Traditional", "contrast.elderly"]
    assert {key(each) for each in odd} <= keys


def test_a_form_of_staff_changes_cached_pages_at_once(notice, reader, committed):
    assert "頭髮與發展" in text_of(reader.get(ADDRESS))
    with committed():
        form = TraditionalForm.objects.create(
            phrase="发与", form="发與", source="测试", checked_on=datetime.date(2026, 1, 5)
        )
    assert "頭发與發展" in text_of(reader.get(ADDRESS))
    with committed():
        form.delete()
    assert "頭髮與發展" in text_of(reader.get(ADDRESS))


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"phrase": "<b>", "form": "字"}, "phrase"),
        ({"phrase": "abc", "form": "字"}, "phrase"),
        ({"phrase": "头 发", "form": "字"}, "phrase"),
        ({"phrase": "头发", "form": '"'}, "form"),
        ({"phrase": "涌", "form": "湧"}, "phrase"),  # In the list already.
    ],
)
def test_a_form_that_cannot_be_is_refused(fields, wrong):
    form = TraditionalForm(**fields, source="测试", checked_on=datetime.date(2026, 1, 5))
    with pytest.raises(ValidationError) as refused:
        form.full_clean()
    assert list(refused.value.message_dict) == [wrong]


@pytest.mark.parametrize(
    "address",
    ["/notices/feed/", "/sitemap.xml", "/robots.txt", "/search/suggest/?q=头发", "/admin/login/"],
)
def test_nothing_but_pages_is_converted(notice, client, reader, address):
    plain, converted = client.get(address), reader.get(address)
    secrets = re.compile(rb"[A-Za-z0-9]{64}")  # The tokens of forms.
    assert plain.status_code == 200
    assert secrets.sub(b"", converted.content) == secrets.sub(b"", plain.content)


def test_pages_of_errors_are_converted(client, reader):
    make_home()
    assert "首页" in text_of(client.get("/nowhere/"))
    page = text_of(reader.get("/nowhere/"))
    assert "首頁" in page
    assert "首页" not in page


def test_a_database_that_is_away_leaves_the_dictionary(notice, reader, monkeypatch):
    reader.get(ADDRESS)

    def away(*args):
        raise DatabaseError

    monkeypatch.setattr("home.traditional.forms._load", away)
    monkeypatch.setattr(memoize, "_memory", ((), {}))
    assert "頭髮與發展" in text_of(reader.get(f"{ADDRESS}?a=b"))


def test_what_was_typed_into_the_search_is_shown_as_typed(notice, reader):
    page = text_of(reader.get("/search/?q=头发"))
    assert "<title>“头发”的搜索結果｜海珠區民政局</title>" in page
    assert 'value="头发"' in page
    assert "頭髮與發展" in re.sub("</?mark>", "", page)
