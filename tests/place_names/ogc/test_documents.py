"""Landing page, conformance, collections, descriptions; formats, validators, other methods."""

import re

import pytest

from place_names.ogc.collections import COLLECTIONS
from tests.place_names.factories import make_place

pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]
NAMES = list(COLLECTIONS)
PATHS = ["/ogc/", "/ogc/conformance", "/ogc/collections", "/ogc/api"] + [
    f"/ogc/collections/{name}{rest}"
    for name in NAMES
    for rest in ("", "/queryables", "/sortables", "/items")
]


@pytest.mark.parametrize("path", PATHS)
def test_each_document_is_there_for_programs_and_people(client, path):
    place = make_place("江南大道中")
    data = client.get(path)
    assert data.status_code == 200
    assert "json" in data["Content-Type"]
    data.json()
    page = client.get(path, headers={"accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.status_code == 200
    assert page["Content-Type"].startswith("text/html")
    assert client.get(path, {"f": "html"}).content.count(b"<h1>") == 1
    wrong = client.get(path, {"nonsense": "1"})
    assert (wrong.status_code, wrong["Content-Type"]) == (400, "application/problem+json")
    if path.endswith("place-names/items"):
        assert place.name in page.content.decode()


def test_each_link_leads_somewhere(client):
    make_place("江南大道中")
    seen, waiting = set(), ["/ogc/"]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        answer = client.get(address)
        assert answer.status_code == 200, address
        if "json" not in answer["Content-Type"]:
            continue
        found = re.findall(r'"href":"http://testserver([^"]*)"', answer.content.decode())
        waiting += [each for each in found if each.startswith("/ogc")]
    assert len(seen) > 40


def test_collections_tell_what_a_client_needs(client):
    make_place("江南大道中", year_established=1921)
    whole = client.get("/ogc/collections").json()
    assert [each["id"] for each in whole["collections"]] == NAMES
    one = client.get("/ogc/collections/place-names").json()
    assert one["extent"]["spatial"]["bbox"] == [[113.265, 23.1, 113.265, 23.1]]
    assert one["extent"]["temporal"]["interval"] == [["1921-01-01T00:00:00Z", None]]
    assert one["storageCrs"] in one["crs"]
    assert "extent" not in client.get("/ogc/collections/communities").json()


def test_the_description_names_each_address_and_parameter(client):
    api = client.get("/ogc/api").json()
    for name in NAMES:
        items = api["paths"][f"/collections/{name}/items"]["get"]
        named = {
            each.get("name") or each["$ref"].rpartition("/")[2] for each in items["parameters"]
        }
        assert named >= set(COLLECTIONS[name].queryables) | {"bbox", "datetime", "limit", "filter"}


def test_a_second_question_is_answered_with_304_until_something_changes(client, committed):
    address = "/ogc/collections/place-names/items"
    first = client.get(address)
    known = {"if-none-match": first["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    assert client.get(address, {"limit": 1}, headers=known).status_code == 200
    with committed():
        make_place("新路")
    again = client.get(address, headers=known)
    assert (again.status_code, again.json()["numberMatched"]) == (200, 1)


@pytest.mark.parametrize("path", ["/ogc/", "/ogc/nowhere", "/ogc/collections/x/items"])
def test_scripts_of_other_sites_may_read_errors_included(client, path):
    assert client.get(path)["Access-Control-Allow-Origin"] == "*"
    before = client.options(path, headers={"origin": "https://other.example"})
    assert before.status_code == 204
    assert "GET" in before["Access-Control-Allow-Methods"]


def test_other_pages_stay_closed_to_scripts_of_other_sites(client):
    assert "Access-Control-Allow-Origin" not in client.get("/marriage/")


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_other_methods_are_refused_with_a_problem(client, method):
    client.handler.enforce_csrf_checks = True
    answer = getattr(client, method)("/ogc/collections/place-names/items")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize("path", ["/ogc/x", "/ogc/collections/x", "/ogc/collections/signs/items/9"])
def test_unknown_addresses_answer_404_as_a_document(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.json()["status"]) == (404, 404)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ogc/?f=%00", 400),
        ("/api/v1/place-names/?q=%00", 400),
        ("/api/v1/nowhere/", 404),
        ("/reconcile/nowhere/", 404),
    ],
)
def test_errors_before_any_view_are_documents_too(client, path, status):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_a_page_in_another_display_is_no_304(client, committed):
    address = "/ogc/?f=html"
    known = {"if-none-match": client.get(address)["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    client.cookies["display"] = "traditional"
    answer = client.get(address, headers=known)
    assert answer.status_code == 200
    assert "Cookie" in answer["Vary"]
    assert "Cookie" not in client.get("/ogc/?f=json")["Vary"]
