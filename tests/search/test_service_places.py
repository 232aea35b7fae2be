"""Halls, registries and centres in site search."""

import pytest

from home.models import ServicePlace
from tests.home.factories import make_home
from tests.home.factories import make_service_place as make_place

from .factories import guide_page

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def places():
    make_home()
    guide_page("申请入住颐康中心", slug="care")
    make_place(name="赤岗街道政务服务中心", slug="hall", kind="hall", phone="020-00000001")
    make_place(name="赤岗街道颐康中心", slug="chigang-care", kind="care", address="江南路8号")
    make_place(name="新港街道颐康中心", slug="xingang-care", kind="care")


def names(client, query: str) -> list[str]:
    answer = client.get("/search/", {"q": query, "kind": "service_place"}).context["answer"]
    shown = [r for r in answer.results.object_list if r.kind == "service_place"]
    return [str(result.title).replace("<mark>", "").replace("</mark>", "") for result in shown]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("赤岗街道颐康中心", "赤岗街道颐康中心"),
        ("赤岗街颐康中心", "赤岗街道颐康中心"),
        ("新港颐康中心", "新港街道颐康中心"),
        ("赤岗街政务服务中心电话", "赤岗街道政务服务中心"),
        ("赤岗 政务服务 电话", "赤岗街道政务服务中心"),
        ("赤岗街道办事处几点下班", "赤岗街道政务服务中心"),
        ("政务服务中心在哪里", "赤岗街道政务服务中心"),
        ("頤康中心 江南路", "赤岗街道颐康中心"),
        ("养老服务中心 新港", "新港街道颐康中心"),
    ],
)
def test_a_place_is_found_by_name_kind_and_address(client, places, query, first):
    assert names(client, query)[0] == first


def test_all_places_of_a_kind_are_found(client, places):
    assert set(names(client, "颐康中心")[:2]) == {"赤岗街道颐康中心", "新港街道颐康中心"}


@pytest.mark.parametrize("query", ["火星", "坐飞机"])
def test_what_no_place_has_finds_none(client, places, query):
    assert names(client, query) == []


def test_a_result_tells_address_telephone_and_whether_it_is_open(client, places):
    html = client.get("/search/", {"q": "政务服务中心"}).content.decode()
    assert "电话：020-00000001" in html
    assert "/service-places/hall/" in html
    assert ServicePlace.Kind.HALL.label in html


def test_places_are_offered_while_typing(client, places):
    groups = client.get("/search/suggest/", {"q": "赤岗街道"}).json()["groups"]
    offered = {group["label"]: [item["text"] for item in group["items"]] for group in groups}
    assert set(offered["办事和政策"]) == {"赤岗街道政务服务中心", "赤岗街道颐康中心"}


def test_a_guide_of_that_title_stays_above(client, places):
    answer = client.get("/search/", {"q": "申请入住颐康中心"}).context["answer"]
    first = answer.results.object_list[0]
    assert "申请入住颐康中心" in str(first.title).replace("<mark>", "").replace("</mark>", "")
