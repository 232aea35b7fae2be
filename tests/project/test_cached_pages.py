"""The public pages of all apps: cached for the next reader, and right at once after a change."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home.cache import page_cache
from home.models import NoticeIndexPage, NoticePage, SiteSettings
from place_names.importing.applying import apply_plan
from place_names.importing.planning import make_plan
from place_names.importing.readers import open_source
from place_names.models import NameVariant, Sign
from tests.guides.factories import guide_index, make_figure, make_guide, make_policy
from tests.home.factories import make_home, make_service_place, publish
from tests.place_names.factories import make_line, make_place, make_subdistrict
from tests.place_names.importing.files import csv_file, row

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def caching(settings, db):
    """A site whose settings exist: they are made on first use, which is a change of content."""
    make_home()
    Client().get("/")
    Client().get("/place-names/")
    settings.PAGE_CACHE_SECONDS = 600


def text(address: str) -> str:
    """What a reader without a session sees; a missing page gives no words of its own."""
    answer = Client().get(address)
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"


def publish_change(page, **fields) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


def one_of_each() -> dict[str, str]:
    """Public addresses of every kind that is not somebody's own."""
    guide = make_guide()
    publish_change(guide, summary="新的说法。")
    make_policy()
    notices = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    publish(notices, NoticePage(slug="notice", title="通知"))
    figure = make_figure("rate", ("2025-01-01", None, 80))
    place = make_place()
    first, second = make_subdistrict(), make_subdistrict("440105003", "昌岗街道")
    make_line(first, second)
    service = make_service_place(subdistrict_code=first.code)
    return {
        "home": "/",
        "guide": guide.url,
        "listing": guide_index().url,
        "changes": f"{guide.url}changes/",
        "feed of changes": f"{guide.url}changes/feed/",
        "feed of policies": "/policies/feed/",
        "feed of notices": "/notices/feed/",
        "figures": "/figures/",
        "figure": figure.get_absolute_url(),
        "names": "/place-names/",
        "name": place.get_absolute_url(),
        "shape": f"{place.get_absolute_url()}shape.geojson",
        "subdistricts": "/place-names/subdistricts/",
        "subdistrict": first.get_absolute_url(),
        "boundaries": "/place-names/boundaries/",
        "statistics": "/place-names/statistics/",
        "great map": "/place-names/map/",
        "picture of a statistic": "/place-names/statistics/class.svg",
        "service places": "/service-places/",
        "service place": service.get_absolute_url(),
        "places of a subdistrict": f"/service-places/{first.code}/",
        "site map": "/site-map/",
        "sitemap": "/sitemap.xml",
        "part of the sitemap": "/sitemap/place-names-1.xml",
        "robots": "/robots.txt",
    }


def test_every_public_page_is_cached(django_assert_num_queries):
    for kind, address in one_of_each().items():
        first = text(address)
        assert len(first) > 30, kind
        with django_assert_num_queries(0, info=kind):
            assert text(address) == first, f"{kind} was made again"


def test_each_kind_of_change_of_a_page_is_seen_at_once(committed):
    guide = make_guide(title="旧题目")
    home = make_home()
    assert "旧题目" in text(guide.url)
    with committed():
        publish_change(guide, title="新题目")
    assert "新题目" in text(guide.url)
    with committed():
        guide.unpublish()
    assert text(guide.url) == "404"
    with committed():
        publish_change(guide)
    assert "新题目" in text("/site-map/")
    assert "新题目" in text(guide.url)
    before = guide.url
    with committed():
        guide.move(home, pos="last-child")
    guide.refresh_from_db()
    assert "新题目" in text("/guide/")
    assert "新题目" not in text(before)
    with committed():
        PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert text("/guide/") == "302"
    with committed():
        PageViewRestriction.objects.all().delete()
    assert "新题目" in text("/guide/")
    with committed():
        guide.delete()
    assert text("/guide/") == "404"
    assert "新题目" not in text("/site-map/")


def test_a_changed_figure_is_seen_at_once(committed):
    figure = make_figure("rate", ("2025-01-01", None, 80))
    guide = make_guide(summary="比例是{figure:rate}。")
    addresses = ("/figures/", figure.get_absolute_url(), guide.url)
    assert all("80" in text(address) for address in addresses)
    with committed():
        value = figure.values.get()
        value.amount = 91
        value.save()
    assert all("91" in text(address) for address in addresses)


def test_a_changed_name_is_seen_at_once(committed):
    place = make_place("旧名路")
    addresses = ("/place-names/", place.get_absolute_url(), make_subdistrict().get_absolute_url())
    assert all("旧名路" in text(address) for address in addresses)
    with committed():
        place.name = "新名路"
        place.save_revision().publish()
    assert all("新名路" in text(address) for address in addresses)
    with committed():
        NameVariant.objects.create(place=place, kind="alias", name="俗称街")
    assert "俗称街" in text(place.get_absolute_url())
    with committed():
        Sign.objects.create(number="S1", kind="sign", place=place, lon=113.2, lat=23.1)
    assert "1块" in text(place.get_absolute_url())
    with committed():
        place.unpublish()
    assert text(place.get_absolute_url()) == "404"
    assert "新名路" not in text("/place-names/")


def test_imported_names_are_seen_at_once(committed, tmp_path):
    place = make_place("旧名路", code=row()["code"])
    assert "旧名路" in text("/place-names/")
    text(place.get_absolute_url())
    with committed():
        plan = make_plan(open_source(csv_file(tmp_path, [row(1, name="新名路"), row(2)])))
        apply_plan(plan)
        plan.close()
    assert "新名路" in text(place.get_absolute_url())
    assert "新名路" in text("/place-names/")
    assert "试验2路" in text("/place-names/")


def test_an_urgent_notice_is_on_every_page_at_once(committed):
    addresses = ["/", "/place-names/", "/service-places/", "/figures/"]
    assert not any("台风" in text(address) for address in addresses)
    with committed():
        frame = SiteSettings.for_site(make_home().get_site())
        frame.urgent_notice = "台风来了，今天停办"
        frame.save()
    assert all("台风来了" in text(address) for address in addresses)


def test_changed_hours_of_a_service_place_are_seen_at_once(committed):
    place = make_service_place(name="旧名大厅")
    assert "09:00" in text(place.get_absolute_url())
    assert "旧名大厅" in text("/service-places/")
    with committed():
        for hours in place.weekly_hours.all():
            hours.opens = hours.opens.replace(hour=10)
            hours.save()
    assert "10:00" in text(place.get_absolute_url())
    with committed():
        place.name = "新名大厅"
        place.save()
    assert "新名大厅" in text("/service-places/")


def test_a_new_day_shows_the_figures_of_that_day(time_machine):
    tomorrow = timezone.localtime() + timedelta(days=1)
    figure = make_figure("rate", ("2025-01-01", None, 80), (tomorrow.date().isoformat(), None, 91))
    guide = make_guide(summary="比例是{figure:rate}。")
    assert "80" in text(guide.url)
    assert "91" not in text(guide.url)
    time_machine.move_to(tomorrow)
    assert "91" in text(guide.url)
    assert figure.get_absolute_url() in text(guide.url)


@pytest.mark.parametrize(
    "address",
    [
        "/marriage/",
        "/marriage/manage/",
        "/marriage/planner/",
        "/marriage/office/",
        "/marriage/waiting/",
        "/feedback/",
        "/feedback/sent/",
        "/feedback/status/",
        "/search/?q=结婚",
        "/search/suggest/?q=结婚",
        "/healthz",
        "/admin/login/",
        "/api/v1/place-names",
        "/no-such-page/",
    ],
)
def test_what_may_be_somebodys_own_is_never_cached(address, monkeypatch):
    kept = []
    monkeypatch.setattr(page_cache.caches["pages"], "set", lambda key, *args: kept.append(key))
    Client().get(address)
    assert kept == []


def test_a_form_with_a_token_or_a_session_is_never_cached(settings):
    """Whatever a view says of itself: what sets a cookie is somebody's own."""
    guide = make_guide()
    reader = Client()
    session = reader.session
    session["booking"] = "mine"
    session.save()
    before = text(guide.url)
    assert reader.get(guide.url)["Vary"].count("Cookie") <= 1
    assert "ETag" not in reader.get(guide.url)
    assert text(guide.url) == before
