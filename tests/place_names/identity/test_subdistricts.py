"""One address for a subdistrict, as for a name: a page for people, data for programs."""

import re

import pytest
from django.test import Client

from place_names.models import Community, RegisterSettings
from tests.place_names.factories import make_place

pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]
ADDRESS = "/place-names/subdistricts/440105003"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
RING = [[113.28, 23.09], [113.30, 23.09], [113.30, 23.11], [113.28, 23.11], [113.28, 23.09]]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (BROWSER, "text/html"),
        ("*/*", "text/html"),
        ("", "text/html"),
        ("text/turtle", "text/html"),
        ("application/x-bibtex", "text/html"),
        ("application/json", "application/json"),
        ("application/geo+json", "application/geo+json"),
        ("application/ld+json", "application/ld+json"),
        ("text/html;q=0.5, application/ld+json", "application/ld+json"),
        ("application/json;q=0.1, text/html", "text/html"),
    ],
)
@pytest.mark.parametrize("cached_for", [0, 600])
def test_accept_decides_whatever_is_in_the_cache(settings, accept, media_type, cached_for):
    settings.PAGE_CACHE_SECONDS = cached_for
    for _ in range(2):
        answer = Client().get(f"{ADDRESS}/", headers={"accept": accept})
        assert answer.status_code == 200
        assert answer["Content-Type"].partition(";")[0] == media_type
        assert "Accept" in re.split(", *", answer["Vary"])
        # The next one must not get this one's answer.
        Client().get(f"{ADDRESS}/", headers={"accept": BROWSER})


@pytest.mark.parametrize(
    ("suffix", "media_type"),
    [
        ("json", "application/json"),
        ("geojson", "application/geo+json"),
        ("jsonld", "application/ld+json"),
    ],
)
def test_suffixes(client, suffix, media_type):
    answer = client.get(f"{ADDRESS}.{suffix}")
    assert answer.status_code == 200
    assert answer["Content-Type"].partition(";")[0] == media_type
    assert answer["Link"] == f'<http://testserver{ADDRESS}/>; rel="canonical"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    known = {"if-none-match": answer["ETag"]}
    assert client.get(f"{ADDRESS}.{suffix}", headers=known).status_code == 304
    assert f'href="{ADDRESS}.{suffix}"' in client.get(f"{ADDRESS}/").content.decode()


def test_json_tells_what_is_public_of_it(client, district):
    RegisterSettings(label="示例数据", licence="署名即可").save()
    Community.objects.create(code="440105003001", name="昌岗社区居委会", subdistrict=district[1])
    told = client.get(f"{ADDRESS}.json").json()
    assert (told["code"], told["name"]) == ("440105003", "昌岗街道")
    assert told["communities"] == [{"code": "440105003001", "name": "昌岗社区居委会"}]
    assert told["geometry"] == {"type": "Polygon", "coordinates": [RING]}
    assert told["address"] == f"http://testserver{ADDRESS}/"
    assert (told["label"], told["licence"]) == ("示例数据", "署名即可")
    assert "非勘界依据" in told["note"]


def test_geojson_has_the_boundary_as_a_polygon(client):
    feature = client.get(f"{ADDRESS}.geojson").json()
    assert (feature["type"], feature["id"]) == ("Feature", "440105003")
    assert feature["geometry"] == {"type": "Polygon", "coordinates": [RING]}
    assert feature["properties"]["name"] == "昌岗街道"
    assert feature["links"] == [{"rel": "canonical", "href": f"http://testserver{ADDRESS}/"}]


def test_schema_org_writes_latitude_first(client):
    data = client.get(f"{ADDRESS}.jsonld").json()
    assert (data["@context"], data["@type"]) == ("https://schema.org", "AdministrativeArea")
    assert data["@id"] == data["url"] == f"http://testserver{ADDRESS}/"
    assert data["identifier"]["value"] == "440105003"
    assert data["geo"] == {
        "@type": "GeoShape",
        "polygon": "23.09 113.28 23.09 113.3 23.11 113.3 23.11 113.28 23.09 113.28",
    }


def test_boundaries_are_as_exact_as_published(client, district):
    RegisterSettings(published_decimals=3).save()
    area = district[1]
    area.draw({"type": "Polygon", "coordinates": [[[x + 0.0004321, y] for x, y in RING]]})
    area.save()
    for suffix in ("json", "geojson", "jsonld"):
        assert "4321" not in client.get(f"{ADDRESS}.{suffix}").content.decode()


@pytest.mark.parametrize("suffix", ["json", "geojson", "jsonld"])
def test_a_subdistrict_without_a_boundary_has_no_geometry(client, district, suffix):
    area = district[1]
    area.draw(None)
    area.save()
    told = client.get(f"{ADDRESS}.{suffix}").json()
    assert not told.get("geometry")
    assert "geo" not in told


def test_what_a_place_says_of_where_it_lies_leads_to_data(client, district):
    place = make_place(subdistricts=[district[1]])
    linked = client.get(f"/place-names/{place.code}.lpf.jsonld").json()
    [relation] = linked["relations"]
    address = relation["relationTo"].removeprefix("http://testserver")
    asked = client.get(address, headers={"accept": "application/ld+json"})
    assert asked.json()["@id"] == relation["relationTo"]


@pytest.mark.parametrize(
    "address", [f"{ADDRESS}.bib", f"{ADDRESS}.xml", "/place-names/subdistricts/440105999.json"]
)
def test_what_there_is_not_is_told(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")


def test_an_unknown_subdistrict_is_a_page_for_people_and_a_problem_for_programs(client):
    address = "/place-names/subdistricts/440105999/"
    assert client.get(address, headers={"accept": BROWSER}).status_code == 404
    asked = client.get(address, headers={"accept": "application/json"})
    assert (asked.status_code, asked["Content-Type"]) == (404, "application/problem+json")
