"""The forms of the download page: empty files with fields, and samples that say what they are."""

import io

import docx
import pytest

from demonstration.guides.forms import FIELD, MARK, form_file, forms
from guides.models import GuidePage
from guides.pages.materials import materials_of
from home.models import DownloadPage, SiteDocument

pytestmark = pytest.mark.one_engine

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("form", forms(), ids=lambda form: form["name"])
def test_each_gap_is_a_field_and_is_filled_in_the_sample(form):
    gaps = [gap for line in form["lines"] for gap in FIELD.findall(line)]
    assert len(gaps) == len(form["filled"])
    empty = docx.Document(io.BytesIO(form_file(form, is_filled=False)))
    fields = empty.element.body.findall(f".//{WORD}sdt")
    assert [field.find(f".//{WORD}tag").get(f"{WORD}val") for field in fields] == gaps
    filled = docx.Document(io.BytesIO(form_file(form, is_filled=True)))
    words = "\n".join(paragraph.text for paragraph in filled.paragraphs)
    assert MARK in words
    assert all(answer in words for answer in form["filled"])
    assert not FIELD.search(words)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form["name"])
def test_each_form_is_on_a4_in_chinese_and_fits_any_document(form):
    file = docx.Document(io.BytesIO(form_file(form, is_filled=False)))
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    roots = (file.styles.element, file.settings.element)
    languages = {
        element.get(f"{WORD}{name}")
        for root in roots
        for tag in ("lang", "themeFontLang")
        for element in root.iter(f"{WORD}{tag}")
        for name in ("val", "eastAsia")
    }
    assert languages == {"zh-CN"}
    assert "公民身份号码" not in "\n".join(form["lines"])


@pytest.mark.django_db
def test_the_download_page_has_each_form_twice_and_names_its_guides(demonstration, client):
    page = DownloadPage.objects.get(slug="downloads")
    html = client.get(page.url).content.decode()
    for form in forms():
        assert f"{form['title']}（空表）" in html
        assert f"{form['title']}（填写示例）" in html
        for slug, _material in form["used"]:
            assert f'href="/guides/{slug}/"' in html


@pytest.mark.django_db
def test_each_guide_offers_the_form_where_it_asks_for_it(demonstration, client):
    for form in forms():
        empty = SiteDocument.objects.get(title=f"{form['title']}（空表）")
        for slug, name in form["used"]:
            guide = GuidePage.objects.get(slug=slug, locale__language_code="zh-hans")
            offered = {material.name: material.sample for material in materials_of(guide)}
            assert offered[name] == empty
            assert empty.url in client.get(guide.url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("marriage-records", "婚姻登记档案"),
        ("single-certificate", "不再开"),
        ("adoption-registration", "第一千零九十三条"),
        ("disability-certificate", "残疾人联合会"),
        ("affordable-housing", "住房和城乡建设部门"),
    ],
)
def test_what_people_search_for_has_an_answer(demonstration, client, slug, says):
    guide = GuidePage.objects.get(slug=slug)
    assert guide.live
    assert says in client.get(guide.url).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("无婚姻登记记录证明", "single-certificate"),
        ("单身证明", "single-certificate"),
        ("婚姻登记档案", "marriage-records"),
        ("残疾证", "disability-certificate"),
        ("经适房", "affordable-housing"),
        ("收养登记", "adoption-registration"),
        ("低保", "minimum-living-allowance"),
        ("残疾人补贴", "disability-allowances"),
    ],
)
def test_what_people_type_finds_it_among_the_first(demonstration, client, query, slug):
    html = client.get("/search/", {"q": query}).content.decode()
    links = html.split('href="/guides/')[1:]
    assert slug in [link.split("/")[0] for link in links[:4]]
