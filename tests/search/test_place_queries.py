"""Kinds of queries for places that people bring, on both engines: each kind with its own rows."""

import pytest

KINDS = {
    "details of a house are set aside": [
        ("光大花园G区", "光大花园"),
        ("江南西站B口", "江南西站"),
        ("广州塔B2层", "广州塔"),
        ("保利花园A座1201房", "保利花园"),
        ("翠城花园5期", "翠城花园"),
        ("客村地铁站B出口", "客村站"),
        ("T.I.T创意园", "T.I.T创意园"),
    ],
    "beside a place": [
        ("珠江医院后面", "南方医科大学珠江医院"),
        ("沥滘地铁", "沥滘站"),
        ("晓港公园正门", "晓港公园"),
        ("海幢寺对面", "海幢寺"),
        ("江南西嗰邊", "江南西站"),
        ("黄埔村喺边度", "黄埔村"),
    ],
    "codes": [("44010500012100000001", "珠江")],
    "characters of PDF files": [("⻢涌", "马涌"), ("⼩洲村", "小洲村"), ("江南⻄路", "江南西路")],
    "English words": [
        ("Xingang West Road", "新港西路"),
        ("Xingang Road West", "新港西路"),
        ("Binjiang Middle Rd", "滨江中路"),
        ("Shaxi village", "沙溪村"),
        ("Datang metro station", "大塘站"),
        ("Canton Tower", "广州塔"),
    ],
    "Cantonese in letters": [
        ("lik6 gaau3 cyun1", "沥滘村"),
        ("siu zau cyun", "小洲村"),
        ("Siu Chau Tsuen", "小洲村"),
        ("hoi zyu kiu", "海珠桥"),
        ("Lik Kau", "沥滘村"),
        ("Whampoa", "黄埔村"),
    ],
    "second Cantonese readings": [
        ("maa5 jung2", "马涌"),
        ("cik1 gong1 zaam6", "赤岗站"),
        ("lek6 gaau3 cyun1", "沥滘村"),
    ],
    "short names": [("中大", "中山大学南校园"), ("广美", "广州美术学院昌岗校区")],
    "parts in disorder": [("广州六中学校", "广州市第六中学"), ("素社街居委", "素社中社区居委会")],
}


@pytest.mark.parametrize(
    ("query", "first"), [row for rows in KINDS.values() for row in rows], ids=lambda text: text
)
def test_the_place_comes_first(engine, query, first):
    hits = engine.search(query, facets=False).hits
    assert hits, query
    best = [hit.title for hit in hits if hit.score == hits[0].score]
    assert first in best


@pytest.mark.parametrize("query", ["番禺长隆", "天河体育中心", "特斯拉股价", "zzzz", "hello world"])
def test_what_is_elsewhere_is_not_found(engine, query):
    assert engine.search(query, facets=False).hits == []


def test_letters_after_a_name_that_spell_more_of_it_are_no_detail(engine):
    titles = [hit.title for hit in engine.search("江南d", facets=False).hits]
    assert all(title.startswith("江南") for title in titles[:5])
    assert "江南大道中" in titles
