"""What is here, from any system, and many names at once; the description of the API."""

import json

import pytest
from django.db import connection
from pyproj import Transformer

from place_names.geometry.coordinates import gcj02_from_cgcs2000
from place_names.models import NameVariant, PlaceName
from place_names.models.spelling_letters import letters_of
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
    found = [each["places"] for each in answer["items"]]
    how = [(each["code"], each["matched"], each["score"]) for [each] in (*found[:5], found[10])]
    assert how == [
        (road.code, "name", 100),
        (road.code, "other_name", 90),
        (road.code, "name", 100),
        (road.code, "code", 100),
        (road.code, "former_code", 100),
        (road.code, "name", 100),
    ]
    assert {each["name"] for each in found[0]} == {"同福路"}
    assert [each["code"] for each in found[5]] == sorted([one.code, two.code])
    assert found[6:10] == [[], [], [], []]
    assert answer["found"] == 7


SPELLINGS = {
    "Jiangnan Dadao": [("江南大道", "pinyin", 90)],
    "jiangnandadao": [("江南大道", "pinyin", 90)],
    "JIANG NAN DA DAO": [("江南大道", "pinyin", 90)],
    "jiāngnán dàdào": [("江南大道", "pinyin", 95)],
    "Jiāng Nán Dà Dào": [("江南大道", "pinyin", 95)],
    "jiāngnán dàdào": [("江南大道", "pinyin", 95)],
    "jiang1nan2 da4dao4": [("江南大道", "pinyin", 95)],
    "jiǎngnán dàdào": [("江南大道", "pinyin", 80)],
    "Ｊｉａｎｇｎａｎ　Ｄａｄａｏ": [("江南大道", "pinyin", 90)],
    "Tongfu Lu": [("同福路", "pinyin", 90), ("铜福路", "pinyin", 90)],
    "tóng fú lù": [("同福路", "pinyin", 95), ("铜福路", "pinyin", 95)],
    "tóng fù lù": [("同福路", "pinyin", 80), ("铜福路", "pinyin", 80)],
    "Longxi Lu": [("同福路", "other_pinyin", 81)],
    "lóngxī lù": [("同福路", "other_pinyin", 85.5)],
    "Hai'an Lu": [("海安路", "pinyin", 90)],
    "haian lu": [("海安路", "pinyin", 90)],
    "lüyuan lu": [("绿源路", "pinyin", 90)],
    "lvyuan lu": [("绿源路", "pinyin", 90)],
    "lyuyuan lu": [("绿源路", "pinyin", 90)],
    "lv4yuan2lu4": [("绿源路", "pinyin", 95)],
    "Nan Yue Lu": [("南约路", "pinyin", 90)],
    "Nányuē Lù": [("南约路", "pinyin", 95)],
    "nan2yue1lu4": [("南约路", "pinyin", 95)],
    "Caogao Lu": [],
    "Jiangnan": [],
    "jiangnandadao1": [],
    "1": [],
    "-": [],
}


@pytest.mark.parametrize("typed", SPELLINGS)
def test_pinyin_says_how_surely_it_matched(client, typed):
    make_place("江南大道", romanisation="Jiāngnán Dàdào")
    road = make_place("同福路", romanisation="Tóngfú Lù")
    make_place("铜福路", romanisation="Tóngfú Lù")
    make_place("海安路", romanisation="Hǎi'ān Lù")
    make_place("绿源路", romanisation="Lǜyuán Lù")
    make_place("南约路", romanisation="Nányuē Lù")
    make_place("草稿路", romanisation="Cǎogǎo Lù", live=False)
    NameVariant.objects.create(place=road, kind="former", name="龙溪路", romanisation="Lóngxī Lù")
    [answer] = ask(client, typed)["items"]
    found = [(each["name"], each["matched"], each["score"]) for each in answer["places"]]
    assert found == SPELLINGS[typed]


def test_a_spelling_is_looked_up_by_an_index(db):
    """Of a million names each look-up once took two seconds."""
    letters = letters_of("romanisation_plain")
    names = PlaceName.objects.order_by().annotate(letters=letters)
    wanted = names.filter(letters__in=["tongfulu", "x"])
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    assert "place_letters" in wanted.explain()


def test_the_surest_way_is_told(client):
    place = make_place("Canton塔", romanisation="Canton Ta")
    NameVariant.objects.create(place=place, kind="foreign", name="Canton Ta")
    [answer] = ask(client, "Canton Ta")["items"]
    assert [(each["matched"], each["score"]) for each in answer["places"]] == [("other_name", 90)]


def test_a_thousand_names_in_few_queries(client, django_assert_max_num_queries):
    make_place("同福路")
    texts = [f"没有{number}路" for number in range(499)] + ["同福路"]
    texts += [f"meiyou lu {number}" for number in range(500)]
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


def test_too_much_at_once_is_told_plainly(client, settings):
    body = json.dumps({"texts": ["x"] * 1001})
    answer = client.post(ROOT + "lookup", body, content_type="application/json")
    assert (answer.status_code, answer.json()["parameter"]) == (422, "texts")
    assert "最多1000个" in answer.json()["detail_zh"]
    assert "at most 1000" in answer.json()["detail_en"]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = client.post(ROOT + "lookup", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (413, "application/problem+json")
    assert "分批" in answer.json()["detail_zh"]


@pytest.mark.parametrize("text", [r"\u0000", r"路\ud800"])
def test_text_that_no_database_stores_is_refused(client, text):
    body = '{"texts": ["' + text + '"]}'
    answer = client.post(ROOT + "lookup", body, content_type="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


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
