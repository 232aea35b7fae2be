"""One address for a name: a page for people, data for programs, and how to cite it."""

import json
import re

import pytest
import time_machine
from django.test import Client

from place_names.models import NameVariant, PlaceName, RegisterSettings
from place_names.names.renaming import rename
from tests.place_names.factories import make_place

pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.fixture
def place(district):
    RegisterSettings(label="示例数据", licence="署名即可").save()
    made = make_place("江南大道中", romanisation="Jiāngnán Dàdào Zhōng", meaning="江之南")
    NameVariant.objects.create(place=made, kind="former", name="旧路", year_to=1950)
    return made


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (BROWSER, "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("image/png", "text/html"),
        ("application/json", "application/json"),
        ("application/json, text/plain, */*", "application/json"),
        ("application/geo+json", "application/geo+json"),
        ("application/ld+json", "application/ld+json"),
        ("application/*", "application/json"),
        ("text/html;q=0.5, application/ld+json", "application/ld+json"),
        ("application/json;q=0.1, text/html", "text/html"),
        ("application/x-bibtex", "application/x-bibtex"),
        ("application/x-research-info-systems", "application/x-research-info-systems"),
    ],
)
def test_accept_decides_whatever_is_in_the_cache(place, accept, media_type):
    for _ in range(2):
        answer = Client().get(place.get_absolute_url(), headers={"accept": accept})
        assert answer.status_code == 200
        assert answer["Content-Type"].partition(";")[0] == media_type
        assert "Accept" in re.split(", *", answer["Vary"])
        # The next one must not get this one's answer.
        Client().get(place.get_absolute_url(), headers={"accept": BROWSER})


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("json", "application/json"),
        ("geojson", "application/geo+json"),
        ("jsonld", "application/ld+json"),
        ("lpf.jsonld", "application/ld+json"),
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
    ],
)
def test_suffixes(client, place, suffix, media_type):
    answer = client.get(f"/place-names/{place.code}.{suffix}")
    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == media_type
    assert answer["Link"] == f'<http://testserver{place.get_absolute_url()}>; rel="canonical"'
    known = {"if-none-match": answer["ETag"]}
    assert client.get(f"/place-names/{place.code}.{suffix}", headers=known).status_code == 304


def test_json_tells_all_and_what_replaced_it(client, place):
    new = rename(place, "江南新路", 1990)
    old = client.get(f"/place-names/{place.code}.json").json()
    assert (old["name"], old["meaning"], old["label"]) == ("江南大道中", "江之南", "示例数据")
    assert old["variants"] == [
        {"kind": "former", "name": "旧路", "year_from": None, "year_to": 1950}
    ]
    assert old["geometry"] == {"type": "Point", "coordinates": [113.265, 23.1]}
    [link] = old["replaced_by"]
    assert (link["code"], link["name"], link["year"]) == (new.code, "江南新路", 1990)
    assert client.get(f"/place-names/{new.code}.json").json()["replaces"][0]["code"] == place.code


def test_what_replaced_it_is_told_only_while_it_is_public(client, place):
    new = rename(place, "江南新路", 1990)
    newest = rename(PlaceName.objects.get(pk=new.pk), "江南最新路", 2000)
    addresses = (
        f"/place-names/{place.code}.json",
        f"/place-names/{place.code}/",
        f"/api/v1/place-names/{place.code}",
        f"/api/v1/place-names/{place.code}/history",
    )
    told = "".join(client.get(address).content.decode() for address in addresses)
    assert new.code in told
    for place_id, changes in ((new.pk, {"live": False}), (newest.pk, {"status": "pending"})):
        record = PlaceName.objects.get(pk=place_id)
        for name, value in changes.items():
            setattr(record, name, value)
        record.save()
    told = "".join(client.get(address).content.decode() for address in addresses)
    for hidden in (new, newest):
        assert hidden.code not in told
        assert hidden.name not in told


def test_schema_org(client, place):
    data = client.get(f"/place-names/{place.code}.jsonld").json()
    assert (data["@context"], data["@type"]) == ("https://schema.org", "Place")
    assert data["@id"] == f"http://testserver{place.get_absolute_url()}"
    assert data["alternateName"] == ["Jiāngnán Dàdào Zhōng", "旧路"]
    assert data["geo"] == {"@type": "GeoCoordinates", "longitude": 113.265, "latitude": 23.1}
    page = client.get(place.get_absolute_url()).content.decode()
    [embedded] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert json.loads(embedded)["@id"] == data["@id"]


def test_geojson_and_linked_places_agree(client, place):
    feature = client.get(f"/place-names/{place.code}.geojson").json()
    linked = client.get(f"/place-names/{place.code}.lpf.jsonld").json()
    assert feature["id"] == place.code
    assert feature["geometry"] == linked["geometry"]
    assert linked["@context"].startswith("https://")
    assert linked["names"][-1] == {
        "toponym": "旧路", "lang": "zh-Hans",
        "when": {"timespans": [{"start": {"latest": "1950"}, "end": {"in": "1950"}}]},
    }  # fmt: skip


@time_machine.travel("2026-03-05 10:00:00+08:00", tick=False)
def test_citations_name_version_and_day(client):
    RegisterSettings(label="示例数据").save()
    place = make_place("50%_{路}&巷")
    bibtex = client.get(f"/place-names/{place.code}.bib").content.decode()
    assert bibtex.startswith(f"@misc{{haizhu-{place.code},\n")
    assert r"50\%\_\{路\}\&巷" in bibtex
    assert "  version = {2026.03.05.020000-1},\n" in bibtex
    assert "  urldate = {2026-03-05},\n" in bibtex
    assert f"  url = {{http://testserver{place.get_absolute_url()}}}" in bibtex
    assert "示例数据" in bibtex
    ris = client.get(f"/place-names/{place.code}.ris").content.decode()
    lines = ris.split("\r\n")
    assert lines[0] == "TY  - DATA"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])
    assert "TI  - 50%_{路}&巷" in lines
    assert f"UR  - http://testserver{place.get_absolute_url()}" in lines
    page = client.get(place.get_absolute_url()).content.decode()
    assert (
        "[DB/OL]//海珠区地名（示例数据）. 版本2026.03.05.020000-1. (2026-03-05)[2026-03-05]."
        in page
    )


def test_a_corrected_code_leads_to_the_same_format(client, place):
    old, place.code = place.code, place.code[:14] + "900001"
    place.save()
    answer = client.get(f"/place-names/{old}.geojson")
    assert (answer.status_code, answer["Location"]) == (301, f"/place-names/{place.code}.geojson")
    asked = client.get(f"/place-names/{old}/", headers={"accept": "application/geo+json"})
    assert (asked.status_code, asked["Location"]) == (301, f"/place-names/{place.code}.geojson")


def test_what_is_not_public_has_no_representation(client):
    for place in (make_place("草稿", live=False), make_place("待定", status="pending")):
        for suffix in ("json", "geojson", "jsonld", "lpf.jsonld", "bib", "ris"):
            assert client.get(f"/place-names/{place.code}.{suffix}").status_code == 404
        asked = client.get(place.get_absolute_url(), headers={"accept": "application/json"})
        assert asked.status_code == 404


def test_an_unknown_suffix_is_told(client, place):
    answer = client.get(f"/place-names/{place.code}.xml")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
