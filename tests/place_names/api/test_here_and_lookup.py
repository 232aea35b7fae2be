"""What is here, from any system, and many names at once; the description of the API."""

import json

import pytest
from pyproj import Transformer

from place_names.geometry.coordinates import gcj02_from_cgcs2000
from place_names.models import NameVariant
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")
ROOT = "/api/v1/place-names/"
HERE = (113.27, 23.10)


def point(lon, lat):
    return {"type": "Point", "coordinates": [lon, lat]}


def test_what_is_here(client):
    make_place("北路", geometry=point(113.27, 23.101))
    make_place("东路", geometry=point(113.272, 23.10))
    make_place("旧路", status="historical", geometry=point(113.27, 23.10))
    make_place("草稿", live=False, geometry=point(113.27, 23.10))
    answer = client.get(ROOT + "reverse", {"x": HERE[0], "y": HERE[1]}).json()
    assert answer["subdistrict"] == {"code": "440105004", "name": "江南中街道"}
    found = [(each["name"], each["distance"], each["bearing"]) for each in answer["names"]]
    # On GRS80: 0.001° of latitude is 110.75 m, 0.002° of longitude 204.9 m.
    assert found == [
        ("北路", pytest.approx(110.8, abs=0.2), pytest.approx(0, abs=0.1)),
        ("东路", pytest.approx(204.9, abs=0.2), pytest.approx(90, abs=0.1)),
    ]


def test_outside_there_is_no_subdistrict(client):
    answer = client.get(ROOT + "reverse", {"x": 113.5, "y": 23.5}).json()
    assert (answer["subdistrict"], answer["names"]) == (None, [])
    assert "不在海珠区" in answer["note"]
    assert client.get(ROOT + "reverse", {"x": HERE[0], "y": HERE[1]}).json()["note"] == ""


@pytest.mark.parametrize(
    "system", ["EPSG:4547", "EPSG:4526", "EPSG:3857", "EPSG:32649", "EPSG:4326"]
)
def test_positions_of_other_systems(client, system):
    x, y = Transformer.from_crs("EPSG:4490", system, always_xy=True).transform(*HERE)
    answer = client.get(ROOT + "reverse", {"x": x, "y": y, "crs": system}).json()
    assert answer["point"] == pytest.approx(HERE, abs=2e-5)
    assert answer["note"]


def test_positions_of_web_maps(client):
    x, y = gcj02_from_cgcs2000(*HERE)
    answer = client.get(ROOT + "reverse", {"x": x, "y": y, "crs": "GCJ-02"}).json()
    assert answer["point"] == pytest.approx(HERE, abs=1e-6)


def ask(client, *texts):
    answer = client.post(
        ROOT + "lookup", json.dumps({"texts": texts}), content_type="application/json"
    )
    assert answer.status_code == 200
    return answer.json()


def test_many_names_at_once(client):
    road = make_place("同福路")
    NameVariant.objects.create(place=road, kind="former", name="龙溪路")
    one, two = make_place("和平里"), make_place("和平里")
    make_place("草稿", live=False)
    make_place("待定", status="pending")
    old, road.code = road.code, road.code[:14] + "900001"
    road.save()
    answer = ask(
        client,
        "同福路",
        "龙溪路",
        " 同福路 ",
        road.code,
        old,
        "和平里",
        "草稿",
        "待定",
        "没有",
        "",
        "同福路",
    )
    this = [{"code": road.code, "name": "同福路"}]
    both = sorted([one.code, two.code])
    found = [each["places"] for each in answer["items"]]
    assert found[:5] == [this] * 5
    assert [each["code"] for each in found[5]] == both
    assert found[6:] == [[], [], [], [], this]
    assert answer["found"] == 7


def test_a_thousand_names_in_few_queries(client, django_assert_max_num_queries):
    make_place("同福路")
    texts = [f"没有{number}路" for number in range(999)] + ["同福路"]
    with django_assert_max_num_queries(16):
        answer = ask(client, *texts)
    assert answer["found"] == 1
    assert [each["text"] for each in answer["items"]] == texts


@pytest.mark.parametrize(
    ("body", "status"),
    [("{", 400), ("[]", 422), ('{"texts": "x"}', 422), ('{"texts": [1]}', 422), ("{}", 422),
     (json.dumps({"texts": ["x"] * 1001}), 422)],
)  # fmt: skip
def test_wrong_bodies(client, body, status):
    client.handler.enforce_csrf_checks = True
    answer = client.post(ROOT + "lookup", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_the_description_documents_every_error(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert "detail_zh" in described["components"]["schemas"]["Problem"]["properties"]
    for path, methods in described["paths"].items():
        for operation in methods.values():
            problems = {"404"} if "{code}" in path else set()
            if operation.get("parameters") or "requestBody" in operation:
                problems |= {"422"}
            assert problems <= set(operation["responses"]), path
            for status in problems:
                assert "application/problem+json" in operation["responses"][status]["content"]
