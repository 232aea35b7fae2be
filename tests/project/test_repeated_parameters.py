"""A parameter of the interface is given once: one rule for every address below /api/v1/."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
ADDRESSES = [
    "place-names/?q=a&q=b",
    "place-names/list?limit=1&limit=2",
    "place-names/list?limit=1&limit=1",
    "place-names/reverse?x=113.3&y=23.1&x=113.4",
    "place-names/check?name=a&name=b&kind=street",
    "figures?area=a&area=b",
    "guides?section=a&section=b",
    "policies?state=a&state=b",
    "openapi.json?a=1&a=2",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_repeated_parameter_is_refused(client, address):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 400, address
    told = answer.json()
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert told["parameter"] in address
    assert "只能给一次" in told["detail_zh"]
    assert "given once" in told["detail_en"]
    assert client.head(f"/api/v1/{address}").status_code == 400


@pytest.mark.parametrize("address", ["figures", "guides?section=", "place-names/list?limit=1"])
def test_once_is_fine(client, address):
    assert client.get(f"/api/v1/{address}").status_code == 200


def test_the_name_of_a_parameter_is_shown_in_part(client):
    name = "x" * 500
    answer = client.get(f"/api/v1/figures?{name}=1&{name}=2")
    assert answer.status_code == 400
    assert len(answer.content) < 1000
