import pytest
from django.urls import reverse

from place_names.models import NameVariant, PlaceName, RegisterSettings, Sign, Succession
from place_names.names.renaming import rename

from ..factories import make_category, make_place

pytestmark = pytest.mark.usefixtures("district")
INDEX = reverse("place_names:index")


def found(client, **asked):
    answer = client.get(INDEX, asked)
    assert answer.status_code == 200
    return [hit["name"] for hit in answer.context["hits"]]


def test_names_are_found_by_character_pinyin_and_initials(client):
    make_place("江南大道中", romanisation="Jiāngnán Dàdàozhōng")
    make_place("同福路", romanisation="Tóngfú Lù")
    for query in ("江南大道", "jiangnandadao", "jndd"):
        assert found(client, q=query)[0] == "江南大道中"


def test_filters_narrow_and_stay_in_the_pages(client, district):
    first, second = district
    for number in range(25):
        make_place(f"第{number}路", subdistricts=[first])
    make_place("甲公园", category=make_category("25200", "公园"), subdistricts=[second])
    assert found(client, category="25200") == ["甲公园"]
    assert found(client, subdistrict=second.code) == ["甲公园"]
    assert found(client, status="historical") == []
    answer = client.get(INDEX, {"subdistrict": first.code})
    assert len(answer.context["hits"]) == 20
    assert f"subdistrict={first.code}&amp;page=2" in answer.content.decode()
    assert len(found(client, subdistrict=first.code, page=2)) == 5


def test_drafts_and_pending_names_are_hidden(client):
    draft, pending = make_place("草稿路", live=False), make_place("待定路", status="pending")
    assert found(client) == []
    for place in (draft, pending):
        assert client.get(place.get_absolute_url()).status_code == 404
        assert client.get(f"{place.get_absolute_url()}shape.geojson").status_code == 404


def test_names_of_a_year(client):
    place = make_place("江南大道", year_established=1921)
    NameVariant.objects.create(
        place=place, kind="former", name="宝岗路", year_from=1921, year_to=1950
    )
    later = make_place("同福路", year_established=1960)
    NameVariant.objects.create(
        place=later, kind="former", name="福场路", year_from=1900, year_to=1960
    )
    make_place("新路", year_established=1999)
    answer = client.get(INDEX, {"year": "1930", "q": "福场路"})
    assert [(hit["name"], hit["then"]) for hit in answer.context["hits"]] == [
        ("同福路", ["福场路"])
    ]
    later.delete()
    answer = client.get(INDEX, {"year": "1930"})
    assert [(hit["name"], hit["then"]) for hit in answer.context["hits"]] == [
        ("江南大道", ["宝岗路"])
    ]
    assert "宝岗路" in answer.content.decode()


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "路" * 10_000},
        {"q": "\x01\x02'\"%_\\", "page": "-3"},
        {"q": "\ud800".encode("utf-8", "surrogatepass")},
        {"page": "99999999999999999999"},
        {"page": "１"},
        {"year": "abc", "category": "x" * 500, "subdistrict": "1", "status": "pending"},
    ],
)
def test_odd_questions_are_answered(client, asked):
    make_place("同福路")
    assert client.get(INDEX, asked).status_code == 200


def test_a_page_too_far_shows_the_last(client):
    make_place("同福路")
    assert found(client, page=400) == ["同福路"]


def test_what_is_not_understood_is_said(client):
    answer = client.get(INDEX, {"year": "abc", "category": "00000"}).content.decode()
    assert "不是年份" in answer
    assert "没有您选的条件" in answer


def test_detail_shows_the_facts_and_the_label(client):
    RegisterSettings(label="示例数据", published_decimals=3).save()
    place = make_place(
        "石榴岗路", romanisation="Shíliugǎng Lù", meaning="以石榴岗得名",
        geometry={"type": "Point", "coordinates": [113.324567, 23.087654]},
    )  # fmt: skip
    text = client.get(place.get_absolute_url()).content.decode()
    for fact in ("石榴岗路", "Shíliugǎng Lù", "Shiliugang Lu", "以石榴岗得名", "江南中街道"):
        assert fact in text
    assert "示例数据" in text
    assert "东经113.325°，北纬23.088°" in text
    assert "示意图，非勘界依据" in text
    shape = client.get(f"{place.get_absolute_url()}shape.geojson").json()
    assert shape["features"][0]["geometry"]["coordinates"] == [113.325, 23.088]


def test_detail_counts_the_signs(client):
    place = make_place(name="江南大道中")
    assert "地名标志</dt>" not in client.get(place.get_absolute_url()).content.decode()
    for number in ("HZ1", "HZ2"):
        Sign.objects.create(number=number, place=place, lon=113.265, lat=23.1)
    page = client.get(place.get_absolute_url()).content.decode()
    assert "<dt>地名标志</dt><dd>2块</dd>" in page


def test_old_and_new_name_point_to_each_other(client):
    old = make_place("旧路", year_established=1950)
    new = rename(old, "新路", 1990)
    assert new.get_absolute_url() in client.get(old.get_absolute_url()).content.decode()
    text = client.get(new.get_absolute_url(), {"year": "1970"}).content.decode()
    assert old.get_absolute_url() in text
    assert "1970年的名称" in text


@pytest.mark.parametrize("code", ["4401050042351000000", "x" * 20, "44010500423519999999"])
def test_an_unknown_code_is_not_found(client, code):
    assert client.get(f"{INDEX}{code}/").status_code == 404


def test_pages_need_few_queries_whatever_they_show(client, django_assert_max_num_queries):
    for number in range(30):
        place = make_place(f"试验{number}路", romanisation="Shìyàn Lù")
        NameVariant.objects.create(place=place, kind="former", name="旧", year_to=1950)
    old = make_place("旧路", year_established=1950)
    new = rename(old, "新路", 1990)
    Succession.objects.create(predecessor=place, successor=new, kind="merged", year=2000)
    new = PlaceName.objects.get(pk=new.pk)
    for address in (
        INDEX,
        f"{INDEX}?q=shiyan&year=1940",
        f"{INDEX}?category=23510&subdistrict=440105004",
        f"{INDEX}?q=xyz&category=23510&subdistrict=440105004&status=standard&variant=0&year=1990",
        new.get_absolute_url(),
    ):
        client.get(address)
        # One asks whether places are many; in operation that is memoized.
        with django_assert_max_num_queries(15):
            client.get(address)


def test_counts_sorts_and_chosen_filters_are_shown(client):
    make_place("同福东路", geometry={"type": "Point", "coordinates": [113.27, 23.10]})
    near = make_place("同福西路", geometry={"type": "Point", "coordinates": [113.26, 23.10]})
    NameVariant.objects.create(place=near, kind="former", name="旧同福路")
    text = client.get(INDEX, {"q": "同福", "variant": "1", "near": "113.26,23.1"}).content.decode()
    assert "道路、街巷（1）" in text
    assert "有别名或曾用名（1）" in text
    assert "没有别名和曾用名（1）" in text
    assert "sort=distance" in text
    assert "去掉这个条件" in text
    assert found(client, q="同福", near="113.27,23.1", sort="distance") == ["同福东路", "同福西路"]
    assert found(client, bbox="113.255,23.09,113.265,23.11") == ["同福西路"]


def test_a_name_whose_start_is_not_known_is_not_passed_off_as_old(client):
    make_place("石榴岗路")
    make_place("琶洲大道", year_established=1450)
    answer = client.get(INDEX, {"year": 1500})
    assert [hit["name"] for hit in answer.context["hits"]] == ["琶洲大道"]
    assert "另有1条地名起始年份不详，1500年是否已有没有记载" in answer.content.decode()
    group = client.get(f"{INDEX}?{answer.context['unknown_address']}")
    assert {hit["name"]: hit["start_unknown"] for hit in group.context["hits"]} == {
        "石榴岗路": True
    }
    assert "另有" not in group.content.decode()
    items = client.get("/api/v1/place-names/", {"year": 1500, "start": "all"}).json()["items"]
    assert {item["name"]: item["start_known"] for item in items} == {
        "石榴岗路": False,
        "琶洲大道": True,
    }


def test_the_list_says_how_many_of_its_names_are_standard(client):
    make_place("石榴岗路")
    make_place("旧路", status="historical")
    assert "其中现行的标准地名1条" in client.get(INDEX).content.decode()
