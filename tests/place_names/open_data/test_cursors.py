"""A cursor is taken only as a page gave it, for the order that the page had."""

import base64
import json
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.place_names.factories import make_place

pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]
OGC, API = "/ogc/collections/place-names/items", "/api/v1/place-names/list"


def made_up(*values) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def next_of(answer: dict) -> str | None:
    """The address of the next page, in either interface."""
    if "features" not in answer:
        return answer["next"]
    return next((each["href"] for each in answer["links"] if each["rel"] == "next"), None)


@pytest.fixture(params=[OGC, API])
def address(request) -> str:
    return request.param


@pytest.fixture
def given(client, district, address) -> str:
    """A cursor that a page gave."""
    for name in ("同福路", "和平里", "江南大道"):
        make_place(name)
    following = next_of(client.get(address, {"limit": 1}).json())
    return parse_qs(urlsplit(following).query)["cursor"][0]


@pytest.mark.parametrize(
    "cursor",
    [
        made_up("code", None), made_up("code", 1), made_up("code", True), made_up("code", 1.5),
        made_up("code", "a"), made_up("code", {}), made_up("code"), made_up("code", "a", "b"),
        made_up("code", ["a"]), made_up(None, "a"), made_up(), made_up("", "a"),
        "bnVsbA", "e30", "MQ", "!", ":", "a:b", "%00", "令", "W10:", "x" * 900,
    ],
)  # fmt: skip
@pytest.mark.usefixtures("given")
def test_a_made_up_one_is_refused(client, address, cursor):
    answer = client.get(address, {"limit": 1, "cursor": cursor})
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    assert answer.json()["parameter"] == "cursor"


def test_a_changed_one_is_refused(client, address, given):
    assert client.get(address, {"limit": 1, "cursor": given}).status_code == 200
    changed = [given[:-1], given[1:], given + "a", given.swapcase(), given[:3] + "A" + given[4:]]
    for cursor in changed:
        answer = client.get(address, {"limit": 1, "cursor": cursor})
        assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor"), cursor


def test_one_of_another_order_is_refused(client, address, given):
    order = {"sortby": "name"} if address == OGC else {"sort": "name"}
    answer = client.get(address, {"limit": 1, "cursor": given} | order)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "cursor")


@pytest.mark.parametrize("order", ["", "name", "changed"])
def test_the_pages_are_complete(client, address, given, order):
    if address == OGC:
        asked = {"sortby": {"": "code", "name": "-name", "changed": "-updated,name"}[order]}
    else:
        asked = {"sort": order or "code"}
    following, found = f"{address}?{'&'.join(f'{k}={v}' for k, v in asked.items())}&limit=1", []
    while following:
        answer = client.get(following.removeprefix("http://testserver")).json()
        records = answer.get("features") or answer["items"]
        found += [each.get("properties", each)["name"] for each in records]
        following = next_of(answer)
    assert sorted(found) == sorted(["同福路", "和平里", "江南大道"])
