"""The check of links finds what leads nowhere, as the site is served in production."""

import pytest
from django.core.files.base import ContentFile

from guides.models import PolicyIndexPage, PolicyPage, QuestionIndexPage, QuestionTreePage
from home.links import outside
from home.links.checker import check, links_in
from home.links.outside import NOT_PUBLIC, UNREACHABLE, answer_outside, answers_outside
from home.models import DeadLink, PlainPage, SiteDocument, SiteSettings
from tests.guides.factories import complete_guide, guide_index
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def production(settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["www.haizhu.example"]


def page_with(*anchors: str) -> PlainPage:
    body = [{"type": "paragraph", "value": f"<p>{anchor}</p>"} for anchor in anchors]
    return publish(make_home(), PlainPage(slug="links", title="链接", body=body))


def dead(*, outside: bool = False) -> dict[str, str]:
    count = check(outside=outside, progress=lambda text: None)
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


ITEM, FULL, PLATFORM = (f"https://www.example.gov.cn/{name}" for name in ("item", "full", "all"))


@pytest.fixture
def fields():
    """A guide with the page of its item, a policy with its full text, and the platform."""
    site = make_home().get_site()
    SiteSettings.objects.update_or_create(site=site, defaults={"online_platform_address": PLATFORM})
    guide = complete_guide(by_internet=True, online_address=ITEM)
    policies = publish(make_home(), PolicyIndexPage(slug="policies", title="政策"))
    policy = PolicyPage(
        slug="law",
        title="法",
        full_text_address=FULL,
        issuing_body="局",
        issued_on="2026-01-01",
        body=[{"type": "paragraph", "value": "<p>要点</p>"}],
    )
    return publish(guide_index(), guide), publish(policies, policy)


@pytest.fixture
def web(monkeypatch):
    """Other sites: {link: what it answers}, and which links were asked."""
    answers, asked = {}, []

    def answer(link):
        asked.append(link)
        return answers.get(link, "")

    monkeypatch.setattr(outside, "answer_outside", answer)
    return answers, asked


def test_the_fields_for_other_sites_are_asked_too(fields, web):
    guide, policy = fields
    answers, asked = web
    answers.update({ITEM: "404", FULL: UNREACHABLE})
    assert dead() == {}
    assert asked == []
    assert dead(outside=True) == {ITEM: "404", FULL: UNREACHABLE}
    assert sorted(asked) == sorted([ITEM, FULL, PLATFORM])
    assert DeadLink.objects.get(address=ITEM).page_id == guide.pk
    assert DeadLink.objects.get(address=FULL).page_id == policy.pk
    answers.update({ITEM: "", PLATFORM: "410"})
    assert dead(outside=True) == {FULL: UNREACHABLE, PLATFORM: "410"}


def test_what_was_found_outside_stays_until_it_is_asked_again(fields, web):
    guide, _policy = fields
    answers, _asked = web
    answers[ITEM] = answers[FULL] = "404"
    dead(outside=True)
    found_at = DeadLink.objects.get(address=FULL).found_at
    assert dead() == {ITEM: "404", FULL: "404"}
    assert DeadLink.objects.get(address=FULL).found_at == found_at
    # A machine that may not ask other sites knows nothing new of them.
    answers.update(dict.fromkeys([ITEM, FULL, PLATFORM], UNREACHABLE))
    assert dead(outside=True) == {ITEM: "404", FULL: "404"}
    guide.online_address = ""
    guide.save_revision().publish()
    assert dead() == {FULL: "404"}


def test_a_machine_without_a_way_out_asks_only_a_few(web):
    answers, asked = web
    links = [f"https://example.org/{number}" for number in range(50)]
    answers.update(dict.fromkeys(links, UNREACHABLE))
    assert answers_outside(links) is None
    assert len(asked) == outside.AT_ONCE
    assert answers_outside([]) == {}


# Loopback, private, link-local, and how they are disguised.
@pytest.mark.parametrize(
    "link",
    [
        "http://127.0.0.1:8000/admin/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://192.168.0.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://user@127.0.0.1/",
    ],
)
def test_no_address_of_the_own_network_is_asked(link):
    assert answer_outside(link) == NOT_PUBLIC
