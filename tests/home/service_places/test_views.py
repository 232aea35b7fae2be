import json
import re
from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from demonstration.home import service_places
from home import subdistricts
from home.models import ServicePlace
from home.service_places import done_here
from home.templatetags.content import with_telephones
from tests.home.factories import make_service_place as make_place
from tests.home.factories import two_subdistricts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch):
    two_subdistricts(monkeypatch)


@pytest.fixture
def at(time_machine):
    def freeze(*parts):
        moment = datetime(*parts, tzinfo=timezone.get_default_timezone())
        time_machine.move_to(moment, tick=False)

    return freeze


def test_directory_narrows_by_kind_and_subdistrict(client):
    make_place()
    make_place(slug="b", name="新港颐康", kind="care", subdistrict_code="440105002")
    make_place(slug="c", name="未公开", is_public=False)
    everything = client.get("/service-places/").content.decode()
    assert "赤岗办事大厅" in everything
    assert "新港颐康" in everything
    assert "未公开" not in everything
    care = client.get("/service-places/?kind=care").content.decode()
    assert "赤岗办事大厅" not in care
    assert "新港颐康" in care
    assert "赤岗办事大厅" in client.get("/service-places/?subdistrict=440105001").content.decode()
    assert "新港颐康" not in client.get("/service-places/?subdistrict=440105001").content.decode()


def test_open_now_follows_the_clock(client, at):
    make_place()
    at(2026, 11, 23, 10, 0)
    assert "赤岗办事大厅" in client.get("/service-places/?open=1").content.decode()
    at(2026, 11, 23, 18, 0)
    closed = client.get("/service-places/?open=1").content.decode()
    assert "赤岗办事大厅" not in closed
    assert "没有符合条件的网点" in closed


@pytest.mark.parametrize("query", ["kind=nonsense", "subdistrict=%E0%9F", "page=-9999999999999"])
def test_odd_filters_are_answered_with_the_list(client, query):
    make_place()
    response = client.get(f"/service-places/?{query}")
    assert response.status_code == 200
    assert "赤岗办事大厅" in response.content.decode()


def test_number_of_queries_does_not_grow(client, django_assert_max_num_queries):
    for number in range(30):
        make_place(slug=f"p{number}", name=f"网点{number}")
    with django_assert_max_num_queries(12):
        client.get("/service-places/")
    with django_assert_max_num_queries(12):
        client.get("/service-places/440105001/")


def test_subdistrict_gathers_its_places_and_what_others_registered(client):
    make_place()
    subdistricts.register_section("可办事项", lambda code: [("/guides/x/", f"事项{code}")])
    page = client.get("/service-places/440105001/").content.decode()
    assert "赤岗街道" in page
    assert "赤岗办事大厅" in page
    assert "事项440105001" in page
    assert client.get("/service-places/999999999/").status_code == 404


MARK = '<span class="sample">示例</span>'


@pytest.mark.parametrize(
    ("samples", "marks", "notices"), [((True, True, True), 1, 1), ((True, False, True), 2, 0)]
)
def test_examples_are_marked_once_or_where_real_ones_stand_beside(client, samples, marks, notices):
    for number, is_sample in enumerate(samples):
        make_place(slug=f"p{number}", name=f"网点{number}", is_sample=is_sample)
    for address in ("/service-places/", "/service-places/440105001/"):
        html = client.get(address).content.decode()
        assert html.count(MARK) == marks
        assert html.count("都是演示用的，请不要照着去") == notices


def test_place_page_tells_hours_and_accessibility(client):
    place = make_place(step_free=True, phone="020-1（示例）", is_sample=True)
    page = client.get(place.get_absolute_url()).content.decode()
    for words in ("09:00–17:00", "无台阶入口", "020-1", "示例"):
        assert words in page
    ServicePlace.objects.update(is_public=False)
    assert client.get(place.get_absolute_url()).status_code == 404


def test_a_place_without_hours_is_not_said_to_be_closed(client):
    place = make_place(follows_holidays=True)
    page = client.get(place.get_absolute_url()).content.decode()
    assert "调休上班日按周一时间开放" in page
    place.weekly_hours.filter(weekday=0).delete()
    place.save()
    page = client.get(place.get_absolute_url()).content.decode()
    assert "法定节假日休息。" in page
    assert "调休上班日" not in page
    place.weekly_hours.all().delete()
    place.save()
    page = client.get(place.get_absolute_url()).content.decode()
    assert "开放时间未登记" in page
    assert "休息" not in page.split("<main")[1].split("</main>")[0]


def test_demonstration_has_days_with_other_hours():
    service_places.load(progress=lambda line: None)
    hall = ServicePlace.objects.get(slug="chigang-hall")
    half_a_day, closed = hall.timetable.coming_exceptions(date(2026, 12, 1))
    assert half_a_day.words == "09:00–12:00（系统年终维护，下午不办理）"
    assert (closed.days, closed.words) == ("2027年1月1日", "休息（元旦放假）")


def test_demonstration_loads_once_and_keeps_an_editors_change():
    service_places.load(progress=lambda line: None)
    count = ServicePlace.objects.count()
    assert count == 18 * 4 + 13
    assert not ServicePlace.objects.filter(is_sample=False).exists()
    ServicePlace.objects.filter(slug="chigang-hall").update(phone="改过")
    service_places.load(progress=lambda line: None)
    assert ServicePlace.objects.count() == count
    assert ServicePlace.objects.get(slug="chigang-hall").phone == "改过"


def test_editor_screen_opens_and_refuses_half_a_position(admin_client):
    address = reverse("wagtailsnippets_home_serviceplace:add")
    assert admin_client.get(address).status_code == 200
    data = {
        "name": "甲", "slug": "jia", "kind": "hall", "subdistrict_code": "440105001",
        "address": "路", "longitude": "113.3", "latitude": "",
        "weekly_hours-TOTAL_FORMS": "1", "weekly_hours-INITIAL_FORMS": "0",
        "weekly_hours-0-weekday": "0", "weekly_hours-0-opens": "09:00",
        "weekly_hours-0-closes": "08:00", "weekly_hours-0-ORDER": "1",
        "hours_exceptions-TOTAL_FORMS": "0", "hours_exceptions-INITIAL_FORMS": "0",
    }  # fmt: skip
    refused = admin_client.post(address, data).content.decode()
    assert "请同时填写经度和纬度" in refused
    assert "结束时间要晚于开始时间" in refused
    assert not ServicePlace.objects.exists()
    data |= {"latitude": "23.1", "weekly_hours-0-closes": "12:00"}
    admin_client.post(address, data)
    assert ServicePlace.objects.get().weekly_hours.count() == 1


@pytest.mark.django_db
def test_a_place_with_a_new_address_is_found_under_its_old_ones(client):
    place = make_place(slug="first")
    for slug in ("second", "third"):
        place.slug = slug
        place.save()
    for old in ("first", "second"):
        response = client.get(f"/service-places/{old}/")
        assert response.status_code == 301
        assert response["Location"].endswith("/service-places/third/")
    place.slug = "first"
    place.save()
    assert client.get("/service-places/first/").status_code == 200
    assert client.get("/service-places/third/")["Location"].endswith("/service-places/first/")


def test_a_long_list_comes_in_pages_that_keep_the_filter(client):
    for number in range(70):
        make_place(slug=f"place-{number}", name=f"网点{number}")
    first = client.get("/service-places/?kind=hall").content.decode()
    assert first.count("data-place ") == 50
    assert "?kind=hall&amp;page=2" in first
    second = client.get("/service-places/?kind=hall&page=2").content.decode()
    assert second.count("data-place ") == 20


def test_a_place_tells_what_is_done_there(client, monkeypatch):
    make_place()
    gathered = [lambda place: [("/guides/x/", f"{place.name}的事项")], lambda place: []]
    monkeypatch.setattr(done_here, "_gatherers", gathered)
    html = client.get("/service-places/chigang/").content.decode()
    assert '<a href="/guides/x/">赤岗办事大厅的事项</a>' in html
    monkeypatch.setattr(done_here, "_gatherers", [])
    assert "在这里可以办" not in client.get("/service-places/chigang/").content.decode()


def test_numbers_of_places_can_be_tapped(client):
    make_place(phone="020-8444 0000（示例）")
    for address in ("", "chigang/", "440105001/"):
        html = client.get(f"/service-places/{address}").content.decode()
        assert '<a class="number" href="tel:02084440000">020-8444 0000</a>（示例）' in html, address


def test_words_around_numbers_stay_words():
    assert with_telephones("见各网点 <b>") == "见各网点 &lt;b&gt;"
    assert (
        with_telephones("12345（示例）") == '<a class="number" href="tel:12345">12345</a>（示例）'
    )


def test_search_engines_read_where_a_place_is_and_when_it_is_open(client):
    make_place(longitude=113.33, latitude=23.09, phone="020-84440000、8444 0001转2")
    html = client.get("/service-places/chigang/").content.decode()
    data = json.loads(re.search(r"ld\+json\">(.*?)</script>", html)[1])
    assert data["@type"] == "GovernmentOffice"
    assert data["telephone"] == ["02084440000", "84440001,2"]
    assert data["geo"]["longitude"] == 113.33
    assert len(data["openingHoursSpecification"]) == 7
    assert 'data-lon="113.33"' in html
