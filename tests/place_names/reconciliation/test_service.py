"""The service as OpenRefine uses it: manifest, batches, values, suggestions, preview.

The shapes of the answers follow the JSON schemas of the specification 0.2
(github.com/reconciliation-api/specs), all of which they satisfied when this was written.
"""

import json

import pytest

from place_names.models import NameVariant
from tests.place_names.factories import make_category, make_place

pytestmark = pytest.mark.usefixtures("district")
ROOT = "/reconcile/"


@pytest.fixture
def places(district):
    _, second = district
    made = {
        "江南大道中": make_place("江南大道中", romanisation="Jiāngnán Dàdào Zhōng", meaning="江之南"),
        "同福路": make_place("同福路", romanisation="Tóngfú Lù", year_established=1931),
        "和平里": make_place("和平里", romanisation="Hépíng Lǐ"),
        "和平里二": make_place("和平里", romanisation="Hépíng Lǐ", subdistricts=[second]),
        "宝岗公园": make_place("宝岗公园", category=make_category("25200", "公园")),
    }  # fmt: skip
    NameVariant.objects.create(place=made["同福路"], kind="former", name="龙溪路")
    make_place("草稿巷", live=False)
    make_place("待定巷", status="pending")
    return made


def ask(client, method="post", **queries) -> dict:
    answer = getattr(client, method)(ROOT, {"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.content.decode()
    return {key: value["result"] for key, value in answer.json().items()}


def test_the_manifest_leads_to_everything(client, places):
    manifest = client.get(ROOT).json()
    assert manifest["versions"] == ["0.2"]
    assert {"id": "23510", "name": "道路、街巷"} in manifest["defaultTypes"]
    code = places["同福路"].code
    for template in (manifest["view"]["url"], manifest["preview"]["url"]):
        assert client.get(template.replace("{{id}}", code)).status_code == 200
    services = [*manifest["suggest"].values(), manifest["extend"]["propose_properties"]]
    for service in services:
        assert client.get(service["service_url"] + service["service_path"]).status_code == 200


@pytest.mark.parametrize(
    ("query", "name", "score", "is_match"),
    [
        ("江南大道中", "江南大道中", 100, True),
        ("广州市海珠区江南大道中", "江南大道中", 100, True),
        (" 江南 大道中", "江南大道中", 100, True),
        ("江南大道中（海珠）", "江南大道中", 95, True),
        ("龙溪路", "同福路", 90, True),
        ("jiangnan dadao zhong", "江南大道中", 90, True),
        ("江男大道中", "江南大道中", 85, False),
    ],
)
def test_what_a_text_means_and_how_sure_that_is(client, places, query, name, score, is_match):
    first = ask(client, q0={"query": query})["q0"][0]
    assert (first["id"], first["name"]) == (places[name].code, name)
    assert (first["score"], first["match"]) == (score, is_match)
    assert first["type"] == [{"id": "23510", "name": "道路、街巷"}]


def test_two_of_the_same_name_are_told_apart_by_the_subdistrict_only(client, places):
    both = ask(client, q0={"query": "和平里"})["q0"]
    assert [each["score"] for each in both] == [100, 100]
    assert not any(each["match"] for each in both)
    for word in ("440105003", "昌岗街道", "昌岗", ["昌岗街道"], {"id": "440105003"}):
        properties = [{"pid": "subdistrict", "v": word}]
        first, other = ask(client, q0={"query": "和平里", "properties": properties})["q0"]
        assert (first["id"], first["match"]) == (places["和平里二"].code, True)
        assert other["score"] < 80


@pytest.fixture
def committees(district):
    first, second = district
    committee = make_category("11910", "社区居民委员会")
    return [
        make_place("聚龙社区居委会", subdistricts=[first], category=committee),
        make_place("聚龙社区居委会", subdistricts=[second], category=committee),
        make_place("江南大道南社区居委会", subdistricts=[second], category=committee),
        make_place(
            "昌岗街道办事处", subdistricts=[second], category=make_category("25100", "机关")
        ),
        make_place("赤岗社区居委会", subdistricts=[first], category=committee),
    ]


@pytest.mark.parametrize(
    ("query", "number", "least", "is_match"),
    [
        ("江南中街道聚龙社区居委会", 0, 100, True),
        ("昌岗街道聚龙社区居委会", 1, 100, True),
        ("广州市海珠区昌岗街道 聚龙社区居委会", 1, 100, True),
        ("昌崗街道聚龍社區居委會", 1, 100, True),
        ("昌岗街聚龙社区居委会", 1, 100, True),
        ("昌岗街道江南大道南社区居委会", 2, 100, True),
        ("江南大道南社区", 2, 90, True),
        ("江南大道南社区居民委员会", 2, 90, True),
        ("江南大道南居委会", 2, 90, True),
        ("江南中街道江南大道南社区居委会", 2, 70, False),  # it is not there
        ("昌岗街道办事处", 3, 100, True),  # the subdistrict is part of the name
    ],
)
def test_a_subdistrict_before_a_name(client, committees, query, number, least, is_match):
    first = ask(client, q0={"query": query})["q0"][0]
    assert (first["id"], first["match"]) == (committees[number].code, is_match)
    assert first["score"] == 100 if least == 100 else least <= first["score"] < 100


def test_a_street_that_is_called_like_a_subdistrict(client, district):
    """南华西街 may be a street: what its name begins with says nothing for certain."""
    lane = make_place("江南中街三巷", subdistricts=[district[1]])
    first = ask(client, q0={"query": "江南中街三巷"})["q0"][0]
    assert (first["id"], first["score"], first["match"]) == (lane.code, 100, True)


def test_position_and_type_count(client, places):
    near = [{"pid": "coordinates", "v": "23.1,113.265"}]
    far = [{"pid": "coordinates", "v": "113.40,23.05"}]
    answer = ask(
        client, near={"query": "同福路", "properties": near},
        far={"query": "同福路", "properties": far},
        park={"query": "宝岗", "type": "25200"}, road={"query": "宝岗", "type": [{"id": "23510"}]},
        above={"query": "宝岗", "type": "25000"},
    )  # fmt: skip
    assert answer["near"][0]["score"] == 100
    assert answer["far"][0]["score"] < 75
    assert not answer["far"][0]["match"]
    assert [each["name"] for each in answer["park"]] == ["宝岗公园"]
    assert [each["name"] for each in answer["above"]] == ["宝岗公园"]
    assert answer["road"] == []


def test_batches_by_get_and_post_limit_and_empty_queries(client, places):
    for method in ("get", "post"):
        answer = ask(
            client, method, a={"query": "和平里", "limit": 1}, b={"query": ""}, c={"query": "？"}
        )
        assert [len(answer[key]) for key in "abc"] == [1, 0, 0]


def test_only_public_names(client, places):
    answer = ask(client, a={"query": "草稿巷"}, b={"query": "待定巷"})
    names = {each["name"] for results in answer.values() for each in results}
    assert not names & {"草稿巷", "待定巷"}


def test_values_of_names(client, places):
    asked = {
        "ids": [places["同福路"].code, "99999999999999999999"],
        "properties": [
            {"id": name}
            for name in ("name", "category", "subdistricts", "coordinates", "year_established",
                         "lon", "variants", "meaning")
        ],
    }  # fmt: skip
    answer = client.post(ROOT, {"extend": json.dumps(asked)}).json()
    row = answer["rows"][places["同福路"].code]
    assert row == {
        "name": [{"str": "同福路"}],
        "category": [{"id": "23510", "name": "道路、街巷"}],
        "subdistricts": [{"id": "440105004", "name": "江南中街道"}],
        "coordinates": [{"str": "23.1,113.265"}],
        "year_established": [{"int": 1931}],
        "lon": [{"float": 113.265}],
        "variants": [{"str": "former:龙溪路"}],
        "meaning": [],
    }
    assert not any(answer["rows"]["99999999999999999999"].values())
    assert [each["id"] for each in answer["meta"]] == [each["id"] for each in asked["properties"]]


def test_suggestions(client, places):
    def ids(path: str, prefix: str) -> list[str]:
        answer = client.get(f"{ROOT}suggest/{path}", {"prefix": prefix}).json()
        return [each["id"] for each in answer["result"]]

    assert ids("entity", "同福") == [places["同福路"].code]
    assert ids("type", "公园") == ["25200"]
    assert ids("type", "235") == ["23510"]
    assert "year_established" in ids("property", "设立")
    assert ids("entity", "") == []


def test_the_preview_may_be_shown_in_a_frame_of_another_site(client, places):
    answer = client.get(f"{ROOT}preview", {"id": places["江南大道中"].code})
    assert "江之南" in answer.content.decode()
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    for odd in ("", "x", "9" * 500):
        assert client.get(f"{ROOT}preview", {"id": odd}).status_code == 404


def test_scripts_of_other_sites_may_ask(client):
    assert client.post(ROOT, {"queries": "{}"})["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"queries": "{"}, 400),
        ({"queries": "[]"}, 400),
        ({"queries": "[" * 9000}, 400),
        ({"queries": '{"q0": 1}'}, 400),
        ({"queries": '{"q0": {"query": 5}}'}, 400),
        ({"queries": '{"q0": {"query": "a", "limit": 0}}'}, 400),
        ({"queries": '{"q0": {"query": "a", "limit": true}}'}, 400),
        ({"queries": '{"q0": {"query": "a", "properties": {"a": 1}}}'}, 400),
        ({"queries": '{"q0": {"query": "a", "properties": [{"v": 1}]}}'}, 400),
        ({"queries": json.dumps({f"q{n}": {"query": "a"} for n in range(51)})}, 413),
        ({"queries": '{"q0": {"query": "' + "a" * 3_000_000 + '"}}'}, 413),
        ({"queries": '{"\\ud800": {"query": "江南"}}'}, 400),
        ({"queries": '{"q0": {"query": "江南\\ud800"}}'}, 400),
        ({"queries": '{"q0": {"query": "a", "properties": [{"pid": "\\udfff", "v": 1}]}}'}, 400),
        ({"extend": '{"ids": ["\\ud800"], "properties": [{"id": "name"}]}'}, 400),
        ({"extend": '{"ids": ["\\u0000"], "properties": [{"id": "name"}]}'}, 400),
        ({"extend": '{"ids": [], "properties": [{"id": ["name"]}]}'}, 400),
        ({"extend": '{"ids": [], "properties": [{"id": {"name": 1}}]}'}, 400),
        ({"extend": "{}"}, 400),
        ({"extend": '{"ids": [], "properties": [{"id": "secrecy"}]}'}, 400),
        ({"extend": '{"ids": [], "properties": ["name"]}'}, 400),
        ({"extend": json.dumps({"ids": ["x"] * 1001, "properties": []})}, 413),
        ({}, 400),
    ],
    ids=range(23),
)
def test_what_is_wrong_is_told(client, data, status):
    client.handler.enforce_csrf_checks = True
    body = client.post(ROOT, data)
    assert (body.status_code, body["Content-Type"]) == (status, "application/problem+json")
    assert body.json()["detail_zh"]


def test_odd_values_are_left_out_rather_than_refused(client, places):
    odd = [
        {"pid": "coordinates", "v": "here"}, {"pid": "subdistrict", "v": []},
        {"pid": "category", "v": {"x": 1}}, {"pid": "unknown", "v": "1"}, {"pid": "lon", "v": None},
    ]  # fmt: skip
    answer = ask(client, q0={"query": "同福路", "properties": odd, "type": [None, 5]})
    assert answer["q0"][0]["score"] == 100


def test_other_methods(client):
    assert client.put(ROOT).status_code == 405
    assert client.post(f"{ROOT}suggest/entity").status_code == 405
