"""Each format read back by a reader that is not ours, against the register."""

import csv
import io
import json
import re
import sqlite3
from contextlib import closing
from xml.etree import ElementTree

import openpyxl
import pyogrio
import pytest
import shapely
from shapely.geometry import shape

from place_names.downloads.formats import FORMATS
from place_names.models import NameVariant, RegisterSettings
from place_names.open_data.fields import PLACE_FIELDS
from place_names.open_data.linked_places import feature_class
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")
ROOT = "/place-names/download/place-names."
GEOMETRIES = {
    "点": {"type": "Point", "coordinates": [113.2651239, 23.1]},
    "线": {"type": "LineString", "coordinates": [[113.26, 23.08], [113.29, 23.11]]},
    "多线": {"type": "MultiLineString",
            "coordinates": [[[113.26, 23.08], [113.27, 23.09]], [[113.28, 23.1], [113.29, 23.1]]]},
    "面": {"type": "Polygon", "coordinates": [
        [[113.26, 23.09], [113.28, 23.09], [113.28, 23.11], [113.26, 23.11], [113.26, 23.09]],
        [[113.265, 23.095], [113.27, 23.095], [113.27, 23.1], [113.265, 23.1], [113.265, 23.095]],
    ]},
    "多面": {"type": "MultiPolygon", "coordinates": [
        [[[113.26, 23.09], [113.27, 23.09], [113.27, 23.1], [113.26, 23.09]]],
    ]},
    "无": None,
}  # fmt: skip


@pytest.fixture
def places(district):
    """A name with each kind of geometry, one with hard text, two that are not public."""
    RegisterSettings(label="示例数据", licence="署名即可").save()
    made = {name: make_place(name, geometry=geometry) for name, geometry in GEOMETRIES.items()}
    hard = make_place(
        "=HYPERLINK(1)", meaning="“引号”,\n<b>&amp;\x01换行", year_established=1921,
        year_abolished=1950, status="abolished", romanisation="Ēn",
    )  # fmt: skip
    NameVariant.objects.create(place=hard, kind="former", name="旧|名", year_to=1920)
    made["=HYPERLINK(1)"] = hard
    make_place("草稿", live=False)
    make_place("待定", status="pending")
    return made


def fetch(client, suffix: str, **asked) -> bytes:
    answer = client.get(ROOT + suffix, asked)
    assert answer.status_code == 200
    assert answer["Content-Type"] == FORMATS[suffix].media_type
    assert "attachment" in answer["Content-Disposition"]
    return b"".join(answer)


def test_csv(client, places):
    content = fetch(client, "csv")
    assert content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert list(rows[0]) == [field.name for field in PLACE_FIELDS]
    assert {row["code"] for row in rows} == {place.code for place in places.values()}
    by_name = {row["name"]: row for row in rows}
    assert (by_name["点"]["lon"], by_name["点"]["lat"]) == ("113.26512", "23.1")
    hard = by_name["'=HYPERLINK(1)"]
    assert hard["year_established"] == "1921"
    assert "“引号”,\n<b>&amp;" in hard["meaning"]


def test_xlsx(client, places):
    sheet = openpyxl.load_workbook(io.BytesIO(fetch(client, "xlsx"))).active
    headings, *rows = sheet.iter_rows(values_only=True)
    assert headings[:2] == ("地名代码", "标准名称")
    assert {row[0] for row in rows} == {place.code for place in places.values()}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def published(name: str):
    geometry = GEOMETRIES[name]
    return geometry and shapely.transform(shape(geometry), lambda xy: xy.round(5))


@pytest.mark.parametrize("suffix", ["geojson", "gpkg", "kml"])
def test_gdal_reads_names_and_geometries(client, places, tmp_path, suffix):
    path = tmp_path / f"names.{suffix}"
    path.write_bytes(fetch(client, suffix))
    meta, _, geometries, columns = pyogrio.raw.read(path)
    assert meta["crs"] == ("EPSG:4490" if suffix == "gpkg" else "EPSG:4326")
    fields = dict(zip((name.lower() for name in meta["fields"]), columns, strict=True))
    read = dict(zip(fields["name"], geometries, strict=True))
    assert len(read) == len(places)
    for name in GEOMETRIES:
        found = None if read[name] is None else shapely.from_wkb(read[name])
        expected = published(name)
        if expected is None:
            assert found is None or found.is_empty
        else:
            assert shapely.equals_exact(shapely.force_2d(found), expected, 1e-9), name


def test_a_geopackage_is_one_by_its_own_tables(client, places, tmp_path):
    path = tmp_path / "names.gpkg"
    path.write_bytes(fetch(client, "gpkg"))
    assert path.read_bytes()[68:72] == b"GPKG"
    meta = pyogrio.read_info(path)
    assert (meta["layer_name"], meta["features"]) == ("place_names", len(places))
    assert meta["total_bounds"] == (113.26, 23.08, 113.29, 23.11)
    assert "示例数据" in str(meta["layer_metadata"])
    with closing(sqlite3.connect(path)) as base:
        moments = base.execute("SELECT updated FROM place_names").fetchall()
    assert all(re.fullmatch(r"[-0-9]{10}T[0-9:]{8}\.[0-9]{3}Z", moment) for (moment,) in moments)


def test_kml_is_well_formed_and_names_the_sample(client, places):
    root = ElementTree.fromstring(fetch(client, "kml"))
    marks = root.findall(".//{*}Placemark")
    assert len(marks) == len(places)
    assert "示例数据" in root.findtext(".//{*}Document/{*}description")
    hard = next(mark for mark in marks if mark.findtext("{*}name") == "=HYPERLINK(1)")
    values = {
        data.get("name"): data.findtext("{*}value") for data in hard.iter() if data.get("name")
    }
    assert values["meaning"] == "“引号”,\n<b>&amp;换行"


def test_linked_places(client, places):
    whole = json.loads(fetch(client, "lpf.jsonld"))
    assert whole["@context"].endswith("linkedplaces-context-v1.1.jsonld")
    features = {each["properties"]["title"]: each for each in whole["features"]}
    assert len(features) == len(places)
    hard = features["=HYPERLINK(1)"]
    assert hard["@id"] == f"http://testserver{places['=HYPERLINK(1)'].get_absolute_url()}"
    assert hard["when"] == {"timespans": [{"start": {"in": "1921"}, "end": {"in": "1950"}}]}
    assert {"toponym": "Ēn", "lang": "zh-Latn-pinyin"} in hard["names"]
    # What the format demands of each feature.
    for each in whole["features"]:
        assert each["type"] == "Feature"
        assert each["names"][0]["toponym"] == each["properties"]["title"]
        assert each["properties"]["fclasses"] == ["R"]
        [span] = each["when"]["timespans"]
        assert set(span["start"]) <= {"in", "latest"}
        assert "geometry" in each


@pytest.mark.parametrize(
    ("category", "expected"),
    [("12100", "H"), ("12300", "T"), ("13400", "T"), ("21500", "A"), ("22100", "P"),
     ("23510", "R"), ("25200", "S"), ("26100", "S"), ("99999", "S")],
)  # fmt: skip
def test_feature_classes_follow_the_classes_of_the_standard(category, expected):
    assert feature_class(category) == expected


@pytest.mark.parametrize("suffix", list(FORMATS))
def test_a_search_gives_what_the_list_shows_in_its_order(client, places, suffix):
    assert fetch(client, suffix, status="abolished")
    found = fetch(client, "csv", q="点")
    rows = list(csv.DictReader(io.StringIO(found.decode("utf-8-sig"))))
    assert [row["name"] for row in rows] == ["点"]
    nothing = fetch(client, "csv", q="没有这个地名")
    assert len(nothing.decode().splitlines()) == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("doc", 404), ("csv?category=99", 400), ("csv?status=pending", 400), ("csv?year=x", 400),
        ("csv?bbox=1,2", 400), ("csv?near=a", 400), ("csv?sort=size", 400),
        ("csv?subdistrict=440105999", 400),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(client, path, status):
    answer = client.get(ROOT + path)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_few_queries_however_many_names(client, django_assert_max_num_queries):
    for number in range(30):
        make_place(f"试验{number}路")
    with django_assert_max_num_queries(16):
        fetch(client, "geojson")


def test_a_visitor_gets_so_many_generated_files_in_an_hour(client, monkeypatch):
    monkeypatch.setattr("place_names.downloads.views.GENERATED_IN_AN_HOUR", 1)
    assert client.get(ROOT + "csv").status_code == 200
    answer = client.get(ROOT + "csv")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert client.get("/place-names/download/").status_code == 200
