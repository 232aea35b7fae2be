"""The words of an open page in the other script, and the ways that leave a form in its place."""

import json
import re

import pytest
from django.test import Client
from wagtail.models import Locale

from demonstration.guides import question_trees
from guides.models import GuideIndexPage
from home.languages.locales import CHINESE, ENGLISH
from home.models import TraditionalForm
from home.views.display import MAX_BYTES
from tests.guides.factories import complete_guide
from tests.guides.questions.test_pages import make_funeral_figures
from tests.home.factories import make_home, publish
from tests.marriage.factories import make_asking_service, make_coming_slot, make_office

pytestmark = pytest.mark.django_db


def ask(client: Client, body) -> object:
    body = body if isinstance(body, bytes) else json.dumps(body)
    return client.post("/display/words/", body, content_type="application/json")


# Simplified, traditional; sources: OpenCC s2hk and 《香港增补字符集》 forms.
PHRASES = [
    ("请把符合的都选上", "請把符合的都選上"),
    ("双方是哪里的居民？", "雙方是哪裏的居民？"),
    ("答复与覆盖", "答覆與覆蓋"),
    ("海珠区民政局", "海珠區民政局"),
]


@pytest.mark.parametrize(("simplified", "traditional"), PHRASES)
def test_words_go_there_and_back(client, simplified, traditional):
    there = ask(client, {"traditional": True, "texts": [simplified, "abc"]}).json()
    assert there == {"texts": [traditional, "abc"]}
    assert ask(client, {"traditional": False, "texts": [traditional]}).json() == {
        "texts": [simplified]
    }


def test_phrases_of_the_list_of_staff_count(client):
    TraditionalForm.objects.create(
        phrase="某里", form="某里", source="test", checked_on="2026-12-01"
    )
    assert ask(client, {"traditional": True, "texts": ["某里"]}).json() == {"texts": ["某里"]}


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"\xff", b"[" * 5000, {"texts": "x", "traditional": True}, {"texts": [1]}],
)
def test_what_is_no_list_of_texts_is_refused(client, body):
    assert ask(client, body).status_code == 400


def test_half_a_character_and_too_much_do_no_harm(client):
    answer = ask(client, b'{"traditional": true, "texts": ["\\ud800\\u91cc"]}')
    assert answer.status_code == 200
    assert ask(client, b"x" * (MAX_BYTES + 1)).status_code == 413
    assert client.get("/display/words/").status_code == 405


def header(html: str) -> str:
    return re.search(r'<form class="header__tools".*?</form>', html, re.S)[0]


def test_a_page_that_is_filled_in_opens_the_rest_in_a_new_tab(client):
    home = make_home()
    make_funeral_figures()
    publish(home, GuideIndexPage(slug="guides", title="办事指南"))
    question_trees.load(progress=lambda line: None)
    for address in ("/guides/questions/marriage-materials/", "/subscriptions/", "/feedback/"):
        html = client.get(address).content.decode()
        assert (
            '<form class="header__tools" method="post" action="/display/" target="_blank">' in html
        )
        assert "js/form-script" in html
    assert "target=" not in header(client.get("/").content.decode())


def test_english_in_the_booking_form_is_the_guide_that_explains_it(client):
    home = make_home()
    index = publish(home, GuideIndexPage(slug="guides", title="办事指南"))
    guide = publish(index, complete_guide(slug="marrying", title="结婚登记"))
    english = Locale.objects.get(language_code=ENGLISH)
    for page in (home, index, guide):
        page.copy_for_translation(english).save_revision().publish()
    assert guide.locale.language_code == CHINESE
    service = make_asking_service(slug="marriage", guide=guide)
    make_coming_slot(service, make_office(service))
    client.post("/marriage/services/marriage/")
    html = client.get(client.get("/marriage/continue/")["Location"]).content.decode()
    link = re.search(r'<a class="tool"[^>]*lang="en".*?</a>', html, re.S)[0]
    assert 'href="/en/guides/marrying/"' in link
    assert 'target="_blank" rel="noopener"' in link
    assert "(new tab)" in link
