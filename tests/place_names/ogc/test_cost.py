"""What a filter may cost: counted in conditions, whatever the machine."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from place_names.ogc.cost import MAX_COST
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")
ITEMS = "/ogc/collections/place-names/items"
NAME = {"property": "name"}
FOLDED = {"op": "casei", "args": [NAME]}
LINE = {"type": "LineString", "coordinates": [[113.26, 23.11], [113.29, 23.08]]}
CROSSES = {"op": "s_crosses", "args": [{"property": "geometry"}, LINE]}
DISJOINT = {"op": "not", "args": [{"op": "s_disjoint", "args": CROSSES["args"]}]}


def any_of(number: int, condition: dict) -> dict:
    return {"op": "or", "args": [condition] * number}


def listed(number: int, field: dict = NAME) -> dict:
    return {"op": "in", "args": [field, [f"road {each}" for each in range(number)]]}


def like(field: dict = NAME) -> dict:
    return {"op": "like", "args": [field, "%a%"]}


def ask(client, expression: dict):
    return client.get(ITEMS, {"filter": json.dumps(expression), "filter-lang": "cql2-json"})


@pytest.mark.parametrize(
    ("allowed", "refused"),
    [
        (any_of(199, {"op": "=", "args": [NAME, "a"]}), any_of(200, {"op": "=", "args": [NAME, "a"]})),
        (listed(199), listed(200)),
        (listed(194, FOLDED), listed(195, FOLDED)),
        (any_of(2, listed(98)), any_of(2, listed(99))),
        (any_of(33, {"op": "=", "args": [FOLDED, "a"]}), any_of(34, {"op": "=", "args": [FOLDED, "a"]})),
        (any_of(18, like()), any_of(19, like())),
        (any_of(18, like(FOLDED)), any_of(19, like(FOLDED))),
        (any_of(4, CROSSES), any_of(5, CROSSES)),
        (any_of(4, DISJOINT), any_of(5, DISJOINT)),
        (listed(1), listed(1000)),
    ],
    ids=["equal", "in", "in, case", "lists", "case", "like", "like, case", "shape", "not", "long"],
)  # fmt: skip
def test_what_costs_too_much_is_refused(client, allowed, refused):
    assert ask(client, allowed).status_code == 200
    answer = ask(client, refused)
    assert (answer.status_code, answer.json()["parameter"]) == (400, "filter")
    assert f"最多{MAX_COST}个条件" in answer.json()["detail_zh"]


def test_a_list_without_regard_to_case_is_one_condition_of_the_database(client):
    make_place("Road 17")
    make_place("road 170")
    with CaptureQueriesContext(connection) as statements:
        answer = ask(client, listed(150, FOLDED))
    assert [each["properties"]["name"] for each in answer.json()["features"]] == ["Road 17"]
    filtered = [each["sql"] for each in statements if "road 17" in each["sql"]]
    assert filtered
    for sql in filtered:
        assert "REGEXP" not in sql
        assert "LIKE" not in sql
        # One comparison of each record with the whole list.
        assert sql.split(" WHERE ", 1)[1].count('"name"') == 1
