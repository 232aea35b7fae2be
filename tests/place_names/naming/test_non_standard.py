"""Non-standard names: the public list and the officers' register."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from place_names.models import NonStandardName, PlaceName
from place_names.naming.setting_up import load_lists
from place_names.staff.referring import referrers
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
        ({"done_on": date(2026, 3, 1)}, "完成日期不能早于列入日期"),
        ({"name": "<b>"}, "名称里不能有"),
    ],
)
def test_what_does_not_fit_together_is_refused(district, fields, message):
    row = make_name(district)
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
