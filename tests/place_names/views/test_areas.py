import pytest
from django.urls import reverse

from place_names.models import Community, JointInspection

from ..factories import make_category, make_line, make_place

pytestmark = pytest.mark.usefixtures("district")


def test_subdistricts_count_their_names(client, district):
    first, second = district
    make_place("甲路", subdistricts=[first, second])
    make_place("乙路", subdistricts=[first])
    make_place("丙路", subdistricts=[first], status="historical")
    areas = client.get(reverse("place_names:subdistricts")).context["areas"]
    assert {area.name: area.names for area in areas} == {"江南中街道": 2, "昌岗街道": 1}


def test_a_subdistrict_shows_neighbours_communities_and_names_by_class(client, district):
    first, second = district
    make_line(first, second, number="07")
    Community.objects.create(code="440105004001", name="万松园社区居委会", subdistrict=first)
    make_place("甲路", subdistricts=[first])
    make_place("甲公园", category=make_category("25200", "公园"), subdistricts=[first])
    answer = client.get(first.get_absolute_url())
    text = answer.content.decode()
    assert second.get_absolute_url() in text
    assert "万松园社区居委会" in text
    assert [(each.code, count) for each, count in answer.context["classes"]] == [
        ("23510", 1),
        ("25200", 1),
    ]
    parks = client.get(first.get_absolute_url(), {"category": "25200"})
    assert [name for _address, name in parks.context["page_obj"]] == ["甲公园"]
    assert client.get(first.get_absolute_url(), {"category": "9", "page": "x"}).status_code == 200
    assert client.get("/place-names/subdistricts/440105999/").status_code == 404


def test_boundaries_list_every_line_with_its_inspections(client, district):
    line = make_line(*district, number="07", description="自北向南")
    make_line(district[0], None, number="Q1", kind="district", outside="荔湾区")
    JointInspection.objects.create(line=line, year=2024, result="clear")
    answer = client.get(reverse("place_names:boundaries"))
    text = answer.content.decode()
    assert [each["number"] for each in answer.context["lines"]] == ["07"]
    for fact in ("自北向南", "2.2公里", "荔湾区", "2024年联合检查：界线清楚"):
        assert fact in text


def test_shapes_are_published_no_finer_than_set(client, district):
    make_line(*district)
    for name, count in (("subdistrict_shapes", 2), ("boundary_shapes", 1)):
        answer = client.get(reverse(f"place_names:{name}"))
        assert answer["Content-Type"] == "application/geo+json"
        assert len(answer.json()["features"]) == count


def test_few_queries(client, district, django_assert_max_num_queries):
    for number in range(1, 30):
        make_line(*district, number=f"{number:02d}")
        make_place(f"第{number}路", subdistricts=list(district))
    for address in (
        reverse("place_names:subdistricts"),
        reverse("place_names:boundaries"),
        district[0].get_absolute_url(),
        reverse("place_names:boundary_shapes"),
    ):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
