"""The public page of the pre-check, and the same as JSON."""

import pytest
from django.urls import reverse

from home.models import RateCount
from place_names.naming import alternatives as made
from place_names.naming import views
from place_names.naming.checking import check
from place_names.naming.findings import FIT, Proposal
from place_names.naming.lists import from_files
from tests.place_names.factories import make_category, make_place

from .cases import register, subdistricts

pytestmark = [pytest.mark.usefixtures("district"), pytest.mark.one_engine]
PAGE = reverse("place_names:naming_check")
API = "/api/v1/place-names/check"


@pytest.fixture
def garden(district):
    return make_place(
        "怡锦花园",
        specific="怡锦",
        generic="花园",
        romanisation="Yíjǐn Huāyuán",
        category=make_category("22100", "住宅区"),
    )


def read(client, status=200, **asked):
    answer = client.get(PAGE, asked)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_the_start_page_of_the_gazetteer_leads_there(client):
    assert PAGE in client.get(reverse("place_names:index")).content.decode()


def test_a_name_that_is_taken_is_told_with_its_place_and_clause(client, garden):
    html = read(client, kind="estate", name="怡锦花园")
    assert "不符合命名规定" in html
    assert garden.get_absolute_url() in html
    assert "第九条第八项" in html
    assert "仅供参考，不是审批决定" in html
    assert "住房和城乡建设部门" in html  # 条例 art. 12 no. 6


def test_a_good_name_is_fit_and_still_only_advice(client, garden):
    html = read(client, kind="street", name="榕荫里", subdistrict="江南中街道")
    assert "未发现问题" in html
    assert "仅供参考，不是审批决定" in html
    assert "第十二条第五项" in html


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"kind": "estate", "name": ""}, "请填写拟用的名称"),
        ({"kind": "estate", "name": "园"}, "名称至少两个字"),
        ({"kind": "estate", "name": "园" * 200}, "名称最多30个字，您写了200个字"),
        ({"kind": "", "name": "榕荫花园"}, "请选择给什么起名"),
        ({"kind": "x", "name": "榕荫花园"}, "请选择给什么起名"),
        ({"kind": "estate", "name": "榕荫花园", "floors": "二十"}, "层数请填大于0的数字"),
        ({"kind": "estate", "name": "榕荫花园", "floors": "-1"}, "层数请填大于0的数字"),
        ({"kind": "estate", "name": "榕荫花园", "floors": "nan"}, "层数请填大于0的数字"),
        ({"kind": "estate", "name": "榕荫花园", "green": "300"}, "请填0到100的数字"),
        ({"kind": "street", "name": "榕荫路", "width": "0"}, "请填大于0的数字"),
        ({"kind": "estate", "name": "榕荫花园", "point": "113"}, "坐标写成经度,纬度"),
        ({"kind": "estate", "name": "榕荫花园", "point": "116.4,39.9"}, "不在海珠区内"),
        (
            {
                "kind": "estate",
                "name": "榕荫花园",
                "point": "113.29,23.10",
                "subdistrict": "江南中街道",
            },
            "这个坐标在昌岗街道，您选的是江南中街道",
        ),
    ],
)
def test_bad_input_is_explained_and_nothing_is_lost(client, asked, message):
    html = read(client, 422, **asked)
    assert message in html
    if asked["name"]:
        assert f'value="{asked["name"]}"' in html
    for name in ("floors", "point"):
        if name in asked:
            assert f'value="{asked[name]}"' in html


@pytest.mark.parametrize("name", ["花园", "🌳🌳花园", "Ａ座花园", "a\x00b花园", "<b>花园</b>"])
def test_odd_names_get_a_result(client, name):
    html = client.get(PAGE, {"kind": "estate", "name": name})
    assert html.status_code in (200, 400)
    if html.status_code == 200:
        assert "不符合命名规定" in html.content.decode()
        assert "<b>花园" not in html.content.decode()


def test_a_point_gives_the_subdistrict(client, garden):
    html = read(client, kind="estate", name="榕荫家园", point="113.29,23.10")
    assert "未发现问题" in html


def test_too_many_checks_are_refused_and_nothing_is_lost(client, monkeypatch):
    monkeypatch.setattr(views, "CHECKS_IN_AN_HOUR", 1)
    read(client, kind="estate", name="榕荫家园")
    answer = client.get(PAGE, {"kind": "estate", "name": "榕荫家园"})
    assert answer.status_code == 429
    assert 'value="榕荫家园"' in answer.content.decode()
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert RateCount.objects.count()


def test_alternatives_pass_the_rules_themselves():
    areas = list(subdistricts().values())
    lists = from_files()
    for kind, name in (("estate", "宇宙花园"), ("street", "中央大道"), ("bridge", "世界桥")):
        proposal = Proposal(name, kind, "海幢街道")
        found = made.alternatives(proposal, register(), lists, areas)
        assert 3 <= len(found) <= 5, found
        for each in found:
            assert "海幢街道" in each.reason
            told = check(Proposal(each.name, kind, "海幢街道"), register(), lists, areas)
            assert told.outcome == FIT, told


def test_the_interface_says_the_same_as_the_page(client, garden):
    answer = client.get(API, {"kind": "estate", "name": "怡锦花园"})
    assert answer.status_code == 200
    told = answer.json()
    assert told["outcome"] == "unfit"
    assert told["advice"] == "仅供参考，不是审批决定。"
    assert told["findings"][0]["rule"] == "duplicate"
    assert told["findings"][0]["places"][0]["code"] == garden.code
    assert (told["specific"], told["generic"]) == ("怡锦", "花园")


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"kind": "estate"}, "name"),
        ({"kind": "estate", "name": "园"}, "name"),
        ({"kind": "road", "name": "榕荫路"}, "kind"),
        ({"kind": "street", "name": "榕荫路", "point": "0,0"}, "point"),
        ({"kind": "street", "name": "榕荫路", "subdistrict": "不存在"}, "subdistrict"),
    ],
)
def test_a_wrong_request_gets_a_problem_document(client, asked, parameter):
    answer = client.get(API, asked)
    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["parameter"] == parameter


@pytest.mark.parametrize(
    ("query", "status", "parameter"),
    [
        ("kind=street&name=榕荫路&name=榕影路", 400, "name"),
        ("kind=street&name=榕荫路&generic=zz", 422, "generic"),
    ],
)
def test_what_would_be_left_out_in_silence_is_refused(client, query, status, parameter):
    answer = client.get(f"{API}?{query}")
    assert answer.status_code == status
    assert answer.json()["parameter"] == parameter


def test_the_interface_answers_head(client):
    asked = {"kind": "street", "name": "榕荫路"}
    assert client.head(API, asked).status_code == 200
    assert client.head(API).status_code == 422


def test_names_stay_as_they_are_written_in_the_traditional_view(client, garden):
    html = read(client, kind="estate", name="怡錦花園")
    assert '规范的写法是“<span translate="no">怡锦花园</span>”' in html
    assert ">怡锦花园</a>再查" in html
    html = read(client, kind="estate", name="怡锦花园")
    assert "有繁体字" not in html
    assert '“<span translate="no">怡锦花园</span>”' in html


def test_names_that_await_approval_are_not_given_away_as_data(client, district):
    make_place("岱沈路", specific="岱沈", generic="路", status="pending", romanisation="Dàishěn Lù")
    answer = client.get(API, {"kind": "street", "name": "待审路"})
    told = answer.json()
    assert told["findings"][0]["rule"] == "homophone"
    assert "岱沈" not in answer.content.decode()
    assert told["findings"][0]["places"] == []
