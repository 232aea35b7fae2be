import io

import pytest
from docx import Document
from PIL import Image
from wagtail.models import Page, Site

from demonstration.place_names import publications
from home.models import HomePage, SectionPage
from place_names.models import NameVariant, PublicationIndexPage, PublicationPage

from .factories import make_place

pytestmark = pytest.mark.django_db
TITLES = [
    "《海珠地名志》",
    "《海珠地名录》",
    "《海珠标准地名词典》",
    "《海珠区第二次全国地名普查简集》",
    "《海珠区地名图册》",
]


@pytest.fixture
def shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = root.add_child(instance=HomePage(title="首页", slug="home"))
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    areas = home.add_child(instance=SectionPage(title="全部业务", slug="areas"))
    areas.add_child(instance=SectionPage(title="区划地名", slug="place-names", is_area=True))
    place = make_place(
        "仁和里", romanisation="Rénhé Lǐ", meaning="取和睦之意。", history="原名永安里。"
    )
    place.variants.add(NameVariant(name="永安里", kind="former"))
    place.save()
    publications.load(progress=lambda message: None)
    return PublicationIndexPage.objects.get()


def test_the_five_publications_stand_on_the_shelf_with_cover_and_file(client, shelf):
    text = client.get(shelf.url).content.decode()
    for title in TITLES:
        assert title in text
    assert text.count("cover__picture") == 5
    assert list(PublicationPage.objects.values_list("title", flat=True)) == TITLES


def test_a_publication_offers_its_file_and_says_it_is_a_sample(client, shelf):
    page = PublicationPage.objects.first()
    text = client.get(page.url).content.decode()
    assert text.count("<h1") == 1
    assert page.file.url in text
    assert "DOCX，" in text
    assert "不是正式出版物" in text
    assert "区划地名" in text
    answer = client.get(page.file.url, follow=True)
    paragraphs = Document(io.BytesIO(b"".join(answer.streaming_content)))
    assert "示例" in paragraphs.paragraphs[1].text
    assert "仁和里" in [cell.text for row in paragraphs.tables[0].rows for cell in row.cells]


def test_loading_again_changes_nothing_an_editor_did(shelf):
    PublicationPage.objects.filter(title=TITLES[0]).update(summary="改过")
    publications.load(progress=lambda message: None)
    assert PublicationPage.objects.count() == 5
    assert PublicationPage.objects.get(title=TITLES[0]).summary == "改过"


def test_the_shelf_takes_few_queries(client, shelf, django_assert_max_num_queries):
    client.get(shelf.url)  # renditions are made once
    from django.core.cache import cache

    cache.clear()
    with django_assert_max_num_queries(12):
        client.get(shelf.url, {"fresh": "1"})


def test_publications_are_filed_in_their_section(client, shelf):
    section = SectionPage.objects.get(slug="place-names")
    assert TITLES[0] in client.get(section.url).content.decode()


@pytest.mark.parametrize("motif", ["waves", "lines", "tiles", "arcs", "map"])
def test_a_cover_is_a_picture_that_is_the_same_each_time(motif):
    first = publications.cover(motif)
    assert first == publications.cover(motif)
    assert Image.open(io.BytesIO(first)).size == publications.SIZE
    assert len(first) < 60_000


def test_nothing_is_loaded_without_a_home_page():
    Page.objects.filter(depth__gt=1).delete()
    publications.load()
    assert not PublicationPage.objects.exists()
