"""A small tree of pages for tests."""

import datetime

from django.utils import timezone
from wagtail.models import Page, Site

from home import subdistricts
from home.models import EventPage, HomePage, NoticeIndexPage, SectionPage, ServicePlace


def publish(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def add(parent: Page, page: Page) -> Page:
    """A public page without a revision, for a third of what `publish` takes: for pages that
    only stand above what a test is about."""
    page.first_published_at = page.last_published_at = timezone.now()
    return parent.add_child(instance=page)


def make_home() -> HomePage:
    """The home page of the default site, made once."""
    found = HomePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    home = add(root, HomePage(slug="start", title="首页"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return home


def make_area(slug: str = "marriage", title: str = "婚姻登记") -> SectionPage:
    home = make_home()
    home.refresh_from_db()
    return publish(home, SectionPage(slug=slug, title=title, is_area=True))


def make_event(**fields) -> EventPage:
    """A published event tomorrow on which people sign up on the site."""
    index = NoticeIndexPage.objects.first() or add(
        make_home(), NoticeIndexPage(slug="notices", title="通知公告")
    )
    start = timezone.now() + datetime.timedelta(days=1)
    defaults = {
        "slug": "lecture",
        "title": "婚姻大讲堂",
        "venue": "二楼会议室",
        "starts_at": start,
        "ends_at": start + datetime.timedelta(hours=2),
        "sign_up_required": True,
        "sign_up_online": True,
        "sign_up_until": start - datetime.timedelta(hours=1),
        "places": 2,
    }
    return publish(index, EventPage(**{**defaults, **fields}))


def make_service_place(**changes) -> ServicePlace:
    """A hall in 赤岗街道, open every day from nine to five."""
    fields = {
        "name": "赤岗办事大厅",
        "slug": "chigang",
        "kind": "hall",
        "subdistrict_code": "440105001",
        "address": "示例路1号",
        "follows_holidays": False,
    }
    place = ServicePlace(**(fields | changes))
    for day in range(7):
        place.weekly_hours.create(weekday=day, opens=datetime.time(9), closes=datetime.time(17))
    place.save()
    return place


def two_subdistricts(monkeypatch) -> None:
    """Two subdistricts without the gazetteer that has them on the site."""
    rows = [("440105001", "赤岗街道"), ("440105002", "新港街道")]
    monkeypatch.setattr(subdistricts, "_source", lambda: rows)
    monkeypatch.setattr(subdistricts, "_sections", {})
