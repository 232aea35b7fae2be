"""The editors' screens: synonyms, promotions, and searches in vain."""

import pytest
from django.urls import reverse
from wagtail.contrib.search_promotions.models import Query

from demonstration.search import loading
from search import statistics
from search.models import Synonym
from tests.home.factories import make_home

from .factories import guide_page, log_in_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    log_in_editor(client)
    return client


def test_an_editor_sees_what_was_searched_in_vain_and_goes_on_from_there(editor):
    make_home()
    for _ in range(2):
        statistics.count("领证件", "without_result")
    html = editor.get(reverse("search_searches")).content.decode()
    assert "领证件" in html
    add = reverse("wagtailsnippets_search_synonym:add")
    form = editor.get(add, {"said": "领证件"}).content.decode()
    assert 'value="领证件"' in form


def test_an_editor_keeps_synonyms(editor, client):
    make_home()
    guide_page("内地居民结婚登记")
    add = reverse("wagtailsnippets_search_synonym:add")
    response = editor.post(add, {"said": "领证件", "official": "结婚登记"})
    assert response.status_code == 302
    assert Synonym.objects.get().said == "领证件"
    assert "内地居民<mark>结婚登记</mark>" in client.get("/search/?q=领证件").content.decode()


@pytest.mark.parametrize(("said", "official"), [("、，", "结婚"), ("结婚、领证", "结婚")])
def test_a_synonym_without_sense_is_refused(editor, said, official):
    add = reverse("wagtailsnippets_search_synonym:add")
    response = editor.post(add, {"said": said, "official": official})
    assert response.status_code == 200
    assert not Synonym.objects.exists()


def test_a_failed_search_leads_to_its_promotions(editor):
    response = editor.post(reverse("search_promote"), {"q": "领证件"})
    query = Query.objects.get(query_string="领证件")
    assert response.url == reverse("wagtailsearchpromotions:edit", args=[query.pk])
    assert editor.get(response.url).status_code == 200


def test_others_do_not_see_the_statistics(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("clerk", password="x"))
    assert client.get(reverse("search_searches")).status_code in (302, 403)
    assert client.post(reverse("search_promote"), {"q": "x"}).status_code in (302, 403)


@pytest.mark.parametrize("days", ["7", "90", "-1", "x", "9" * 99])
def test_any_period_is_answered(editor, days):
    assert editor.get(reverse("search_searches"), {"days": days}).status_code == 200


def test_the_demonstration_is_loaded_once_and_leaves_changes_alone():
    loading.load(progress=lambda text: None)
    synonym = Synonym.objects.first()
    synonym.official = "改过"
    synonym.save()
    count = Synonym.objects.count()
    loading.load(progress=lambda text: None)
    assert Synonym.objects.count() == count
    synonym.refresh_from_db()
    assert synonym.official == "改过"
