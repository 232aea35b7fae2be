import pytest

from place_names.models import NameVariant, PlaceName, RegisterSettings
from place_names.names.renaming import rename
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")
ROOT = "/api/v1/place-names/"


def test_names_are_found_with_their_name_in_a_year(client):
    RegisterSettings(label="示例数据", published_decimals=2).save()
    place = make_place("江南大道", romanisation="Jiāngnán Dàdào", year_established=1921)
    NameVariant.objects.create(
        place=place, kind="former", name="宝岗路", year_from=1921, year_to=1950
    )
    make_place("新江南路", year_established=1999)
    answer = client.get(ROOT, {"q": "jiangnan", "year": 1930}).json()
    assert (answer["label"], answer["total"]) == ("示例数据", 1)
    item = answer["items"][0]
    assert (item["name"], item["names_then"]) == ("江南大道", ["宝岗路"])
    assert item["point"] == [113.27, 23.1]
    assert item["subdistricts"] == [{"code": "440105004", "name": "江南中街道"}]


def test_one_record(client):
    place = make_place("同福路", meaning="同享幸福")
    answer = client.get(f"{ROOT}{place.code}").json()
    assert (answer["name"], answer["meaning"]) == ("同福路", "同享幸福")
    assert answer["geometry"]["type"] == "Point"
    assert "secrecy" not in answer


def test_what_it_was_called(client):
    old = make_place("旧路", year_established=1950)
    new = rename(old, "新路", 1990)
    answer = client.get(f"{ROOT}{new.code}/history", {"year": 1985}).json()
    assert [each["name"] for each in answer["names"]] == ["旧路"]
    assert answer["came_from"] == [{"code": old.code, "name": "旧路"}]
    everything = client.get(f"{ROOT}{old.code}/history").json()
    assert [each["name"] for each in everything["names"]] == ["旧路", "新路"]


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("99999999999999999999", 404),
        ("x/history", 404),
        ("?year=0", 422),
        ("?page=-1", 422),
        ("?q=" + "a" * 300, 422),
        ("?status=none", 422),
    ],
)
def test_odd_questions(client, path, status):
    assert client.get(ROOT + path).status_code == status


def test_hidden_records_stay_hidden(client):
    place = make_place("草稿路", live=False)
    assert client.get(f"{ROOT}{place.code}").status_code == 404
    assert client.get(ROOT).json()["items"] == []


def test_few_queries(client, django_assert_max_num_queries):
    for number in range(30):
        make_place(f"试验{number}路")
    client.get(ROOT)
    with django_assert_max_num_queries(12):
        assert len(client.get(ROOT).json()["items"]) == 30
    with django_assert_max_num_queries(12):
        client.get(f"{ROOT}{PlaceName.objects.first().code}")
