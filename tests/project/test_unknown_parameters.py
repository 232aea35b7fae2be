"""A parameter that the description does not list is refused, everywhere below /api/v1/."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
ADDRESSES = [
    "place-names/?bogus=1",
    "place-names/list?bogus=1",
    "place-names/list?limit=1&bogus=",
    "place-names/suggest?q=a&bogus=1",
    "place-names/facets?bogus=1",
    "place-names/reverse?x=113.3&y=23.1&bogus=1",
    "place-names/check?name=a&kind=street&bogus=1",
    "place-names/categories?bogus=1",
    "place-names/44010500023510000001?bogus=1",
    "place-names/44010500023510000001/history?bogus=1",
    "figures?bogus=1",
    "guides?bogus=1",
    "policies/some?bogus=1",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_unknown_parameter_is_refused(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 400
    told = answer.json()
    assert told["parameter"] == "bogus"
    assert "没有参数“bogus”" in told["detail_zh"]
    assert client.head(f"/api/v1/{address}").status_code == 400


def test_those_there_are_are_named(client):
    told = client.get("/api/v1/figures?as-of=2026-01-01").json()
    assert "area, as_of" in told["detail_zh"]


@pytest.mark.parametrize("address", ["", "docs", "openapi.json", "figures?area=&as_of=2026-01-01"])
def test_known_ones_are_taken(client, address):
    assert client.get(f"/api/v1/{address}", follow=True).status_code == 200


def test_the_root_leads_to_the_description(client):
    assert client.get("/api/v1/")["Location"] == "/api/v1/docs"
