"""Non-standard names: the public list and the officers' register."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from place_names.models import NonStandardName, PlaceName
from place_names.names.abolition import abolish
from place_names.names.renaming import rename
from place_names.naming.checking import check
from place_names.naming.findings import Proposal
from place_names.naming.index import NameIndex
from place_names.naming.lists import from_files
from place_names.naming.out_of_use import out_of_use
from place_names.naming.setting_up import load_lists
from place_names.staff.referring import referrers
from place_names.standard_names import avoided
from search.places.engines import place_search
from search.places.filters import Filters
from tests.place_names.factories import make_place
from tests.place_names.staff.conftest import officer  # noqa: F401

from .test_procedure import APPROVAL, advance, make_application

pytestmark = pytest.mark.usefixtures("district")
LIST = reverse("place_names:non_standard")


def make_name(district, **fields):
    fields = {
        "name": "宇宙城",
        "kind": "大",
        "subdistrict": district[0],
        "reason": "刻意夸大",
        "basis": "《地名管理条例》第九条第二项",
        "listed_on": date(2026, 3, 2),
        "is_public": True,
    } | fields
    return NonStandardName.objects.create(**fields)


def read(client):
    return client.get(LIST).content.decode()


def test_the_list_shows_what_is_public_with_the_standard_name(client, district):
    place = make_place("榕荫家园")
    make_name(district, place=place, state="done", done_on=date(2026, 3, 20))
    make_name(district, name="内部名", is_public=False)
    html = read(client)
    assert "宇宙城" in html
    assert place.get_absolute_url() in html
    assert "2026年3月20日完成" in html
    assert "内部名" not in html


def test_a_standard_name_that_is_not_public_is_not_told(client, district):
    make_name(district, place=make_place("保密家园", live=False))
    html = read(client)
    assert "宇宙城" in html
    assert "保密家园" not in html


def test_an_empty_list_says_what_to_do(client):
    assert "现在没有列入清单的名称" in read(client)
    assert reverse("place_names:naming_check") in read(client)


def test_a_change_shows_at_once(client, district):
    row = make_name(district)
    assert "已列入清单" in read(client)
    row.state = "running"
    row.save()
    assert "正在整改" in read(client)


@pytest.mark.parametrize("number", ["0", "99", "x", "²", "-1"])
def test_odd_page_numbers_show_a_page(client, district, number):
    make_name(district)
    assert client.get(LIST, {"page": number}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"state": "done"}, "请填写标准地名和完成日期"),
        ({"state": "done", "done_on": date(2026, 3, 1)}, "完成日期不能早于列入日期"),
        ({"name": "<b>"}, "名称里不能有"),
        ({"name": "城13812345678"}, "请删去手机号码"),
        ({"name": "重复城"}, "已经在江南中街道的清单上"),
        ({"listed_on": date(2126, 3, 2)}, "不能晚于今天"),
        ({"listed_on": date(1, 1, 1)}, "不能早于1986年"),
        ({"done_on": date(2026, 3, 3)}, "状态请选“已整改”"),
    ],
)
def test_what_does_not_fit_together_is_refused(district, fields, message):
    row = make_name(district)
    make_name(district, name="重复城")
    for name, value in fields.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError, match=message):
        row.full_clean()


def test_the_standard_name_must_be_another_one(district):
    row = make_name(district, place=make_place("宇宙城"))
    with pytest.raises(ValidationError, match="相同"):
        row.full_clean()


def test_an_officer_keeps_the_register(client, officer, district):  # noqa: F811
    make_name(district)
    answer = client.get(reverse(NonStandardName.snippet_viewset.get_url_name("list")))
    assert "宇宙城" in answer.content.decode()


def test_a_name_that_is_referred_to_is_not_deleted(district, time_machine):
    time_machine.move_to("2026-04-01 10:00+08:00", tick=False)
    load_lists()
    place = make_place("榕荫家园")
    row = make_name(district, place=place)
    assert referrers([place])[place.pk] == [row]
    application = advance(make_application(district), "accepted")
    application = advance(application, "approved", **APPROVAL)
    named = PlaceName.objects.get(pk=application.result_id)
    assert set(referrers([named])[named.pk]) == {application, *application.sign_orders.all()}


def found_by(words):
    return place_search().search(words, Filters(), page_size=5).hits


def test_the_page_and_the_search_of_the_standard_name_know_it(client, district):
    old, new = make_place("榕荫家园"), make_place("听涛家园")
    row = make_name(district, place=old, state="running")
    page = client.get(old.get_absolute_url()).content.decode()
    assert "“宇宙城”：刻意夸大，正在整改。请使用标准地名“榕荫家园”。" in page
    assert [hit.title for hit in found_by("宇宙城")] == ["榕荫家园"]
    row.place = new
    row.save()
    assert "宇宙城" not in client.get(old.get_absolute_url()).content.decode()
    assert [hit.title for hit in found_by("宇宙城")] == ["听涛家园"]
    row.is_public = False
    row.save()
    assert found_by("宇宙城") == []


def renamed_twice():
    """甲家园, renamed 乙家园, renamed 丙家园: the first record and the last."""
    first = make_place("甲家园")
    rename(first, "乙家园", 2020, basis="海府〔2020〕1号")
    first.refresh_from_db()
    second = PlaceName.objects.get(name="乙家园")
    return first, rename(second, "丙家园", 2022, basis="海府〔2022〕1号")


def test_the_list_and_the_pre_check_follow_renamings(client, district):
    first, last = renamed_twice()
    make_name(district, place=first)
    html = read(client)
    assert last.get_absolute_url() in html
    assert "乙家园" not in html
    assert avoided.current().avoided["甲家园"].instead == ("丙家园",)
    found = {each.name: each for each in out_of_use()}
    assert "标准地名是“丙家园”" in found["宇宙城"].text
    assert found["宇宙城"].clause == "《地名管理条例》第九条第二项"
    assert "原来是“丙家园”的名称，2022年停用" in found["乙家园"].text


def test_the_pre_check_remarks_a_name_that_was_abolished_or_listed(district):
    abolish(make_place("丁家园"), 2021, "海府〔2021〕1号")
    make_name(district, name="内部名", is_public=False)
    make_name(district)
    index = NameIndex([], out_of_use())

    def remarks(name):
        found = check(Proposal(name, "street"), index, from_files()).findings
        return [(each.rule, each.severity) for each in found if each.rule in ("ended", "listed")]

    assert remarks("丁家园") == [("ended", "remark")]
    assert remarks("宇宙城") == [("listed", "remark")]
    assert remarks("内部名") == remarks("戊家园") == []


def test_a_name_that_has_ended_is_no_standard_name(district):
    first, last = renamed_twice()
    row = make_name(district, place=last)
    row.full_clean()
    row.place = first
    with pytest.raises(ValidationError, match="“甲家园”是历史地名"):
        row.full_clean()


def test_a_name_in_use_is_not_put_right(district):
    make_place("宇宙城")
    row = make_name(district, place=make_place("榕荫家园"))
    row.full_clean()
    row.state, row.done_on = "done", row.listed_on
    with pytest.raises(ValidationError, match="还是在用的标准地名"):
        row.full_clean()
