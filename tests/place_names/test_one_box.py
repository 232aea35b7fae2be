"""Place names in the one box: beside pages, said why, few queries."""

import pytest

from home import page_cache
from tests.search.factories import guide_page, home_page

from .factories import make_category, make_place

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    home_page()
    guide_page("内地居民结婚登记")
    roads = make_category("23510", "道路、街巷")
    return {
        name: make_place(name, category=roads, romanisation=spelling)
        for name, spelling in (
            ("江南大道中", "Jiāngnán Dàdào Zhōng"),
            ("江南西路", "Jiāngnán Xīlù"),
            ("结婚里", "Jiéhūn Lǐ"),
        )
    }


def groups(client, query) -> dict[str, list[str]]:
    answer = client.get("/search/", {"q": query}).context["answer"]
    shown = {group.kind: group.results for group in answer.groups}
    if answer.results:
        shown = {answer.kind: answer.results.object_list}
    return {
        kind: [r.title.replace("<mark>", "").replace("</mark>", "") for r in results]
        for kind, results in shown.items()
    }


@pytest.mark.parametrize("query", ["江南大道中", "jiangnandadaozhong", "江南dadao", "江南大到中"])
def test_a_name_is_found_however_it_is_typed(client, names, query):
    assert groups(client, query)["place"][0] == "江南大道中"


def test_a_result_shows_spelling_class_and_subdistrict_and_leads_to_the_name(client, names):
    html = client.get("/search/", {"q": "江南大道中"}).content.decode()
    assert "Jiāngnán Dàdào Zhōng · 江南中街道" in html
    assert "道路、街巷" in html
    assert f'href="/place-names/{names["江南大道中"].code}/"' in html


def test_names_that_only_sound_like_a_guide_stay_away_from_it(client, names):
    assert list(groups(client, "结婚登记")) == ["guide"]


def test_names_are_suggested_beside_guides(client, names):
    answer = client.get("/search/suggest/", {"q": "结婚"}).json()
    assert [group["label"] for group in answer["groups"]] == ["办事和政策", "地名"]
    assert answer["groups"][1]["items"][0]["text"] == "结婚里"


def test_a_whole_search_needs_few_queries(
    client, names, monkeypatch, django_assert_max_num_queries
):
    for number in range(1, 40):
        make_place(f"江南西{number}巷")
    # As after the commit of the names: only then the catalogue is remembered.
    monkeypatch.setattr(page_cache, "is_changing", lambda: False)
    client.get("/search/", {"q": "江南"})
    for query in ("江南", "jn", "江南西路三百号怎么走", "江男", "火星"):
        with django_assert_max_num_queries(12):
            client.get("/search/", {"q": query})
    with django_assert_max_num_queries(12):
        client.get("/search/", {"q": "江南", "kind": "place", "page": "3"})
