"""What serves the subdistrict that a visitor chose comes first, and the choice stays with them."""

import logging

import pytest
from django.core.cache import caches
from django.test import Client

from guides.pages.listings import places_of_section
from home.models import ServicePlace
from home.service_places.mine import arranged
from tests.guides.factories import complete_guide, guide_index
from tests.home.factories import make_area, make_service_place, publish, two_subdistricts

CHIGANG, XINGANG = "440105001", "440105002"


@pytest.fixture(autouse=True)
def gazetteer(monkeypatch):
    two_subdistricts(monkeypatch)


def place(name: str) -> ServicePlace:
    """`hall 1` is the hall of 440105001; `other` serves the whole district."""
    kind, _, number = name.partition(" ")
    code = f"44010500{number}" if number else ""
    return ServicePlace(name=name, kind=kind, subdistrict_code=code)


HALLS = ["hall 1", "hall 2", "hall 3", "hall 4"]


# places of the guide; chosen code; in full; to choose from; a choice is asked for; none there
@pytest.mark.parametrize(
    ("names", "code", "shown", "to_choose", "is_local", "is_missing"),
    [
        (HALLS, "", [], HALLS, True, False),
        (HALLS, XINGANG, ["hall 2"], [], True, False),
        (HALLS, "440105009", [], HALLS, True, True),
        ([*HALLS, "bureau"], "", ["bureau"], HALLS, True, False),
        ([*HALLS, "bureau"], XINGANG, ["hall 2", "bureau"], [], True, False),
        # The hall and the station of one subdistrict.
        ([*HALLS, "social-work 2"], XINGANG, ["hall 2", "social-work 2"], [], True, False),
        # Few places are all shown; mine first.
        (HALLS[:3], XINGANG, ["hall 2", "hall 1", "hall 3"], [], False, False),
        (HALLS[:1], "", HALLS[:1], [], False, False),
        # Registries and homes serve everybody, wherever they lie.
        (
            ["registry 1", "registry 2", "registry 3", "registry 4"],
            XINGANG,
            ["registry 1", "registry 2", "registry 3"],
            [],
            False,
            False,
        ),
        ([], XINGANG, [], [], False, False),
    ],
)
def test_mine_is_shown_first(names, code, shown, to_choose, is_local, is_missing):
    found = arranged([place(name) for name in names], code)
    assert [each.name for each in found.shown] == shown
    assert [each.name for each in found.to_choose] == to_choose
    assert (found.is_local, found.is_missing) == (is_local, is_missing)


def make_halls() -> list[ServicePlace]:
    return [
        make_service_place(
            name=f"大厅{number}",
            slug=f"hall-{number}",
            address=f"示例路{number}号",
            subdistrict_code=CHIGANG if number % 2 else XINGANG,
        )
        for number in (1, 2, 3, 4)
    ]


@pytest.fixture
def guide(db):
    guide = complete_guide(location="", hours="", phone="", section=make_area("elders", "养老"))
    guide.places = make_halls()
    return publish(guide_index(), guide)


def text(client, address: str) -> str:
    """What stands in the body; the data for search engines name the first places."""
    return client.get(address).content.decode().partition("<body")[2]


def choose(client, code: str, **kwargs):
    return client.post("/my-subdistrict/", {"code": code, **kwargs})


def test_a_choice_leads_back_and_puts_mine_first(client, guide):
    before = text(client, guide.url)
    assert "您住在哪个街道？" in before
    assert "示例路2号" not in before
    assert '<a href="/service-places/hall-2/">大厅2</a>' in before
    chosen = choose(client, XINGANG, next=guide.url)
    assert chosen["Location"] == f"{guide.url}#my-subdistrict"
    cookie = chosen.cookies["subdistrict"]
    assert (cookie.value, cookie["samesite"]) == (XINGANG, "Lax")
    after = text(client, guide.url)
    assert "您选的街道：<b>新港街道</b>" in after
    assert "示例路2号" in after
    assert "示例路1号" not in after
    listed = text(client, "/service-places/")
    assert listed.index("大厅4") < listed.index("大厅1")
    area = text(client, guide.section.url)
    assert area.index("大厅2") < area.index("街道政务服务中心（4处）")
    client.post("/my-subdistrict/", {"forget": "1"})
    assert text(client, guide.url) == before


def test_the_page_of_a_subdistrict_offers_to_be_mine(client, guide):
    address = f"/service-places/{XINGANG}/"
    assert "我住在这里，先显示它的网点" in text(client, address)
    assert choose(client, XINGANG, next=address)["Location"] == f"{address}#my-subdistrict"
    assert "这是您选的街道" in text(client, address)
    assert "我住在这里，先显示它的网点" in text(client, f"/service-places/{CHIGANG}/")


def test_an_area_asks_for_the_subdistrict_first(guide):
    links = places_of_section(guide.section_id)
    assert [label for _url, label in links] == ["先选您的街道", "街道政务服务中心（4处）"]


def test_the_cached_page_is_the_same_for_all(guide, settings):
    settings.PAGE_CACHE_SECONDS = 600
    addresses = (guide.url, "/service-places/", guide.section.url)
    plain = {address: Client().get(address) for address in addresses}
    entries = len(caches["pages"]._cache)
    for code in (CHIGANG, XINGANG):
        client = Client()
        choose(client, code)
        for address in addresses:
            response = client.get(address)
            assert response.content != plain[address].content, address
            assert response["Cache-Control"] == "private, no-cache"
            assert "Cookie" in response["Vary"]
    assert len(caches["pages"]._cache) == entries
    for address in addresses:
        again = Client().get(address)
        assert again.content == plain[address].content
        # Pages that show nothing of it come from the cache for everybody.
    other = "/guides/"
    assert Client().get(other).content == client.get(other).content


@pytest.mark.parametrize("code", ["", "440105999", "x" * 900, "<script>"])
def test_what_is_no_subdistrict_is_asked_again_in_words(client, guide, code):
    refused = choose(client, code)
    assert refused.status_code == 422
    assert "请从下面选一个街道" in refused.content.decode()
    assert "subdistrict" not in refused.cookies


@pytest.mark.parametrize("cookie", ["440105999", "x", "440105002;"])
def test_a_made_up_cookie_is_no_choice(client, guide, cookie):
    client.cookies["subdistrict"] = cookie
    assert "您住在哪个街道？" in client.get(guide.url).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "https://elsewhere.example/",
        "//e.example",
        "/my-subdistrict/",
        "http://testserver//e.example/a",
    ],
)
def test_it_never_leads_to_another_site(client, guide, address):
    assert choose(client, XINGANG, next=address)["Location"] == "/service-places/"


def test_other_sites_cannot_choose(client, guide):
    headers = {"sec-fetch-site": "cross-site"}
    refused = client.post("/my-subdistrict/", {"code": XINGANG}, headers=headers)
    assert "subdistrict" not in refused.cookies


def test_the_choice_reaches_no_log(client, guide, caplog):
    with caplog.at_level(logging.DEBUG):
        choose(client, XINGANG, next=guide.url)
        client.get(guide.url)
    assert XINGANG not in caplog.text
