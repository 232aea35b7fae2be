"""The result page: what is found, in which order, and that nothing typed can break it."""

import re

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, PageViewRestriction

from home.cache import invalidation
from search.analysis import name_key
from search.models import PageEntry, Synonym
from search.site_search import catalogue, sources
from search.site_search.page_entries import rebuild
from search.site_search.sources import Found, Hit
from tests.home.factories import make_home

from .factories import guide_page, notice_page, plain_page
from .test_backends import ODD_QUERIES

pytestmark = pytest.mark.django_db
ADDRESS = "/search/"


@pytest.fixture
def site():
    make_home()
    return {
        "marriage": guide_page("内地居民结婚登记", summary="双方一起到婚姻登记处办理。"),
        "divorce": guide_page("离婚登记", summary="申请后有三十日冷静期。"),
        "sea": plain_page("骨灰撒海补贴", summary="免费撒海，户籍居民另有补贴。"),
        "notice": notice_page("关于婚姻登记处搬迁的通知", "婚姻登记处搬到新址，结婚登记照常。"),
        "plain": plain_page("关于本站", "本站由区民政局主办。"),
    }


def get(client, query, **more):
    return client.get(ADDRESS, {"q": query, **more})


def kinds(response) -> list[str]:
    """The kinds of the results in their order, each once."""
    results = response.context["answer"].results.object_list
    return list(dict.fromkeys(result.kind for result in results))


def titles(response) -> list[str]:
    results = response.context["answer"].results.object_list
    return [re.sub("</?mark>", "", result.title) for result in results]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("结婚登记", "内地居民结婚登记"),
        ("結婚登記", "内地居民结婚登记"),
        ("三十日冷静期", "离婚登记"),
        ("jiehundengji", "内地居民结婚登记"),
        ("jie hun deng ji", "内地居民结婚登记"),
        ("jié hūn", "内地居民结婚登记"),
        ("jhdj", "内地居民结婚登记"),
        ("lihun登记", "离婚登记"),
        ("GHSH", "骨灰撒海补贴"),
        ("主办", "关于本站"),
        ("离婚登记", "离婚登记"),
    ],
)
def test_the_page_wanted_comes_first(client, site, query, first):
    assert titles(get(client, query))[0] == first


def test_guides_stand_before_notices_and_each_kind_has_a_tab(client, site):
    response = get(client, "结婚登记")
    shown = kinds(response)
    assert shown.index("guide") < shown.index("notice")
    tabs = {kind: count for kind, _, count in response.context["answer"].tabs}
    assert (tabs["guide"], tabs["notice"]) == (2, 1)  # 离婚登记 shares a word.


def test_a_kind_can_be_chosen_and_its_results_paged(client, site):
    for number in range(23):
        notice_page(f"结婚登记第{number}号通知")
    response = get(client, "结婚登记", kind="notice", page="3")
    answer = response.context["answer"]
    assert answer.kind == "notice"
    assert len(answer.results.object_list) == 4
    assert "第3页，共3页" in response.content.decode()
    seen = [t for page in "123" for t in titles(get(client, "结婚登记", kind="notice", page=page))]
    assert len(seen) == len(set(seen)) == 24


def test_matches_are_marked_and_text_is_escaped(client, site):
    plain_page("<b>树葬</b>说明", "一段<script>alert(1)</script>文字里有树葬两字。")
    html = get(client, "树葬").content.decode()
    assert "&lt;b&gt;<mark>树葬</mark>&lt;/b&gt;说明" in html
    assert "<script>alert" not in html


def test_what_was_typed_is_shown_again_escaped(client, site):
    html = get(client, '"><script>alert(1)</script>').content.decode()
    assert "<script>alert" not in html
    assert "&quot;&gt;&lt;script&gt;" in html


def test_the_part_of_the_text_that_was_found_is_shown(client, site):
    plain_page("说明", "甲" * 500 + "安葬的办法" + "乙" * 500)
    html = get(client, "安葬").content.decode()
    assert "…" in html
    assert "<mark>安葬</mark>的办法" in html


def test_figures_in_text_are_shown_as_of_today(client, site, monkeypatch):
    from home.pages import placeholders

    monkeypatch.setattr(
        placeholders, "_loaders", {"x": lambda: lambda text: text.replace("{figure:a}", "2000元")}
    )
    plain_page("甲", "树葬另给{figure:a}补贴。", "共{figure:a}。")
    html = get(client, "树葬").content.decode()
    assert "<mark>树葬</mark>另给2000元补贴" in html
    assert "2000元。" in get(client, "甲").content.decode()


def test_pages_are_found_by_the_amount_that_stands_for_a_mark(client, site, monkeypatch):
    from home.pages import placeholders
    from search.site_search import page_entries

    amounts = {"sea": "2,000元"}
    monkeypatch.setattr(
        placeholders,
        "_loaders",
        {"x": lambda: lambda text: text.replace("{figure:a}", amounts["sea"])},
    )
    page = plain_page("骨灰撒海", "另给{figure:a}补贴。")
    for typed in ("2000元", "2,000元", "２０００"):
        assert titles(get(client, typed)) == ["骨灰撒海"], typed
        assert [found.pk for found in Page.objects.search(typed)] == [page.pk], typed
    amounts["sea"] = "3,000元"
    page_entries.rebuild()
    assert titles(get(client, "3000元")) == ["骨灰撒海"]
    assert titles(get(client, "2000元")) == []


def test_another_word_is_not_offered_as_a_spelling(client, site):
    plain_page("我们家养鱼")
    html = get(client, "领养").content.decode()
    assert "家养" not in html


def test_synonyms_of_the_editors_find_the_official_page(client, site):
    assert "内地居民结婚登记" not in titles(get(client, "领证"))
    Synonym.objects.create(said="领证、扯证", official="结婚登记")
    Synonym.objects.create(said="怎么办")
    for query in ("领证", "扯证", "领证怎么办"):
        assert titles(get(client, query))[0] == "内地居民结婚登记", query


def test_a_promoted_result_stands_on_top(client, site):
    query = Query.objects.create(query_string="低保")
    SearchPromotion.objects.create(query=query, page=site["plain"], description="看这里")
    html = get(client, "低保").content.decode()
    assert "promoted__card" in html
    assert "看这里" in html
    assert "promoted__card" not in get(client, "低保户").content.decode()


def test_nothing_found_offers_spellings_and_ways_on(client, site):
    html = get(client, "火星旅游").content.decode()
    assert '没有找到“<span translate="no">火星旅游</span>”' in html
    assert 'href="/guides/"' in html
    response = get(client, "接婚登记")
    assert "结婚登记" in response.context["answer"].spellings
    assert "您是不是要找" in response.content.decode()


def test_a_question_in_a_sentence_finds_its_page(client, site):
    response = get(client, "您好，请问在海珠结婚登记要带什么？谢谢")
    assert titles(response)[0] == "内地居民结婚登记"


def test_what_is_only_near_is_called_so(client, site):
    plain_page("驾驶员之家", "给驾驶员歇脚的地方。")
    response = get(client, "驾驶证换证和年审")
    assert response.context["answer"].is_near
    assert "接近的结果" in response.content.decode()


def test_pages_come_and_go_with_their_publication(client, site):
    page = site["sea"]
    assert titles(get(client, "撒海")) == ["骨灰撒海补贴"]
    page.unpublish()
    assert titles(get(client, "撒海")) == []
    page.save_revision().publish()
    assert titles(get(client, "撒海")) == ["骨灰撒海补贴"]
    page.delete()
    assert titles(get(client, "撒海")) == []
    assert not PageEntry.objects.filter(pk=page.pk).exists()


def test_the_daily_job_mends_what_changed_without_a_signal(site):
    page = site["sea"]
    type(page).objects.filter(pk=page.pk).update(summary="改过的摘要")
    PageEntry.objects.filter(pk=site["plain"].pk).delete()
    assert rebuild() == 5 + 2  # The pages of the site and the two sections above them.
    assert PageEntry.objects.get(pk=page.pk).summary == "改过的摘要"


def test_a_change_that_is_rolled_back_is_not_memoized(db):
    said = name_key("喜事登记")
    with transaction.atomic():
        Synonym.objects.create(said="喜事登记", official="结婚登记")
        assert said in catalogue.catalogue().index.synonyms.meanings
        transaction.set_rollback(True)
    assert said not in catalogue.catalogue().index.synonyms.meanings


def test_a_draft_is_not_shown(client, site):
    page = site["sea"]
    page.title = "树葬补贴"
    page.save_revision()
    assert titles(get(client, "补贴")) == ["骨灰撒海补贴"]
    page.latest_revision.publish()
    assert titles(get(client, "补贴")) == ["树葬补贴"]


def test_a_page_for_some_only_is_not_found(client, site):
    PageViewRestriction.objects.create(page=site["sea"], restriction_type=PageViewRestriction.LOGIN)
    assert titles(get(client, "撒海")) == []


def test_a_moved_page_is_found_at_its_new_address(client, site):
    target = plain_page("殡葬", slug="funerals")
    site["sea"].move(target, pos="last-child")
    assert f'href="/funerals/{site["sea"].slug}/"' in get(client, "撒海").content.decode()


@pytest.mark.parametrize("query", ODD_QUERIES, ids=lambda text: ascii(text[:12]))
def test_odd_queries_are_answered(client, site, query):
    response = get(client, query)
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    query=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60),
    kind=st.sampled_from(["", "guide", "place", "x"]),
)
def test_no_query_answers_with_a_fault(client, site, query, kind):
    """NUL is left out: middleware answers 400 to it on every page."""
    assert get(client, query, kind=kind).status_code == 200
    assert client.get("/search/suggest/", {"q": query}).status_code == 200


@pytest.mark.one_engine
@pytest.mark.parametrize("page", ["-1", "0", "999999999999", "x", "", "1e9", "²"])
@pytest.mark.parametrize("kind", ["", "guide", "nonsense", "place", "'" * 999])
def test_odd_pages_and_kinds_are_mended(client, site, page, kind):
    assert get(client, "结婚登记", page=page, kind=kind).status_code == 200


class Places:
    """A source with the given names."""

    kind = "place"

    def __init__(self, *names, score=100):
        self.hits = tuple(Hit(name, f"/place-names/{name}/", score=score) for name in names)
        self.asked = []

    def search(self, query, start, stop, resembling):
        self.asked.append((query, resembling))
        return Found(len(self.hits), self.hits[start:stop])

    def suggest(self, query, limit, resembling):
        return list(self.hits[:limit])

    def sample(self):
        return "示例数据"


@pytest.fixture
def places(monkeypatch):
    def register(*names, score=100):
        monkeypatch.setattr(sources, "_sources", {"place": Places(*names, score=score)})

    return register


def test_a_name_that_is_asked_for_stands_above_pages_that_mention_it(client, site, places):
    places("江南大道中")
    plain_page("地址", "江南大道中一号")
    assert kinds(get(client, "江南大道中")) == ["place", "page"]


def test_names_that_are_only_near_are_shown_where_no_page_is_found(client, site, places):
    places("洁婚登记街", score=25)
    assert "place" not in kinds(get(client, "结婚登记"))
    assert titles(get(client, "火星旅游")) == ["洁婚登记街"]


def test_names_that_only_resemble_are_not_looked_for_beside_a_good_page(client, site, places):
    places("洁婚登记街", score=25)
    source = sources.sources()[0]
    get(client, "结婚登记")
    get(client, "火星旅游")
    assert source.asked == [("结婚登记", False), ("火星旅游", True)]


def test_names_that_are_not_real_are_labelled(client, site, places):
    places("江南大道中")
    plain_page("地址", "江南大道中一号")
    for more in ({}, {"kind": "place"}):
        html = get(client, "江南大道中", **more).content.decode()
        assert '<span class="sample">示例数据</span>' in html


def test_a_single_kind_is_shown_whole(client, site, places):
    places(*(f"漱珠{number}街" for number in range(9)))
    assert len(titles(get(client, "漱珠"))) == 9


def test_names_are_paged_by_their_source(client, site, places):
    places(*(f"街{number}" for number in range(25)))
    response = get(client, "街", kind="place", page="3")
    assert titles(response) == ["街20", "街21", "街22", "街23", "街24"]


def test_a_search_needs_few_queries_however_much_there_is(
    client, site, places, monkeypatch, django_assert_max_num_queries
):
    """A search reads 12 things at most after content has changed, beside those of every page
    (site, root page, settings); the searches after it only look up place names."""
    places(*(f"结婚街{number}" for number in range(25)))
    for number in range(30):
        notice_page(f"结婚登记第{number}号通知", "结婚登记")
        guide_page(f"结婚登记之{number}")
    get(client, "结婚")
    with django_assert_max_num_queries(12 + 3):
        get(client, "结婚登记去哪里办理好")
    # As after the commit.
    monkeypatch.setattr(invalidation, "is_pending", lambda: False)
    get(client, "结婚")
    with django_assert_max_num_queries(2):
        get(client, "结婚登记")
    with django_assert_max_num_queries(2):
        get(client, "结婚登记去哪里办理好")
    with django_assert_max_num_queries(2):
        get(client, "结婚登记", kind="guide", page="2")


def test_the_page_is_not_for_search_engines(client, site):
    assert 'content="noindex"' in get(client, "结婚").content.decode()


def test_only_reading_is_allowed(client):
    assert client.post(reverse("search:results")).status_code == 405


def test_a_page_whose_title_was_asked_for_shows_its_summary(client, site):
    page = guide_page("离婚证明", summary="到档案馆办。")
    PageEntry.objects.filter(pk=page.pk).update(text="材料 身份证 离婚证明 原件")
    html = get(client, "离婚证明").content.decode()
    assert "到档案馆办。" in html
    assert "原件" not in html
