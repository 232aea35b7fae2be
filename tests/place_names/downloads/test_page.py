"""The page of downloads says what it offers, in numbers that agree with the register."""

import pytest

from place_names.models import RegisterSettings
from tests.place_names.factories import make_place

pytestmark = pytest.mark.usefixtures("district")
PAGE = "/place-names/download/"


def test_counts_licence_and_dictionary(client):
    RegisterSettings(licence="署名即可", licence_url="https://licence.example/").save()
    make_place("路")
    make_place("旧路", status="historical", year_abolished=1950)
    make_place("草稿", live=False)
    page = client.get(PAGE).content.decode()
    assert "共2条，其中现行的标准地名1条" in page
    assert "署名即可" in page
    assert 'href="https://licence.example/"' in page
    assert "year_established" in page


def test_without_a_licence_it_says_so(client):
    assert "使用许可尚未公布" in client.get(PAGE).content.decode()


def test_a_search_is_downloaded_from_its_list(client):
    make_place("江南大道")
    make_place("同福路")
    listed = client.get("/place-names/", {"q": "江南大道"}).content.decode()
    assert 'href="/place-names/download/?q=%E6%B1%9F%E5%8D%97%E5%A4%A7%E9%81%93"' in listed
    page = client.get(PAGE, {"q": "江南大道"}).content.decode()
    assert "您查到的1条地名" in page
    assert "place-names.csv?q=%E6%B1%9F" in page


def test_odd_conditions_are_told(client):
    answer = client.get(PAGE, {"category": "99"})
    assert answer.status_code == 200
    assert "没有您选的条件" in answer.content.decode()


def test_the_dictionary_as_a_file(client):
    rows = b"".join(client.get("/place-names/download/dictionary.csv")).decode("utf-8-sig")
    assert rows.startswith("字段,中文")
    assert "\ncode,地名代码,string" in rows
