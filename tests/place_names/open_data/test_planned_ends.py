"""An abolition that is planned is told to nobody before its year, whatever is asked for."""

import io
import json
import zipfile

import pytest
import time_machine

from place_names.downloads.formats import FORMATS
from place_names.names.abolition import abolish
from place_names.names.coming_into_force import bring_into_force
from tests.place_names.factories import make_place

YEAR, GROUND = "2029", "拆迁公告第7号"
BEFORE, AFTER = "2026-06-01 08:00 +0800", "2029-03-01 08:00 +0800"
ONE = "/place-names/{code}"
OGC = "/ogc/collections/place-names/items"
PATHS = [
    f"{ONE}/", f"{ONE}.json", f"{ONE}.geojson", f"{ONE}.jsonld", f"{ONE}.lpf.jsonld",
    f"{ONE}.bib", f"{ONE}.ris",
    "/api/v1/place-names/?q=旧巷口", "/api/v1/place-names/list",
    "/api/v1/place-names/{code}", "/api/v1/place-names/{code}/history",
    f"{OGC}?f=json", f"{OGC}/{{code}}?f=json", f"{OGC}/{{code}}?f=html",
    '/reconcile/?extend={{"ids":["{code}"],"properties":[{{"id":"year_abolished"}},{{"id":"abolition_ground"}}]}}',
    "/reconcile/preview?id={code}", "/place-names/?q=旧巷口",
]  # fmt: skip
"""Those that tell the end once it has come, and some that never do."""
TELLING = [
    f"{ONE}/", f"{ONE}.json", f"{ONE}.lpf.jsonld", "/api/v1/place-names/list",
    "/api/v1/place-names/{code}", f"{OGC}/{{code}}?f=json",
]  # fmt: skip


@pytest.fixture
def clock():
    with time_machine.travel(BEFORE, tick=False) as clock:
        yield clock


@pytest.fixture
def place(district, clock):
    place = make_place("旧巷口", year_established=1950)
    abolish(place, int(YEAR), GROUND)
    return place


def body(client, path, place) -> str:
    answer = client.get(path.format(code=place.code), follow=True)
    assert answer.status_code == 200, path
    return answer.content.decode()


def told(text: str) -> list[str]:
    return [each for each in (YEAR, GROUND) if each in text]


def test_planned_then_told(client, place, clock):
    for path in PATHS:
        assert told(body(client, path, place)) == [], path
    clock.move_to(AFTER)
    assert bring_into_force() == 1
    for path in TELLING:
        assert YEAR in told(body(client, path, place).replace(f"{YEAR}-03-01", "")), path


@pytest.mark.parametrize("suffix", FORMATS)
def test_downloads(client, place, suffix):
    content = b"".join(client.get(f"/place-names/download/place-names.{suffix}"))
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"\n".join(archive.read(name) for name in archive.namelist())
    assert GROUND.encode() not in content
    if suffix in ("csv", "json", "geojson", "kml", "xlsx", "lpf.jsonld"):
        assert YEAR.encode() not in content


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"year_abolished": YEAR}, 0),
        ({"filter": "year_abolished > 2024"}, 0),
        ({"filter": "year_abolished IS NOT NULL"}, 0),
        ({"filter": "year_abolished IS NULL"}, 1),
        ({"filter": "abolition_ground LIKE '%公告%'"}, 0),
        ({"datetime": "2040"}, 1),
        ({"sortby": "-year_abolished"}, 1),
    ],
)
def test_filters_do_not_give_it_away(client, place, asked, found):
    answer = client.get(OGC, {"f": "json", **asked})
    assert json.loads(answer.content)["numberMatched"] == found


def test_a_search_of_a_later_year_does_not_give_it_away(client, place):
    for path in ("/api/v1/place-names/", "/api/v1/place-names/list"):
        assert client.get(path, {"year": 2040}).json()["total"] == 1
