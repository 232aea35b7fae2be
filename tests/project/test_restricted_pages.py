"""Pages behind a login or a password are named nowhere and read by nobody else."""

import datetime
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from guides.models import QuestionIndexPage, QuestionTreePage, TopicPage
from home.models import EventPage, NoticeIndexPage, NoticePage
from home.pages.section_contents import kinds_in, pages_of
from tests.guides.factories import guide_index, make_figure, make_guide, make_policy
from tests.home.factories import make_area, make_home, publish

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

SECRET = "内部事项"
LISTS = (
    "/",
    "/guides/",
    "/policies/",
    "/policies/feed/",
    "/notices/",
    "/notices/?kind=event",
    "/notices/feed/",
    "/elders/",
    "/topic/",
    "/figures/dibao/",
    "/site-map/",
)


@pytest.fixture
def pages():
    """One page of each kind whose title and summary say SECRET, all listed somewhere."""
    make_figure("dibao", ("2020-01-01", None, 1080))
    area = make_area("elders", "养老服务")
    words = {"title": SECRET, "summary": SECRET, "section": area}
    guide = make_guide(slug="inner", **words, fee="{figure:dibao}")
    policy = make_policy(slug="inner", **words)
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    notice = publish(index, NoticePage(slug="inner", **words))
    start = timezone.now() + datetime.timedelta(days=9)
    event = publish(
        index,
        EventPage(
            slug="inner-event",
            **words,
            starts_at=start,
            ends_at=start + datetime.timedelta(hours=1),
            venue="一楼",
            sign_up_required=True,
            sign_up_online=True,
            sign_up_until=start,
        ),
    )
    home = make_home()
    home.refresh_from_db()
    publish(
        home,
        TopicPage(slug="topic", title="专题", body=[{"type": "guide", "value": guide.pk}]),
    )
    return guide, policy, notice, event


def restrict(pages, kind: str = PageViewRestriction.LOGIN) -> None:
    for page in pages:
        PageViewRestriction.objects.create(page=page, restriction_type=kind, password="word")


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_no_list_names_a_restricted_page(pages, client, kind):
    before = {address: client.get(address) for address in LISTS}
    named = [address for address, answer in before.items() if SECRET in answer.content.decode()]
    assert named == list(LISTS)
    restrict(pages, kind)
    for address in LISTS:
        assert SECRET not in client.get(address).content.decode(), address


@pytest.mark.parametrize("kind", [PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD])
def test_what_stands_beside_a_restricted_page_is_as_closed_as_it(pages, client, kind):
    addresses = (
        "/guides/inner/changes/",
        "/guides/inner/changes/feed/",
        "/policies/inner/changes/",
        "/policies/inner/changes/feed/",
        "/notices/inner-event/sign-up/",
    )
    for address in addresses:
        assert client.get(address).status_code == 200, address
    restrict(pages, kind)
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert SECRET not in answer.content.decode()


def test_who_has_logged_in_reads_the_versions(pages):
    restrict(pages)
    client = Client()
    client.force_login(get_user_model().objects.create_user("member"))
    assert SECRET in client.get("/guides/inner/changes/").content.decode()
    assert client.get("/notices/inner-event/sign-up/").status_code == 200
    assert Client().get("/guides/inner/changes/").status_code == 404


def test_a_restriction_holds_for_what_is_kept(pages, client, committed, settings):
    settings.PAGE_CACHE_SECONDS = 600
    addresses = ("/guides/", "/guides/inner/changes/", "/")
    for address in addresses:
        assert SECRET in client.get(address).content.decode()
    with committed():
        restrict(pages)
    for address in addresses:
        assert SECRET not in client.get(address).content.decode()


def test_pages_below_a_restricted_page_are_restricted_too(pages, client):
    restrict([guide_index()])
    assert "/guides/inner/" not in client.get("/elders/").content.decode()
    assert client.get("/guides/inner/changes/").status_code == 404


def test_a_section_that_is_not_saved_yet_holds_nothing(pages):
    """Its preview would list all that is filed nowhere."""
    make_guide(slug="nowhere")
    assert kinds_in(None) == []
    assert not pages_of(None).exists()


def test_answers_go_to_those_who_may_read_the_tree(client):
    index = publish(guide_index(), QuestionIndexPage(slug="answers", title="自助问答"))
    tree = QuestionTreePage(slug="inner", title=SECRET)
    index.add_child(instance=tree)
    address = tree.answer_url
    assert client.get(address).status_code == 302
    restrict([tree])
    assert client.get(address).status_code == 404


def test_lists_ask_one_way_who_may_see_a_page():
    """`.live()` alone forgets logins and passwords: lists go through home.pages.visibility."""
    root = Path(__file__).resolve().parents[2]
    mentions = {
        str(path.relative_to(root))
        for app in ("home", "guides", "marriage", "place_names", "search")
        for path in (root / app).rglob("*.py")
        if "objects.live()" in path.read_text() or ".child_of(self).live()" in path.read_text()
    }
    assert mentions == {
        "guides/versions/views.py",  # Checks who may read the one page.
        "guides/versions/recording.py",  # Records what each page shows; shows nobody.
        "home/staff/english_left.py",  # For staff, as are the next six.
        "home/staff/desk/pages.py",
        "guides/policies/citations.py",
        "guides/policies/disclosure.py",
        "marriage/materials/own_lists.py",
        "guides/policies/staff/laws.py",
        "home/staff/teamwork/calendar.py",
        "home/links/checker.py",
        "place_names/standard_names/pages.py",
        "place_names/staff/referring.py",
    }
