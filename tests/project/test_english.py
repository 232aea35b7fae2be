"""The pages in English: the other language of each, one truth, nothing Chinese unmarked."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail.rich_text import RichText

import marriage
from guides.models import GuidePage
from home.chinese_words import mark_chinese
from home.languages.locales import HAN
from home.models import HomePage, NoticePage, PlainPage, ServicePlace
from home.staff.desk.pages import outdated_translations
from home.untranslated import untranslated
from marriage.identity.papers import PAPERS
from marriage.materials.catalogue import QUESTIONS
from marriage.materials.questions import asked_by
from marriage.models import Material, Service
from marriage.views.forms import PersonForm, TelephoneCodeForm
from marriage.wizard.steps import steps_of
from search.site_search.answering import answer
from search.site_search.english import in_english
from tests.templates import DEMONSTRATION, in_copy_of

demonstration = in_copy_of(DEMONSTRATION)
pytestmark = [
    pytest.mark.usefixtures("demonstration"),
    pytest.mark.django_db,
    pytest.mark.one_engine,
]

# (Chinese, English): the same page in both languages.
PAIRS = [
    ("/", "/en/"),
    ("/guides/", "/en/guides/"),
    ("/guides/marriage-registration/", "/en/guides/marriage-registration/"),
    ("/guides/marriage-certificate-replacement/", "/en/guides/marriage-certificate-replacement/"),
]
ENGLISH_ALONE = ["/en/who-does-what/", "/en/place-names/", "/en/open-data/"]
ENGLISH = [english for _chinese, english in PAIRS] + ENGLISH_ALONE
HOST = "http://testserver"
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
VOID = {"br", "col", "hr", "img", "input", "link", "meta"}


class Reading(HTMLParser):
    """What stands in a page outside elements that say they are Chinese."""

    def __init__(self, html: str):
        super().__init__()
        self.unmarked: list[str] = []
        self.chinese: list[str] = []
        self._open: list[bool] = []  # For each open element whether it is Chinese.
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        spoken = (values.get(name) or "" for name in ("alt", "aria-label", "title", "placeholder"))
        self.unmarked += [
            text for text in (*spoken, values.get("content") or "") if HAN.search(text)
        ]
        if tag not in VOID:
            above = bool(self._open and self._open[-1])
            self._open.append(above or (values.get("lang") or "").startswith("zh"))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self._open and self._open.pop()

    def handle_data(self, data):
        if HAN.search(data):
            (self.chinese if self._open and self._open[-1] else self.unmarked).append(data)


def read(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


@pytest.mark.parametrize("pair", PAIRS, ids=[english for _chinese, english in PAIRS])
def test_both_pages_name_both_languages(client, pair):
    chinese, english = pair
    wanted = [("zh-Hans", HOST + chinese), ("en", HOST + english), ("x-default", HOST + chinese)]
    for address in pair:
        assert ALTERNATE.findall(read(client, address)) == wanted
    assert f'href="{english}" lang="en" hreflang="en">English</a>' in read(client, chinese)
    assert f'href="{chinese}" lang="zh-Hans" hreflang="zh-Hans">中文</a>' in read(client, english)


def test_the_sitemap_says_the_same(client):
    xml = read(client, "/sitemap/pages-1.xml")
    for chinese, english in PAIRS:
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{tag}" href="{HOST}{address}"/>'
            for tag, address in (("zh-Hans", chinese), ("en", english), ("x-default", chinese))
        )
        for address in (chinese, english):
            entry = re.search(rf"<url><loc>{HOST}{address}</loc>.*?</url>", xml)[0]
            assert entry.endswith(f"{links}</url>")
    for address in ENGLISH_ALONE:
        assert "xhtml" not in re.search(rf"<loc>{HOST}{address}</loc>.*?</url>", xml)[0]


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/place-names/", "/en/place-names/"),  # The nearest English page above it.
        ("/place-names/subdistricts/", "/en/place-names/"),
        ("/guides/divorce-registration/", "/en/guides/"),
        ("/marriage/", "/en/"),
        ("/en/place-names/", "/place-names/"),
        ("/en/who-does-what/", "/"),
        ("/en/search/", "/search/"),
    ],
)
def test_every_page_leads_to_the_other_language(client, address, other):
    html = read(client, address)
    assert re.search(rf'<a class="tool" href="{other}" lang', html)
    assert not ALTERNATE.search(html)  # It is not the same page.


@pytest.mark.parametrize("address", [*ENGLISH, "/en/search/?q=marriage", "/en/feedback/"])
def test_an_english_page_is_marked_as_english(client, address):
    html = read(client, address)
    assert '<html lang="en"' in html
    assert Reading(html).unmarked == []
    assert "read-aloud.js" not in html  # It has Chinese voices only.
    # Of the frame only the way to the Chinese page is Chinese.
    frame = html[: html.index("<main")] + html[html.index("</main>") :]
    assert Reading(frame).chinese == ["中文"]


def test_what_is_not_there_is_told_in_english(client):
    html = read(client, "/en/nothing/", 404)
    assert "<h1>Page not found</h1>" in html
    assert Reading(html).unmarked == []
    assert '<html lang="zh-CN"' in read(client, "/nothing/", 404)


def test_traditional_characters_are_for_chinese_pages(client):
    plain = read(client, "/en/guides/marriage-registration/")
    client.cookies["display"] = "traditional"
    html = read(client, "/en/guides/marriage-registration/")
    assert '<html lang="en"' in html
    assert Reading(html).chinese == Reading(plain).chinese


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<p>Lu (路) is road</p>", '<p>Lu (<span lang="zh-Hans">路</span>) is road</p>'),
        ("<p>海珠区1号，2楼</p>", '<p><span lang="zh-Hans">海珠区1号，2楼</span></p>'),
        ("<b>《条例》 art. 2</b>", '<b><span lang="zh-Hans">《条例》</span> art. 2</b>'),
        (
            '<i lang="zh-Hant">簡體<b>字</b></i>字',
            '<i lang="zh-Hant">簡體<b>字</b></i><span lang="zh-Hans">字</span>',
        ),
        ("<title>字</title><script>'字'</script>", "<title>字</title><script>'字'</script>"),
        ('<img alt="字"><br>no', '<img alt="字"><br>no'),
        ('<html lang="en"><p>字', '<html lang="en"><p><span lang="zh-Hans">字</span>'),
    ],
)
def test_chinese_words_are_marked(html, marked):
    assert mark_chinese(html) == marked
    assert mark_chinese(marked) == marked


def test_facts_have_one_place(client):
    """What staff change in Chinese stands on the English page at once."""
    place = ServicePlace.objects.get(slug="marriage-registry")
    place.phone = "020-87654321"
    place.save()
    GuidePage.objects.filter(slug="marriage-registration", locale__language_code="zh-hans").update(
        fee="工本费九元"
    )
    photos = Material.objects.get(service__slug="marriage", condition="always")
    photos.quantity = "7张"
    photos.save()
    for address in ("/guides/marriage-registration/", "/en/guides/marriage-registration/"):
        html = read(client, address)
        assert "020-87654321" in html
        assert "工本费九元" in html  # Nobody has translated it: the truth in Chinese.
    assert '<span lang="zh-Hans">7张</span>' in html
    assert "020-87654321" in read(client, "/en/who-does-what/")


@pytest.mark.parametrize("code", ["census-names", "census-signs"])
def test_a_figure_is_the_same_in_both_languages(client, code):
    pattern = rf'<a class="figure" href="/figures/{code}/">([\d,]+)'
    chinese = re.search(pattern, read(client, "/areas/place-names/"))[1]
    assert re.search(pattern, read(client, "/en/place-names/"))[1] == chinese


TEMPLATES = Path(marriage.__file__).parent / "templates" / "marriage"
STEP_TITLE = re.compile(r"{% block step_title %}(\w+){% endblock %}")
MAIN_BUTTON = re.compile(r'<button class="button button--main"[^>]*>(\w+(?:，\w+)?)</button>')
BUTTON = re.compile(r"<button[^>]*>(\w+(?:，\w+)?)</button>")


def in_templates(names: Iterable[str], pattern: re.Pattern) -> list[str]:
    """What the pattern finds in the templates of the booking form, in their order."""
    return [
        found
        for name in names
        for found in pattern.findall((TEMPLATES / f"{name}.html").read_text(encoding="utf-8"))
    ]


def templates_of(service: Service) -> list[str]:
    """The templates of the booking form, in the order of its pages."""
    names = ["start_service", *dict.fromkeys(step.name for step in steps_of(service))]
    names.insert(names.index("day") + 1, "time")
    return names


@pytest.mark.parametrize(("pair", "slug"), zip(PAIRS[2:], ["marriage", "replacement"], strict=True))
def test_the_booking_form_is_explained_as_it_is(client, pair, slug):
    """Every Chinese word in the table is one of the form, and every button and field of the form
    stands in the table, in its order: a changed label is noticed here."""
    service = Service.objects.get(slug=slug)
    templates = templates_of(service)
    fields = [
        field.label
        for form in (PersonForm, TelephoneCodeForm)
        for field in form.base_fields.values()
    ]
    labels = {*fields, *in_templates(templates, STEP_TITLE), *in_templates(templates, BUTTON)}
    labels |= {question.title for question in QUESTIONS.values()}
    labels |= {label for question in QUESTIONS.values() for _key, label in question.options}
    labels |= {paper.title for paper in PAPERS.values()}
    html = read(client, pair[1])
    form = html[
        html.index("How to fill in the booking form") : html.index('aria-labelledby="steps"')
    ]
    table = form[form.index("<table") : form.index("</table>")]
    words = Reading(table).chinese
    assert len(words) > 15
    assert set(words) - labels == set()
    explained = [
        "".join(Reading(row).chinese)
        for row in re.findall(r"<tr>\s*<t[hd][^>]*>(.*?)</t[hd]>", table, re.DOTALL)
    ]
    buttons = dict.fromkeys(in_templates(templates, MAIN_BUTTON))
    assert {"开始预约", "下一步", "知道了，下一步", "发送验证码", "确认预约"} == set(buttons)
    assert set(buttons) | set(fields) <= set(explained)
    asked = [question.title for question in asked_by(service)]
    in_order = ["开始预约", *asked, "知道了，下一步", "选登记处", "选日子", "选时间"]
    in_order += [*list(PersonForm.base_fields.values()), "发送验证码"]
    in_order = [getattr(each, "label", each) for each in in_order]
    in_order += [TelephoneCodeForm.base_fields["code"].label, "核对", "确认预约"]
    assert [each for each in explained if each in in_order] == in_order


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("marriage", "/en/guides/marriage-registration/"),
        ("how do I marry a Chinese woman", "/en/guides/marriage-registration/"),
        ("wedding", "/en/guides/marriage-registration/"),
        ("lost certificate", "/en/guides/marriage-certificate-replacement/"),
        ("I lost my marriage certificate", "/en/guides/marriage-certificate-replacement/"),
        ("replace certificates", "/en/guides/marriage-certificate-replacement/"),
        ("telephone number", "/en/who-does-what/"),
        ("which office is responsible", "/en/who-does-what/"),
        ("street name spelling", "/en/place-names/"),
        ("romanization", "/en/place-names/"),
        ("API", "/en/open-data/"),
        ("download geojson", "/en/open-data/"),
        ("passport", "/en/guides/marriage-registration/"),
        ("embassy", "/en/guides/marriage-registration/"),
        ("translation", "/en/guides/marriage-registration/"),
        ("interpreter", "/en/guides/marriage-registration/"),
        ("homeless", "/en/who-does-what/"),
        ("death of husband", "/en/who-does-what/"),
        ("marrage", "/en/guides/marriage-registration/"),
        ("elderly", "/en/who-does-what/"),
        ("do I need my birth certificate to marry", "/en/guides/marriage-registration/"),
        ("apostille", "/en/guides/marriage-registration/"),
        (
            "my wallet was stolen with the marriage certificate",
            "/en/guides/marriage-certificate-replacement/",
        ),
        ("where do I sleep tonight", "/en/who-does-what/"),
        ("father died funeral", "/en/who-does-what/"),
        ("residance permit", "/en/who-does-what/"),
        ("nursing home", "/en/who-does-what/"),
        ("how to spell my street in pinyn", "/en/place-names/"),
        ("is there an api for street names", "/en/place-names/"),
        ("photos for the wedding certificate", "/en/guides/marriage-registration/"),
        ("can my fiance come alone", "/en/guides/marriage-registration/"),
        ("proof that I am single", "/en/guides/marriage-registration/"),
        ("minimum age", "/en/guides/marriage-registration/"),
        ("certifcate damaged by water", "/en/guides/marriage-certificate-replacement/"),
        ("police", "/en/who-does-what/"),
        ("my mother passed away", "/en/who-does-what/"),
        ("no place to live", "/en/who-does-what/"),
        ("passport number changed", "/en/guides/marriage-certificate-replacement/"),
        ("my wife changed her name", "/en/guides/marriage-certificate-replacement/"),
        ("renewed passport does not match", "/en/guides/marriage-certificate-replacement/"),
        ("old name of a road", "/en/place-names/"),
        ("what was this lane called before", "/en/place-names/"),
        ("fiancee visa", "/en/who-does-what/"),
        ("work permit for my husband", "/en/who-does-what/"),
        ("foreigner spouse residence permit", "/en/who-does-what/"),
        ("driving licence", "/en/who-does-what/"),
        ("husband", "/en/guides/marriage-registration/"),
        # In a list of materials that the booking keeps.
        ("bareheaded", "/en/guides/marriage-registration/"),
    ],
)
def test_english_queries_find_english_pages(client, query, first):
    assert in_english(query)[0].url == first
    for address in ("/search/", "/en/search/"):
        assert f'<a href="{first}"' in client.get(address, {"q": query}).content.decode()


@pytest.mark.parametrize(
    "query", ["xyzzy", "qwerty asdf", "bitcoin", "pizza delivery", "football tickets", "quantum"]
)
def test_nonsense_finds_no_english_page(query):
    assert in_english(query) == []


@pytest.mark.parametrize(
    "query", ["结婚登记", "补领", "jiehun dengji", "jhdj", "江南大道", "12345", "", "the"]
)
def test_chinese_results_have_no_english_pages(client, query):
    assert in_english(query) == [] or query == "12345"
    shown = [result.url for result in answer(query).results.object_list]
    assert not [url for url in shown if url.startswith("/en/")]


@pytest.mark.parametrize("address", ["/site-map/", "/areas/marriage/", "/guides/", "/"])
def test_chinese_lists_have_no_english_pages(client, address):
    html = read(client, address)
    main = html[html.index("<main") : html.index("</main>")]
    assert 'href="/en/' not in main


def test_a_report_is_sent_in_english(client):
    form = {"kind": "stale", "text": "The opening hours are wrong", "path": "/en/who-does-what/"}
    wrong = client.post("/en/feedback/", {**form, "text": "no"})
    assert wrong.status_code == 422
    assert "Write at least 5 characters" in wrong.content.decode()
    sent = client.post("/en/feedback/", form, follow=True)
    html = sent.content.decode()
    assert sent.redirect_chain == [("/en/feedback/sent/", 302)]
    assert "We have your report" in html
    assert "Something is out of date" in html
    assert "Who is responsible for what</a>" in html  # The page is found.
    assert Reading(html).unmarked == []


def test_an_opinion_is_counted_for_the_english_page(client):
    answered = client.post(
        "/en/feedback/opinion/",
        {"page": "/en/open-data/", "answer": "no"},
        headers={"Accept": "application/json"},
    ).json()
    assert answered["words"] == "Thank you for telling us."
    assert ["missing", "What I need is not here"] in answered["reasons"]


def test_editors_translate_and_registrars_do_not(client):
    page = PlainPage.objects.get(slug="about")
    address = reverse("simple_translation:submit_page_translation", args=[page.pk])
    for name, status in (("编辑", 200), ("审核", 200), ("婚姻登记员", 302)):
        user = User.objects.create_user(name, password="x")
        user.groups.add(Group.objects.get(name=name))
        client.force_login(user)
        assert client.get(address).status_code == status, name
    client.force_login(User.objects.get(username="编辑"))
    client.post(address, {"locales": [Locale.objects.get(language_code="en").pk]})
    translated = page.get_translations().get()
    assert (translated.live, translated.get_parent().specific) == (
        False,
        HomePage.objects.get(locale__language_code="en"),
    )
    assert client.get("/en/about/").status_code == 404  # A draft until it is reviewed.


def test_the_desk_tells_when_the_original_has_changed():
    staff = User.objects.create_superuser("root", password="x")
    assert list(outdated_translations(staff)) == []
    original = GuidePage.objects.get(
        slug="marriage-certificate-replacement", locale__language_code="zh-hans"
    )
    original.save_revision().publish()
    titles = [item.title for item in outdated_translations(staff)]
    assert titles == ["Replace a lost marriage or divorce certificate"]


def test_the_desk_tells_when_the_original_is_public_no_more():
    staff = User.objects.create_superuser("root", password="x")
    GuidePage.objects.get(
        slug="marriage-certificate-replacement", locale__language_code="zh-hans"
    ).unpublish()
    [item] = outdated_translations(staff)
    assert item.title == "Replace a lost marriage or divorce certificate"
    assert "中文页面没有公开" in item.reason


def test_readers_are_told_that_the_original_is_public_no_more(client):
    address = "/en/guides/marriage-certificate-replacement/"
    assert "We are revising this page" not in read(client, address)
    original = GuidePage.objects.get(
        slug="marriage-certificate-replacement", locale__language_code="zh-hans"
    )
    original.unpublish()
    html = read(client, address)
    assert "We are revising this page" in html
    assert Reading(html).unmarked == []
    assert "We are revising this page" not in read(client, "/en/who-does-what/")
    original.save_revision().publish()
    assert "We are revising this page" not in read(client, address)


def test_no_chinese_is_left_in_the_english_pages():
    for page in Page.objects.filter(locale__language_code="en").specific():
        assert list(untranslated(page)) == [], page.title


def test_chinese_that_is_left_in_a_draft_is_found():
    notice = PlainPage.objects.get(slug="about")
    draft = notice.copy_for_translation(Locale.objects.get(language_code="en"))
    found = list(untranslated(draft))
    assert {"标题", "摘要"} <= {finding.field for finding in found}
    assert any("块" in finding.field for finding in found)
    draft.title, draft.summary = "About us", "What we do（办什么）"
    fields = [finding.field for finding in untranslated(draft)]
    assert fields
    assert not {"标题", "摘要"} & set(fields)
    draft.body = [("paragraph", RichText("<p>We are at 海珠区某某路.</p><p>我们办结婚登记。</p>"))]
    left = [finding.words for finding in untranslated(draft) if "块" in finding.field]
    assert left == ["我们办结婚登记。"]
    assert list(untranslated(notice)) == []


def test_a_page_below_one_without_a_translation_is_refused_in_words(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    notice = NoticePage.objects.filter(locale__language_code="zh-hans").first()
    address = reverse("simple_translation:submit_page_translation", args=[notice.pk])
    posted = {"locales": [Locale.objects.get(language_code="en").pk]}
    answer = client.post(address, posted, follow=True)
    assert answer.status_code == 200
    assert "请先翻译上一级页面" in answer.text


def test_the_form_of_an_english_guide_asks_for_no_facts(client):
    client.force_login(User.objects.create_superuser("root", password="x"))
    guide = GuidePage.objects.get(slug="marriage-registration", locale__language_code="en")
    html = client.get(reverse("wagtailadmin_pages:edit", args=[guide.pk])).content.decode()
    for name in ("fee", "phone", "places", "visits", "hours", "action_address"):
        assert f'name="{name}"' not in html, name
    assert 'name="summary"' in html


def test_no_address_has_changed(client):
    """All Chinese pages stay where they were, without a prefix."""
    for page in Page.objects.live().filter(depth__gt=1, locale__language_code="zh-hans").specific():
        assert page.url
        assert not page.url.startswith("/en/")
    assert client.get("/zh-hans/").status_code == 404
    # What the browser prefers decides nothing.
    preferring = client.get("/", headers={"Accept-Language": "en"})
    assert (preferring.status_code, preferring.content.count(b'<html lang="zh-CN"')) == (200, 1)
