"""Another method than those there are: 405 with Allow, below all addresses for programs."""

import pytest
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]
READ = {"GET", "HEAD", "OPTIONS"}
ADDRESSES = {
    "/api/v1/": READ, "/api/v1/docs": READ, "/api/v1/openapi.json": READ, "/api/v1/figures": READ,
    "/api/v1/place-names/": READ, "/api/v1/place-names/list": READ,
    "/api/v1/place-names/lookup": {"POST", "OPTIONS"}, "/api/v1/place-names/44010500023510000001": READ,
    "/ogc/": READ, "/ogc/api": READ, "/ogc/collections/place-names/items": READ, "/ogc/none": READ,
    "/reconcile/": {*READ, "POST"}, "/reconcile/preview": READ, "/reconcile/suggest/entity": READ,
    "/reconcile/extend/propose": READ,
    "/place-names/44010500023510000001.json": READ, "/place-names/subdistricts/440105003.json": READ,
}  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "PROPFIND"])
def test_another_method_is_told_those_there_are(address, method):
    allowed = ADDRESSES[address]
    if method in allowed:
        return
    answer = Client(enforce_csrf_checks=True).generic(method, address, "x", "text/plain")
    assert (answer.status_code, answer["Content-Type"]) == (405, "application/problem+json")
    assert set(answer["Allow"].split(", ")) >= allowed - {"OPTIONS"}
    assert method not in answer["Allow"]


def test_look_up_is_asked_by_post(client):
    answer = client.get("/api/v1/place-names/lookup")
    assert answer.status_code == 405
    assert answer["Allow"] == "POST, OPTIONS"
    assert "POST" in answer.json()["detail_en"]
