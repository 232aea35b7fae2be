"""Place names in site search: beside pages, said why, few queries."""

import pytest

from home.cache import invalidation
from tests.home.factories import make_home
from tests.search.factories import guide_page

from .factories import make_category, make_place, make_subdistrict

pytestmark = pytest.mark.django_db


@pytest.fixture
def names():
    make_home()
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
    found: dict[str, list[str]] = {}
    answer = client.get("/search/", {"q": query}).context["answer"]
    for result in answer.results.object_list:
        title = result.title.replace("<mark>", "").replace("</mark>", "")
        found.setdefault(result.kind, []).append(title)
    return found


@pytest.mark.parametrize("query", ["江南大道中", "jiangnandadaozhong", "江南dadao", "江南大到中"])
def test_a_name_is_found_however_it_is_typed(client, names, query):
    assert groups(client, query)["place"][0] == "江南大道中"


def test_a_result_shows_spelling_class_and_subdistrict_and_leads_to_the_name(client, names):
    html = client.get("/search/", {"q": "江南大道中"}).content.decode()
    assert "Jiāngnán Dàdào Zhōng · 江南中街道" in html
    assert "道路、街巷" in html
    assert f'href="/place-names/{names["江南大道中"].code}/"' in html


def test_names_that_only_sound_like_a_guide_stay_away_from_it(client, names):
    assert "place" not in groups(client, "结婚登记")


def test_names_are_suggested_beside_guides(client, names):
    answer = client.get("/search/suggest/", {"q": "结婚"}).json()
    assert [group["label"] for group in answer["groups"]] == ["办事和政策", "地名"]
    assert answer["groups"][1]["items"][0]["text"] == "结婚里"


def test_equal_names_are_told_apart_in_suggestions(client, names):
    other = make_subdistrict("440105003", "昌岗街道")
    first, second = make_place("福安巷"), make_place("福安巷")
    make_place("福安巷", subdistricts=[other])
    answer = client.get("/search/suggest/", {"q": "福安巷"}).json()
    notes = {item["url"]: item["note"] for item in answer["groups"][-1]["items"]}
    assert notes.pop(f"/place-names/{first.code}/") == f"江南中街道 · {first.code}"
    assert notes.pop(f"/place-names/{second.code}/") == f"江南中街道 · {second.code}"
    assert list(notes.values()) == ["昌岗街道"]


def test_a_whole_search_needs_few_queries(
    client, names, monkeypatch, django_assert_max_num_queries
):
    for number in range(1, 40):
        make_place(f"江南西{number}巷")
    # As after the commit of the names: only then the catalogue is remembered.
    monkeypatch.setattr(invalidation, "is_pending", lambda: False)
    client.get("/search/", {"q": "江南"})
    for query in ("江南", "jn", "江南西路三百号怎么走", "江男", "火星"):
        with django_assert_max_num_queries(22):
            client.get("/search/", {"q": query})
    with django_assert_max_num_queries(22):
        client.get("/search/", {"q": "江南", "kind": "place", "page": "3"})


@pytest.mark.parametrize("pattern", ["{}", " {} ", "{}\u3000"])
def test_an_old_code_finds_the_name_that_bore_it(client, names, pattern):
    place = names["江南西路"]
    was = place.code
    place.code = "44010500423510900001"
    place.save()
    for code in (was, place.code):
        assert groups(client, pattern.format(code))["place"] == ["江南西路"]
        found = client.get("/search/suggest/", {"q": pattern.format(code)}).json()["groups"]
        assert [item["url"] for group in found for item in group["items"]] == [
            f"/place-names/{place.code}/"
        ]


def test_an_old_code_with_blanks_and_hyphens(client, names):
    place = names["江南西路"]
    was = place.code
    place.code = "44010500423510900001"
    place.save()
    assert groups(client, f"{was[:6]} {was[6:9]}-{was[9:]}")["place"] == ["江南西路"]


def test_the_old_code_of_a_name_that_is_not_public_finds_nothing(client, names):
    place = names["江南西路"]
    was = place.code
    place.code, place.status = "44010500423510900001", "pending"
    place.save()
    assert groups(client, was) == {}


@pytest.mark.parametrize(
    "query", ["查进度", "申请进度", "申请编号", "办理进度", "地名申请办到哪一步"]
)
def test_the_progress_of_an_application_is_found(client, names, query):
    assert "查地名申请进度" in groups(client, query)["application"][0]


@pytest.mark.parametrize("query", ["DM-6XCZ-8TZV", "dm 6xcz 8tzv", "DM6XCZ8TZV"])
def test_a_number_of_an_application_leads_to_its_progress(client, names, query):
    card = client.get("/search/", {"q": query}).context["answer"].card
    assert card.url == "/place-names/check/progress/"
    assert "DM-6XCZ-8TZV" in card.heading


@pytest.mark.parametrize("query", ["DM", "DM-6XCZ", "DMXY大厦"])
def test_what_is_no_number_has_no_such_card(client, names, query):
    card = client.get("/search/", {"q": query}).context["answer"].card
    assert card is None or card.url != "/place-names/check/progress/"


def test_the_site_map_leads_to_what_the_gazetteer_does(client, names):
    page = client.get("/site-map/").text
    for address in ("check/", "check/progress/", "compare/"):
        assert f'href="/place-names/{address}"' in page
