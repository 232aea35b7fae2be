"""Numbers, days and instants are read as programs write them, in every interface alike."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from place_names.literals import read_day, read_instant, read_number
from place_names.open_data.json_text import read_json

NUMBERS = {
    "1": 1, "-1": -1, "+1": 1, "012": 12, "1.5": 1.5, ".5": 0.5, "5.": 5, "1e3": 1000,
    "-1.5E-2": -0.015, "": None, " 1": None, "1 ": None, "1_0": None, "１２": None, "٣": None,
    "1,5": None, "0x10": None, "nan": None, "inf": None, "Infinity": None, "1e400": None,
    "1e": None, ".": None, "1\n": None, "−1": None, "9" * 41: None,
}  # fmt: skip
DAYS = {
    "2026-01-31": date(2026, 1, 31), "0001-01-01": date(1, 1, 1), "2026-1-1": None,
    "2026-01-31 ": None, " 2026-01-31": None, "２０２６-01-31": None, "2026-02-30": None,
    "20260131": None, "2026-W05-6": None, "2026-01-31T00:00:00Z": None, "": None,
    "0000-01-01": None, "2026-01-31\n": None,
}  # fmt: skip
EIGHT = timezone(timedelta(hours=8))
INSTANTS = {
    "2026-01-31T08:00:00Z": datetime(2026, 1, 31, 8, tzinfo=UTC),
    "2026-01-31t08:00:00z": datetime(2026, 1, 31, 8, tzinfo=UTC),
    "2026-01-31T08:00:00+08:00": datetime(2026, 1, 31, 8, tzinfo=EIGHT),
    "2026-01-31T08:00:00 08:00": datetime(2026, 1, 31, 8, tzinfo=EIGHT),
    "2026-01-31T08:00:00.25Z": datetime(2026, 1, 31, 8, 0, 0, 250_000, tzinfo=UTC),
    "2026-01-31T08:00:00": None, "2026-01-31T08:00Z": None, "2026-1-31T08:00:00Z": None,
    "2026-01-31 08:00:00Z": None, "2026-01-31T08:00:00+0800": None, "2026-01-31": None,
    "2026-01-31T24:00:00Z": None, "2026-01-31T08:00:00Z ": None, "２０２６-01-31T08:00:00Z": None,
    "2026-01-31T08:00:00,5Z": None, "9999-12-31T23:59:59-14:00": None, "": None,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text):
    assert read_number(text) == NUMBERS[text]


@pytest.mark.parametrize("text", DAYS)
def test_days(text):
    assert read_day(text) == DAYS[text]


@pytest.mark.parametrize("text", INSTANTS)
def test_instants(text):
    assert read_instant(text) == INSTANTS[text]


@pytest.mark.parametrize("text", ["NaN", '{"a": [-Infinity]}', "Infinity"])
def test_json_has_no_such_numbers(text):
    with pytest.raises(ValueError, match="no number"):
        read_json(text)


API, OGC = "/api/v1/place-names/", "/ogc/collections/place-names/items"
ODD = [
    ("/api/v1/place-names/", {"year": "1_990"}, 422),
    (API, {"limit": "1_0"}, 422), (API, {"limit": "１０"}, 422), (API, {"limit": " 10"}, 422),
    (API, {"limit": "10.0"}, 422), (API, {"page": "+1 "}, 422), (API, {"year": "1990.0"}, 422),
    (API, {"near": "113.2７,23.1"}, 422), (API, {"near": "1_13.27,23.1"}, 422),
    (API, {"near": "113.27, 23.1"}, 422), (API, {"bbox": "1_13,23,114,24"}, 400),
    (f"{API}list", {"limit": "1_0"}, 422), (f"{API}list", {"changed_since": "2026-1-1"}, 422),
    (f"{API}list", {"changed_since": "2026-01-01 "}, 422),
    (f"{API}list", {"changed_since": "2026-01-31 08:00:00Z"}, 422),
    (f"{API}list", {"changed_since": "2026-01-31T08:00:00"}, 422),
    (f"{API}list", {"changed_since": "２０２６-01-01"}, 422),
    (f"{API}suggest", {"q": "路", "limit": "1_0"}, 422),
    (f"{API}reverse", {"x": "1_13.27", "y": "23.1"}, 422),
    (f"{API}reverse", {"x": " 113.27", "y": "23.1"}, 422),
    (f"{API}reverse", {"x": "113.27", "y": "inf"}, 422),
    (f"{API}44010500023510000001/history", {"year": "1_990"}, 422),
    ("/api/v1/guides", {"limit": "1_0"}, 422), ("/api/v1/policies", {"after": " 1"}, 422),
    ("/api/v1/figures", {"as_of": "2026-1-1"}, 422), ("/api/v1/figures", {"as_of": "1769788800"}, 422),
    ("/api/v1/figures", {"as_of": "2026-01-31T00:00:00"}, 422),
    (OGC, {"limit": "1_0"}, 400), (OGC, {"limit": "１０"}, 400), (OGC, {"limit": " 10"}, 400),
    (OGC, {"bbox": "1_13,23,114,24"}, 400), (OGC, {"bbox": "１１３,23,114,24"}, 400),
    (OGC, {"bbox": "113, 23, 114, 24"}, 400), (OGC, {"year_established": "1_990"}, 400),
    (OGC, {"year_established": "１９９０"}, 400), (OGC, {"year_established": "nan"}, 400),
    (OGC, {"approved_on": "2026-1-1"}, 400), (OGC, {"approved_on": "2026-01-31 "}, 400),
    (OGC, {"updated": "2026-01-31 08:00:00Z"}, 400), (OGC, {"updated": "2026-01-31T08:00Z"}, 400),
    (OGC, {"datetime": "2026-1-1"}, 400), (OGC, {"datetime": "2026-01-31T8:00:00Z"}, 400),
    (OGC, {"datetime": "2026-01-31 "}, 400), (OGC, {"datetime": "２０２６"}, 400),
    (OGC, {"filter": "approved_on = DATE('2026-1-1')"}, 400),
    (OGC, {"filter": "updated > TIMESTAMP('2026-01-31 08:00:00Z')"}, 400),
    (OGC, {"filter": "year_established = 1_990"}, 400),
    (OGC, {"filter": "year_established = １９９０"}, 400),
    (OGC, {"filter-lang": "cql2-json", "filter": json.dumps(
        {"op": "=", "args": [{"property": "year_established"}, float("nan")]})}, 400),
    (OGC, {"filter-lang": "cql2-json", "filter": json.dumps(
        {"op": "s_intersects", "args": [{"property": "geometry"}, {"bbox": ["113", 23, 114, 24]}]})}, 400),
    ("/reconcile/extend/propose", {"limit": "1_0"}, 400), ("/reconcile/extend/propose", {"limit": "x"}, 400),
]  # fmt: skip


@pytest.mark.usefixtures("district")
@pytest.mark.one_engine
def test_every_interface_refuses_other_spellings(client):
    for address, asked, status in ODD:
        answer = client.get(address, asked)
        assert answer.status_code == status, (address, asked)
        assert answer["Content-Type"] == "application/problem+json"
        assert answer.json()["parameter"] in asked


@pytest.mark.usefixtures("district")
@pytest.mark.one_engine
@pytest.mark.parametrize(
    ("address", "asked"),
    [
        (API, {"limit": "10", "near": "113.27,-23.1", "year": "1990"}),
        (f"{API}list", {"changed_since": "2026-01-31T08:00:00+08:00", "bbox": "113,23,114,24"}),
        (f"{API}reverse", {"x": "1.1327e2", "y": "23.10"}),
        ("/api/v1/figures", {"as_of": "2026-01-31"}),
        (OGC, {"bbox": "113,23,0,114,24,9", "datetime": "2026-01-31T08:00:00Z", "limit": "1"}),
        (
            OGC,
            {
                "approved_on": "2026-01-31",
                "updated": "2026-01-31T08:00:00.5Z",
                "year_established": "1.99e3",
            },
        ),
        ("/reconcile/extend/propose", {"limit": "2"}),
    ],
)
def test_and_takes_what_the_standards_have(client, address, asked):
    assert client.get(address, asked).status_code == 200
