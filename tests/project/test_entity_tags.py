"""Whoever polls the interfaces hears 304 as long as nothing has changed, and at once what has."""

import pytest
import time_machine

from tests.guides.factories import make_figure, make_guide, make_policy
from tests.place_names.factories import make_place

pytestmark = [pytest.mark.usefixtures("db"), pytest.mark.one_engine]
ROOT = "/api/v1/"
ADDRESSES = [
    "openapi.json", "figures", "figures/dibao", "guides", "guides/hun", "policies", "policies/old",
    "place-names/", "place-names/?q=路", "place-names/list", "place-names/suggest?q=同",
    "place-names/facets", "place-names/reverse?x=113.265&y=23.1", "place-names/categories",
    "place-names/subdistricts", "place-names/check?name=江南路&kind=street", "place-names/{code}",
    "place-names/{code}/history",
]  # fmt: skip


@pytest.fixture
def place(db):
    make_figure("dibao", ("2020-01-01", None, 1080))
    make_guide(slug="hun")
    make_policy(slug="old")
    return make_place("同福路")


@pytest.fixture(params=ADDRESSES)
def address(request, place) -> str:
    return ROOT + request.param.format(code=place.code)


def test_an_answer_is_sent_once(client, address, django_assert_max_num_queries):
    first = client.get(address)
    assert first.status_code == 200
    assert first["Cache-Control"] == "no-cache"
    for sent in (first["ETag"], f'"other", {first["ETag"]}', "*"):
        again = client.get(address, headers={"if-none-match": sent})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    with django_assert_max_num_queries(0 if "check" not in address else 4):
        client.get(address, headers={"if-none-match": first["ETag"]})
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
    head = client.head(address)
    assert (head.status_code, head["ETag"]) == (200, first["ETag"])


def test_a_change_is_told_at_once(client, address, place, committed):
    tag = client.get(address)["ETag"]
    with committed():
        place.meaning = "同享幸福"
        place.save()
    again = client.get(address, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again["ETag"] != tag


def test_each_question_and_each_day_has_its_own(client, place):
    address = f"{ROOT}place-names/list"
    with time_machine.travel("2026-03-05 23:59+08:00", tick=False):
        tags = {client.get(address, {"limit": limit})["ETag"] for limit in (1, 2)}
        figures = client.get(ROOT + "figures")["ETag"]
    assert len(tags) == 2
    with time_machine.travel("2026-03-06 00:01+08:00", tick=False):
        again = client.get(ROOT + "figures", headers={"if-none-match": figures})
    assert (again.status_code, again.json()["as_of"]) == (200, "2026-03-06")


@pytest.mark.parametrize(
    ("path", "status"),
    [("place-names/list?limit=x", 422), ("place-names/99999999999999999999", 404), ("figures/no", 404),
     ("place-names/?bogus=1", 400)],
)  # fmt: skip
def test_an_error_has_none(client, place, path, status):
    for sent in ("", "*"):
        answer = client.get(ROOT + path, headers={"if-none-match": sent})
        assert answer.status_code == status
        assert "ETag" not in answer
        assert answer["Cache-Control"] == "no-store"


def test_neither_has_an_answer_to_post(client, place):
    asked = {"texts": ["同福路"]}
    answer = client.post(f"{ROOT}place-names/lookup", asked, content_type="application/json")
    assert answer.status_code == 200
    assert "ETag" not in answer


@pytest.mark.parametrize("address", ["/ogc/collections/place-names/items/0", "/place-names/9.json"])
def test_a_star_means_what_there_is(client, place, address):
    assert client.get(address, headers={"if-none-match": "*"}).status_code == 404
