"""Whatever is in an address, the answer is 200 or 4xx with a page that helps."""

import pytest

from civil_affairs.errors import server_error

ADDRESSES = ["/", "/search/", "/search/suggest/", "/place-names/", "/marriage/manage/", "/notices/"]
ODD = [
    "q=%00",
    "q=" + "结" * 10_000,
    "q=" + "a" * 10_000,
    "q=%ED%A0%80",
    "q=%FF%FE",
    "q=%01%02%1b",
    "q=%22%27%28%29*%3A-%5E~",
    "page=-1",
    "page=0",
    "page=99999999999999999999",
    "page=%E4%B8%80",
    "page=1.5",
    "q=%F0%9F%98%80%E2%80%8F",
    "category=%00&subdistrict=x&year=99999999999999999999",
    "=&&&==",
    "q[]=a&q=b&q=c",
    "%",
]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", ODD)
def test_no_query_string_breaks_a_page(client, address, query):
    response = client.get(f"{address}?{query}")
    assert response.status_code in (200, 301, 302, 400, 404)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/nowhere/", "/%00", "/%FF/", "/place-names/%F0%9F%98%80/", "/guides/" + "x" * 5000 + "/"],
)
def test_an_unknown_page_is_a_helpful_404(client, path):
    response = client.get(path)
    assert response.status_code in (400, 404)
    assert 'action="/search/"' in response.content.decode()


@pytest.mark.django_db
def test_public_pages_take_a_strict_policy(client):
    public = client.get("/nowhere/").headers["Content-Security-Policy"]
    assert "'unsafe" not in public
    assert "default-src 'self'" in public


@pytest.mark.django_db
def test_the_documentation_of_the_api_comes_from_the_site_itself(client):
    text = client.get("/api/v1/docs").content.decode()
    assert "/static/ninja/" in text
    assert "https://" not in text


@pytest.mark.django_db
def test_health(client):
    assert client.get("/healthz").json() == {"status": "ok"}
    ready = client.get("/readyz")
    assert ready.status_code == 200
    assert ready.json()["checks"]["database"] == "ok"


def test_the_page_for_our_own_fault_needs_no_database(rf):
    answer = server_error(rf.get("/guides/"))
    text = answer.content.decode()
    assert answer.status_code == 500
    assert "css/site" in text
    for way_on in ("/", "/guides/", "/marriage/", "/place-names/"):
        assert f'href="{way_on}"' in text


def test_the_page_for_our_own_fault_keeps_the_chosen_view(rf):
    rf.cookies["display"] = "elderly.contrast"
    text = server_error(rf.get("/guides/")).content.decode()
    assert '<html lang="zh-CN" data-elderly data-contrast>' in text
