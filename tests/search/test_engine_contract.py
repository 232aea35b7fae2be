"""What every engine of place names must do. Both run these tests over the whole gazetteer."""

import pytest

from place_names import site_search
from place_names.models import PlaceName
from search.places.embedded import EmbeddedEngine
from search.places.filters import Filters
from search.places.results import MAX_PAGE, distance
from search.site_search.answering import answer
from tests.home.factories import make_home

from .factories import guide_page, notice_page

ODD = [
    "　 ",
    "？！。，、",
    "*",
    '"',
    "'; DROP TABLE place_names; --",
    "name:(江南 AND",
    "江南~2^5 || && !{}[]",
    "\\",
    "<script>alert(1)</script>",
    "\x00\x01\x1b江南",
    "\u202e江南\u200f",
    "\ud800",
    "😀",
    "海" * 10_000,
    "a" * 10_000,
    "1" * 10_000,
    "jiang nan " * 1000,
    "江a" * 5000,
    " ".join("江南大道中" * 200),
]


def titles(result):
    return [hit.title for hit in result.hits]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("江南大道中", "江南大道中"),
        ("江南大道", "江南大道北"),
        ("道中", "工业大道中"),
        ("jiangnandadaozhong", "江南大道中"),
        ("jiāngnán dàdào zhōng", "江南大道中"),
        ("jiang1 nan2 da4 dao4 zhong1", "江南大道中"),
        ("jnddz", "江南大道中"),
        ("江南dadao中", "江南大道中"),
        ("江南ddz", "江南大道中"),
        ("江南大到中", "江南大道中"),
        ("将男大道中", "江南大道中"),
        ("江大道中", "江南大道中"),
        ("江南的大道中", "江南大道中"),
        ("江大南道中", "江南大道中"),
        ("jiangnadadaozhong", "江南大道中"),
        ("廣州塔", "广州塔"),
        ("江　南　大　道　中", "江南大道中"),
        ("ＪＮＤＤＺ", "江南大道中"),
        ("小蛮腰", "广州塔"),
        ("广州市海珠区新港西路135号", "新港西路"),
        ("新港西路一百三十五号之二", "新港西路"),
        ("请问新港西路怎么走？", "新港西路"),
        ("新港街道新港西路", "新港西路"),
        ("machong", "马涌"),
        ("mayong", "马涌"),
        ("马勇", "马涌"),
    ],
)
def test_found_first_however_it_is_typed(engine, typed, first):
    assert engine.search(typed).hits[0].title == first


def test_the_result_says_why_it_was_found(engine):
    assert engine.search("小蛮腰").hits[0].reason == "别名：小蛮腰"
    assert engine.search("邓氏宗祠").hits[0].reason == "曾用名：邓氏宗祠"
    assert engine.search("马勇").hits[0].reason == "同音"
    assert engine.search("mayong").hits[0].reason == "拼音"
    assert engine.search("马涌").hits[0].reason == ""


def test_homophones_never_stand_above_an_exact_match(engine):
    found = titles(engine.search("福兴里"))
    assert found.index("福兴里") < found.index("福星里")
    assert titles(engine.search("福星里"))[0] == "福星里"


def test_names_that_only_resemble_are_left_out_on_request(engine):
    assert "福星里" in titles(engine.search("福兴里"))
    asked_for = titles(engine.search("福兴里", resembling=False))
    assert "福兴里" in asked_for
    assert "福星里" not in asked_for


def test_generic_parts_are_never_merged(engine):
    assert "新港西街" not in titles(engine.search("新港西路"))
    assert titles(engine.search("江南西路"))[0] == "江南西路"


def test_a_part_inside_is_found_without_segmentation(engine):
    assert "石榴岗路" in titles(engine.search("榴岗"))


def test_nothing_is_found_for_what_is_not_there(engine):
    for typed in ("天安门", "外滩", "qqqq", "埃菲尔铁塔", "？！"):
        result = engine.search(typed)
        assert (result.hits, result.total) == ([], 0)


def test_single_characters_and_letters_give_something_sensible(engine):
    assert all("涌" in hit.matched for hit in engine.search("涌").hits)
    assert all(hit.place.names[0].spelling[0][0] == "l" for hit in engine.search("l").hits)


def test_an_empty_text_lists_everything_by_name(engine):
    result = engine.search("")
    assert result.total == PlaceName.objects.published().count()
    keys = [hit.place.sort_key for hit in result.hits]
    assert keys == sorted(keys)


@pytest.mark.parametrize("typed", ["", "路", "马涌", "l"])
@pytest.mark.parametrize("sort", ["relevance", "name", "distance"])
def test_pages_are_stable_and_have_each_place_once(engine, typed, sort):
    near = (113.27, 23.09)
    first = engine.search(typed, sort=sort, near=near, page_size=50)
    seen = [hit.id for hit in first.hits]
    for page in range(2, min(first.pages, 6) + 1):
        seen += [
            hit.id
            for hit in engine.search(typed, sort=sort, near=near, page=page, page_size=50).hits
        ]
    assert len(seen) == len(set(seen)) == min(first.total, 300)
    again = engine.search(typed, sort=sort, near=near, page_size=50)
    assert [hit.id for hit in again.hits] == seen[: len(again.hits)]


@pytest.mark.parametrize("typed", ["", "路", "马涌"])
def test_facets_count_what_a_filter_would_leave(engine, typed):
    result = engine.search(typed)
    for facet, value in [
        ("category", "23510"),
        ("category", "23000"),
        ("subdistrict", "440105009"),
        ("status", "historical"),
    ]:
        count = result.facets[facet].get(value, 0)
        assert engine.search(typed, Filters(**{facet: value})).total == count
    with_variant = engine.search(typed, Filters(has_variant=True))
    assert with_variant.total == result.facets["has_variant"].get("1", 0)
    assert all(hit.place.has_variant for hit in with_variant.hits)


def test_a_chosen_facet_still_counts_its_other_values(engine):
    everything = engine.search("路").facets
    chosen = engine.search("路", Filters(subdistrict="440105009")).facets
    assert chosen["subdistrict"] == everything["subdistrict"]
    assert sum(chosen["status"].values()) == everything["subdistrict"]["440105009"]


def test_filters_by_year_and_map_window(engine):
    in_1970 = engine.search("", Filters(year=1970, status="abolished"), page_size=100).hits
    assert in_1970
    assert all((hit.place.since or 0) <= 1970 <= (hit.place.until or 9999) for hit in in_1970)
    window = (113.26, 23.09, 113.27, 23.10)
    for typed in ("", "路", "江南"):
        hits = engine.search(typed, Filters(bbox=window)).hits
        assert hits
        for hit in hits:
            assert 113.26 <= hit.place.lon <= 113.27
            assert 23.09 <= hit.place.lat <= 23.10


def test_nearest_are_nearest(engine):
    point = (113.2658, 23.1015)
    found = engine.nearest(*point, limit=10)
    distances = [hit.distance for hit in found]
    assert distances == sorted(distances)
    every = sorted(d for hit in _all(engine) if (d := distance(point, hit.place)) is not None)
    assert distances == pytest.approx(every[:10])
    away = engine.nearest(0, 0, limit=3)
    assert len(away) == 3


@pytest.mark.parametrize("limit", [1, 5, 60])
def test_nearest_of_many_are_looked_for_close_by(engine, monkeypatch, limit):
    """As from a hundred thousand names on: with enough of them close by, and with too few."""
    expected = [hit.id for hit in engine.nearest(113.2658, 23.1015, limit)]
    monkeypatch.setattr("search.places.embedded.engine._are_many", lambda: True)
    assert [hit.id for hit in engine.nearest(113.2658, 23.1015, limit)] == expected


def _all(engine):
    return [
        hit
        for page in range(1, 60)
        for hit in engine.search("", page=page, page_size=100, facets=False).hits
    ]


def test_suggestions_are_the_best_hits(engine):
    for typed in ("江南", "jiangnan", "jn", "路"):
        assert [h.id for h in engine.suggest(typed, 5)] == [
            h.id for h in engine.search(typed, page_size=5).hits
        ]


def test_addresses_and_nicknames_find_their_place(engine):
    texts = ["海珠区新港西路135号大院", "小蛮腰", "天安门"]
    found = [engine.search(text, page_size=3, facets=False).hits for text in texts]
    assert [hits[0].title if hits else None for hits in found] == [
        "新港西路",
        "广州塔",
        None,
    ]


@pytest.mark.parametrize("typed", ODD)
def test_any_text_is_answered(engine, typed):
    result = engine.search(typed)
    assert result.total >= len(result.hits)
    engine.suggest(typed)


@pytest.mark.parametrize("page", [-5, 0, 10**9])
def test_any_page_is_answered(engine, page):
    assert 1 <= engine.search("路", page=page).page <= MAX_PAGE


# Everything site search asks of the engine: a name, a sentence, letters, details, a code, nothing.
ASKED = (
    "江南大道中", "结婚登记", "江南西路结婚登记处", "昌岗", "jiangnan", "lik kau", "海幢寺对面",
    "光大花园G区", "我想问一下江南大道中在哪里可以办结婚登记", "火星旅游", "44010500012100000001",
)  # fmt: skip


@pytest.mark.elasticsearch
@pytest.mark.django_db
def test_site_search_gives_one_order_on_both_engines(server_engine, monkeypatch):
    make_home()
    guide_page("结婚登记", summary="带身份证到婚姻登记处。")
    guide_page("离婚登记")
    notice_page("江南大道中的登记处搬迁")
    found = {}
    for engine in (EmbeddedEngine(), server_engine):
        monkeypatch.setattr(site_search, "place_search", lambda engine=engine: engine)
        found[engine.name] = {
            query: [(result.kind, result.url) for result in answer(query).results.object_list]
            for query in ASKED
        }
    assert found["embedded"] == found["elasticsearch"]
    assert sum(map(bool, found["embedded"].values())) >= len(ASKED) - 1
