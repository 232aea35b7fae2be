"""The check of links finds what leads nowhere, as the site is served in production."""

import pytest
from django.core.files.base import ContentFile

from guides.models import QuestionIndexPage, QuestionTreePage
from home.link_checker import answer_outside, check, links_in
from home.models import DeadLink, PlainPage, SiteDocument
from tests.guides.factories import guide_index
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["www.haizhu.example"]


def page_with(*anchors: str) -> PlainPage:
    body = [{"type": "paragraph", "value": f"<p>{anchor}</p>"} for anchor in anchors]
    return publish(make_home(), PlainPage(slug="links", title="链接", body=body))


def dead() -> dict[str, str]:
    count = check(progress=lambda text: None)
    found = dict(DeadLink.objects.values_list("address", "answer"))
    assert count == len(found)
    return found


def test_addresses_inside_are_asked_as_over_https_on_a_host_that_is_allowed():
    page_with('<a href="/gone/">坏</a> <a href="/links/">好</a> <a href="/links">也好</a>')
    assert dead() == {"/gone/": "404"}


def test_an_odd_address_stops_nothing():
    long = "/" + "x" * 600
    page_with(
        f'<a href="{long}1/">一</a> <a href="{long}2/">二</a>',
        '<a href="//[x/">错</a> <a href="http://[x/">错</a> <a href="/gone/">坏</a>',
    )
    assert dead() == {long[:500]: "404", "/gone/": "404"}
    assert answer_outside("https://[x/") == "打不开"


def test_pages_and_documents_that_are_gone_are_named(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument(title="表")
    document.file.save("a.txt", ContentFile(b"a"))
    home = make_home()
    page_with(
        f'<a linktype="page" id="{home.pk}">好</a> <a id="999999" linktype="page">坏</a>',
        f'<a linktype="document" id="{document.pk}">好</a> <a linktype="document" id="9999">坏</a>',
    )
    assert dead() == {"page:999999": "页面已删除或未发布", "document:9999": "文件已删除"}


def test_addresses_in_cards_and_next_steps_are_looked_at():
    home = make_home()
    card = {"title": "预约", "text": "在线", "icon": "rings", "address": "/no-such/"}
    home.tasks = [{"type": "task", "value": card}]
    home.save_revision().publish()
    index = publish(guide_index(), QuestionIndexPage(slug="answers", title="问答"))
    steps = [{"label": "去", "address": "marriage:gone"}, {"label": "去", "address": "home:index"}]
    outcome = {"code": "终", "title": "终", "next_steps": steps}
    tree = QuestionTreePage(slug="t", title="题", steps=[{"type": "outcome", "value": outcome}])
    index.add_child(instance=tree)
    assert "name:marriage:gone" in links_in(tree)
    found = dead()
    assert found["/no-such/"] == "404"
    assert found["name:marriage:gone"] == "没有这个应用"
