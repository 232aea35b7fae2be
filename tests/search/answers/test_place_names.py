"""Cards of places: where one lies and what it is called, only where the register holds it."""

import pytest

from place_names.models import NameVariant
from tests.place_names.factories import make_place, make_subdistrict


@pytest.fixture
def places(ask):
    west = make_subdistrict("440105005", "滨江街道")
    make_place("江南大道中", romanisation="Jiāngnán Dàdào Zhōng")
    park = make_place(
        "晓港公园", subdistricts=[make_subdistrict(), west], origin="因邻近晓港得名。",
        romanisation="Xiǎogǎng Gōngyuán",
    )  # fmt: skip
    park.variants.add(NameVariant(kind="former", name="晓岗公园"))
    park.save()
    make_place("福兴里")
    make_place("福兴里", subdistricts=[west])
    make_place("石榴岗路", status="pending")
    make_place("海珠湖")


@pytest.mark.parametrize(
    ("query", "heading", "answer"),
    [
        ("江南大道中在哪个街道", "江南大道中", "在江南中街道"),
        ("请问海珠区江南大道中喺边度", "江南大道中", "在江南中街道"),
        ("海珠湖在哪里", "海珠湖", "在江南中街道"),
        ("晓港公园属于哪个街道", "晓港公园", "在江南中街道、滨江街道"),
        ("晓岗公园现在叫什么", "晓岗公园，标准地名是晓港公园", "在江南中街道、滨江街道"),
    ],
)
def test_where_a_place_lies(ask, places, query, heading, answer):
    card = ask(query)
    assert (card.heading, card.answer) == (heading, answer)
    assert card.source.startswith("海珠区地名库")


@pytest.mark.parametrize(
    ("query", "label", "told"),
    [
        ("晓港公园以前叫什么", "其他名称", "曾用名：晓岗公园"),
        ("晓港公园的名字的由来", "来历", "因邻近晓港得名。"),
        ("晓港公园名字的由来", "来历", "因邻近晓港得名。"),
        ("晓港公园为什么叫这个名字", "来历", "因邻近晓港得名。"),
        ("江南大道中怎么读", "拼写", "Jiāngnán Dàdào Zhōng"),
    ],
)
def test_the_fact_that_was_asked_for_is_on_the_card(ask, places, query, label, told):
    assert dict(ask(query).facts)[label] == told


@pytest.mark.parametrize(
    "query",
    [
        "江南大道中",
        "江南大道中以前叫什么",  # The register holds no other name.
        "江南大道中的由来",
        "福兴里在哪个街道",  # Two places of that name.
        "石榴岗路在哪里",  # Not published.
        "江南大道在哪里",
        "江南大道中哪里有银行",
        "将南大道中在哪里",
    ],
)
def test_no_card_when_unsure(ask, places, query):
    assert ask(query) is None
