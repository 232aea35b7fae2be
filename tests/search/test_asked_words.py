"""How people ask: kept with pages and other documents, found at once, lost by no publication."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import GroupPagePermission

from search import asked_words, statistics
from search.models import AskedWords
from search.site_search.documents import all_documents
from tests.home.factories import make_home

from .factories import guide_page, log_in_editor, plain_page

pytestmark = pytest.mark.django_db


def document_of(page):
    return next(d for d in all_documents() if d.key == f"page:{page.pk}")


def first_title(client, query):
    results = client.get("/search/", {"q": query}).context["answer"].results.object_list
    return str(results[0].title) if results else ""


@pytest.fixture
def page():
    make_home()
    return guide_page("申请长寿保健金", summary="高龄老人每月领保健金。")


def test_words_added_to_a_page_find_it_at_once(page, client):
    assert first_title(client, "寿星利是") == ""
    assert asked_words.add(document_of(page), ["寿星利是"])
    assert "长寿保健金" in first_title(client, "寿星利是")


def test_the_same_words_are_added_once(page):
    asked_words.add(document_of(page), ["寿星利是"])
    assert not asked_words.add(document_of(page), ["寿星利是"])
    page.refresh_from_db()
    assert page.asked == "寿星利是"


def test_a_draft_keeps_its_own_changes_and_the_new_words(db):
    make_home()
    page = plain_page("申请长寿保健金")
    page.title = "长寿金"
    page.asked = "敬老金"
    page.save_revision()
    asked_words.add(document_of(page), ["寿星利是"])
    live = type(page).objects.get(pk=page.pk)
    assert (live.title, live.asked) == ("申请长寿保健金", "寿星利是")
    live.get_latest_revision().publish()
    published = type(page).objects.get(pk=page.pk)
    assert published.title == "长寿金"
    assert published.asked.splitlines() == ["敬老金", "寿星利是"]


def test_words_of_what_is_no_page_have_a_row_of_their_own(page, client):
    action = next(d for d in all_documents() if d.key == "booking:manage")
    asked_words.add(action, ["退掉我的号"])
    assert AskedWords.objects.get().document == "booking:manage"
    results = client.get("/search/", {"q": "退掉我的号"}).context["answer"].results.object_list
    assert results[0].url == action.url


@pytest.fixture
def editor(client):
    user = log_in_editor(client)
    for _ in range(2):
        statistics.count("寿星利是", "without_result")
    return user


def test_an_editor_adds_a_query_from_the_statistics_with_one_click(page, editor, client):
    index = page.get_parent()
    group = Group.objects.get(name="审核")
    GroupPagePermission.objects.create(
        group=group, page=index, permission=Permission.objects.get(codename="change_page")
    )
    html = client.get(reverse("search_searches")).content.decode()
    assert reverse("search_add_asked") in html
    chosen = {"q": "寿星利是", "document": f"page:{page.pk}"}
    assert client.post(reverse("search_add_asked"), chosen).status_code == 302
    page.refresh_from_db()
    assert page.asked == "寿星利是"


def test_words_go_to_no_page_that_the_editor_may_not_change(page, editor, client):
    chosen = {"q": "寿星利是", "document": f"page:{page.pk}"}
    client.post(reverse("search_add_asked"), chosen)
    page.refresh_from_db()
    assert page.asked == ""


@pytest.mark.parametrize("document", ["", "page:0", "nonsense", "page:x"])
def test_what_is_no_document_is_answered_with_a_message(page, editor, client, document):
    response = client.post(
        reverse("search_add_asked"), {"q": "寿星利是", "document": document}, follow=True
    )
    assert "请选择要添加到哪一页" in response.content.decode()


def test_nobody_else_adds_anything(page, client):
    chosen = {"q": "寿星利是", "document": f"page:{page.pk}"}
    assert client.post(reverse("search_add_asked"), chosen).status_code in (302, 403)
    page.refresh_from_db()
    assert page.asked == ""


@pytest.mark.parametrize("model", ["safetycard", "askedwords"])
def test_the_lists_and_forms_of_the_staff_open(editor, client, model):
    for view in ("list", "add"):
        assert client.get(reverse(f"wagtailsnippets_search_{model}:{view}")).status_code == 200
