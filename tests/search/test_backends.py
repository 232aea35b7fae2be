"""What each engine of the site must find in pages, images and documents, and survive."""

from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from django.urls import reverse
from modelsearch.backends import get_search_backend
from modelsearch.query import MATCH_ALL, Or, Phrase, PlainText
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from guides.models import Figure
from home.models import PlainPage
from search.breaker import breaker
from tests.place_names.factories import make_place

from .factories import paragraphs, plain_page

pytestmark = pytest.mark.django_db

ODD_QUERIES = [
    "",
    " ",
    "　",
    '"',
    "'",
    '""',
    "\\",
    "*",
    "^结婚",
    "结婚*",
    'title:"结婚',
    "结婚 AND",
    "OR NOT",
    "NEAR(结婚 登记)",
    "(结婚",
    "a & | ! <-> b",
    "结婚:*",
    "+{结婚} -[登记]",
    "../../?q=%s%d",
    "\u200f\u202e结婚\u200b",
    "😀",
    "\x01\x1f",
    "。，；",
    "结" * 10_000,
    "结 " * 5_000,
    "x" * 10_000,
    "é ß ﬁ Ⅷ ½ ⑤ ค้นหา",
    "𠮷野家",
]


@pytest.fixture(scope="module")
def indexes_on_server(server_url, django_db_setup, django_db_blocker):
    """Settings for backends on a server with empty indexes of this module's own."""
    backends = {
        "default": {
            "BACKEND": "tests.search.refreshing_backend",
            "URLS": [server_url],
            "INDEX_PREFIX": f"test-{uuid4().hex}-",
        },
        "embedded": settings.WAGTAILSEARCH_BACKENDS["default"],
    }
    with override_settings(WAGTAILSEARCH_BACKENDS=backends), django_db_blocker.unblock():
        call_command("update_index", backend_name="default", verbosity=0)
        backend = get_search_backend()
    yield backends
    for index in backend.es.indices.get(index=f"{backend.index_prefix}*"):
        backend.es.indices.delete(index=index)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def engine(request):
    """Each engine in turn: what holds for one holds for all."""
    if request.param == "embedded":
        yield
        return
    with override_settings(WAGTAILSEARCH_BACKENDS=request.getfixturevalue("indexes_on_server")):
        yield
        backend = get_search_backend()
        everything = f"{backend.index_prefix}*"
        backend.es.indices.refresh(index=everything)
        for hit in backend.es.search(index=everything, size=1000)["hits"]["hits"]:
            backend.es.delete(index=hit["_index"], id=hit["_id"])


@pytest.fixture
def pages(engine):
    return {
        "guide": plain_page(
            "内地居民结婚登记", "双方应当共同到婚姻登记机关申请结婚登记，免收费用。", "带身份证"
        ),
        "sea": plain_page("骨灰撒海", "对参加骨灰撒海的户籍居民发放2000元补贴，电话020-12345。"),
        "plan": plain_page("民政事业规划", "到2025年节地生态安葬率达到90%。Jiangnan Dadao 中路。"),
    }


def found(query, model=Page, **options) -> list:
    return [page.pk for page in model.objects.search(query, **options)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("结婚登记", "guide"),
        ("婚姻登记机关", "guide"),
        ("身份证", "guide"),
        ("撒海", "sea"),
        ("2000元", "sea"),
        ("２０００元", "sea"),
        ("生态安葬", "plan"),
        ("90%", "plan"),
        ("JIANGNAN dadao", "plan"),
        ("規劃", "plan"),
        ("登记 费用", "guide"),
        ("费用 登记", "guide"),
        ('"结婚登记"', "guide"),
    ],
)
def test_chinese_inside_a_sentence_is_found(pages, query, expected):
    assert found(query) == [pages[expected].pk]
    assert Page.objects.search(query).count() == 1


def test_a_character_alone_is_found(pages):
    assert found("婚") == [pages["guide"].pk]


def test_characters_that_only_occur_apart_are_not_a_word(pages):
    """率 and 安 both occur in the plan, but not as one word."""
    assert found(Phrase("率安葬")) == []


def test_a_query_that_nothing_holds_whole_finds_the_best_partial_match(pages):
    assert found("结婚登记去哪里办理") == [pages["guide"].pk]
    results = Page.objects.search("结婚登记去哪里办理")
    assert results.count() == 1
    assert [page.pk for page in results[:1]] == [pages["guide"].pk]
    assert list(results[1:2]) == []


def test_a_second_page_of_strict_results_is_not_filled_with_loose_ones(pages):
    plain_page("撒野", "骨灰")
    assert list(Page.objects.search("骨灰撒海")[1:5]) == []


def test_a_query_without_any_piece_in_the_index_finds_nothing(pages):
    assert found("火星旅游") == []
    assert Page.objects.search("火星旅游").count() == 0


def test_a_hit_in_the_title_comes_first(engine):
    for number in range(3):
        plain_page(f"通知{number}", "收养登记收养登记收养登记")
    wanted = plain_page("收养登记", "材料")
    assert found("收养登记")[0] == wanted.pk


def test_the_index_follows_the_page(pages):
    page = pages["sea"]
    page.title, page.body = "树葬", paragraphs("树葬")
    page.save()
    assert found("撒海") == []
    assert found("树葬") == [page.pk]
    page.delete()
    assert found("树葬") == []


def test_a_rebuilt_index_answers_alike(pages):
    call_command("update_index", verbosity=0)
    assert found("婚姻登记机关") == [pages["guide"].pk]


@pytest.mark.parametrize("query", ODD_QUERIES, ids=lambda text: ascii(text[:12]))
def test_no_query_is_a_syntax_error(pages, query):
    list(Page.objects.search(query))
    Page.objects.search(query).count()
    list(Page.objects.autocomplete(query))
    if query:
        Page.objects.search(query).facet("content_type_id")


def test_operators_and_quotes_do_not_hide_the_words(pages):
    for query in ('title:"结婚登记', "结婚登记*", "(结婚登记", "^结婚登记 '"):
        assert pages["guide"].pk in found(query), query


def test_queries_may_be_put_together(pages):
    both = found(Or([PlainText("结婚登记"), PlainText("撒海"), PlainText(" ")]))
    assert sorted(both) == sorted([pages["guide"].pk, pages["sea"].pk])
    assert found(PlainText("结婚登记") & ~PlainText("免收费用")) == []
    assert found(PlainText("结婚登记") & ~PlainText("撒海")) == [pages["guide"].pk]
    assert len(found(MATCH_ALL, PlainPage)) == 3


def test_the_search_may_be_limited_to_a_field(pages):
    assert found("结婚登记", PlainPage, fields=["title"]) == [pages["guide"].pk]
    assert found("身份证", PlainPage, fields=["title"]) == []
    assert found("身份证", PlainPage, fields=["summary"]) == [pages["guide"].pk]


def test_autocomplete_goes_on_from_any_part_of_a_title(pages):
    for typed in ("内", "结婚登", "婚登", "居民 结婚", "jiehund", "jhdj"):
        assert [page.pk for page in Page.objects.autocomplete(typed)] == [pages["guide"].pk], typed


TITLE = "婚姻登记申请声明书（样本）"


@pytest.fixture
def things(engine):
    """One of each that editors look for, with the same title."""
    return {
        "page": plain_page(TITLE),
        "document": get_document_model().objects.create(title=TITLE, file="a.pdf"),
        "image": get_image_model().objects.create(title=TITLE, file=get_test_image_file()),
        "figure": Figure.objects.create(name=TITLE, slug="sample", source="示例"),
    }


@pytest.mark.parametrize("thing", ["page", "document", "image", "figure"])
def test_each_model_is_found_by_a_part_inside_its_title(things, thing):
    wanted, backend = things[thing], get_search_backend()
    assert list(backend.search("申请声明", type(wanted))) == [wanted]
    assert list(backend.autocomplete("声明", type(wanted))) == [wanted]
    assert list(backend.search("声婚", type(wanted))) == []


@pytest.mark.parametrize(
    "address",
    [
        "wagtailadmin_pages:search",
        "wagtailadmin_choose_page_search",
        "wagtaildocs:index",
        "wagtailimages:index",
        "wagtaildocs_chooser:choose_results",
        "wagtailimages_chooser:choose_results",
        "wagtailsnippets_guides_figure:list",
        "wagtailsnippetchoosers_guides_figure:choose_results",
    ],
)
def test_the_admin_finds_a_part_of_a_title_and_survives_odd_input(admin_client, things, address):
    plain_page("别的")
    response = admin_client.get(reverse(address), {"q": "申请声明"})
    assert response.status_code == 200
    assert "婚姻登记申请声明书" in response.content.decode()
    # Characters that only occur apart are no word.
    assert "婚姻登记申请声明书" not in (
        admin_client.get(reverse(address), {"q": "声婚"}).content.decode()
    )
    for query in ODD_QUERIES:
        response = admin_client.get(reverse(address), {"q": query})
        assert response.status_code == 200, query


@pytest.mark.parametrize(
    "address",
    [
        "wagtailsnippets_place_names_placename:list",
        "wagtailsnippetchoosers_place_names_placename:choose_results",
    ],
)
def test_officers_find_place_names_however_they_are_typed(admin_client, engine, address):
    make_place("石榴岗路")
    make_place("新港西路")
    for typed in ("榴岗", "shiliugang", "slgl"):
        html = admin_client.get(reverse(address), {"q": typed}).content.decode()
        assert "石榴岗路" in html, typed
        assert "新港西路" not in html, typed


def test_while_the_server_is_away_the_database_answers(caplog):
    breaker.cache_clear()
    backends = {
        "default": {
            "BACKEND": "search.backends.elasticsearch",
            "URLS": ["http://127.0.0.1:9"],
            "INDEX_PREFIX": "away-",
        },
        "embedded": settings.WAGTAILSEARCH_BACKENDS["default"],
    }
    with override_settings(WAGTAILSEARCH_BACKENDS=backends):
        page = plain_page("结婚登记", "免收费用")
        assert found("收费") == [page.pk]
        assert Page.objects.search("收费").count() == 1
        assert [found.pk for found in Page.objects.autocomplete("婚登")] == [page.pk]
        assert Page.objects.search("收费").facet("content_type_id") == {page.content_type_id: 1}
        assert "Search server away" in caplog.text
        page.delete()
        assert found("收费") == []
