"""How often a visitor may ask the interfaces for programs."""

import re

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/place-names/subdistricts"


def test_each_answer_says_what_is_left(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 5
    answer = client.get(ADDRESS, REMOTE_ADDR="192.0.2.1")
    assert answer.headers["RateLimit-Policy"] == '"requests";q=5;w=60'
    assert answer.headers["RateLimit"].startswith('"requests";r=4;t=')
    assert "RateLimit" in answer.headers["Access-Control-Expose-Headers"]


def test_who_asks_too_often_waits(settings, monkeypatch):
    monkeypatch.setattr("time.monotonic", lambda: 6000.0)
    settings.API_REQUESTS_PER_MINUTE = 2
    client = Client(REMOTE_ADDR="192.0.2.2")
    assert [client.get(ADDRESS).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get("/ogc/")
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert refused.json()["status"] == 429
    assert refused.headers["Access-Control-Allow-Origin"] == "*"
    # Others are not concerned, nor are pages.
    assert client.get(ADDRESS, REMOTE_ADDR="192.0.2.3").status_code == 200
    assert "RateLimit" not in client.get("/place-names/").headers
    monkeypatch.setattr("time.monotonic", lambda: 6061.0)
    assert client.get(ADDRESS).status_code == 200


def test_the_limit_can_be_lifted(client, settings):
    settings.API_REQUESTS_PER_MINUTE = 0
    assert "RateLimit" not in client.get(ADDRESS).headers


def test_every_operation_describes_its_errors(client):
    schema = client.get("/api/v1/openapi.json").json()
    for path, operations in schema["paths"].items():
        for operation in operations.values():
            assert {"200", "400", "414", "422", "429"} <= operation["responses"].keys(), path
            assert ("{" not in path) or "404" in operation["responses"], path
            assert "RateLimit" in operation["responses"]["200"]["headers"]


def test_how_a_parameter_is_written_stands_in_the_schema(client):
    schema = client.get("/api/v1/openapi.json").json()
    parameters = {
        each["name"]: each["schema"]
        for each in schema["paths"]["/api/v1/place-names/"]["get"]["parameters"]
    }
    for text, fits in (("", True), ("113.27,23.10", True), ("113.27", False), ("x", False)):
        assert bool(re.search(parameters["near"]["pattern"], text)) is fits
    assert parameters["sort"]["enum"] == ["relevance", "name", "distance"]


def test_another_method_is_told_which_ones_there_are(client):
    answer = client.generic("TRACE", ADDRESS)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
