"""One calendar of what is published, ends or falls due."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils import timezone
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page, Revision

from home.models import Assignment, NoticePage, PreviewLink, SiteSettings

from ..desk.lists import EditorsOnly
from ..desk.pages import content_models, edit_url, editable

AHEAD = datetime.timedelta(days=90)
BEHIND = datetime.timedelta(days=14)


@dataclass(frozen=True)
class Entry:
    """Something on a day; `time` is empty where the whole day is meant."""

    day: datetime.date
    what: str
    title: str
    url: str
    time: str = ""


Gather = Callable[[AbstractBaseUser, datetime.date, datetime.date], Iterable[Entry]]
_sources: dict[str, Gather] = {}


def register_calendar_source(name: str, gather: Gather) -> None:
    """What of an app falls on days; call from AppConfig.ready."""
    _sources[name] = gather


def at(moment: datetime.datetime, what: str, title: str, url: str) -> Entry:
    local = timezone.localtime(moment)
    return Entry(local.date(), what, title, url, f"{local:%H:%M}")


def of_pages(user: AbstractBaseUser, first: datetime.date, last: datetime.date) -> Iterator[Entry]:
    """Scheduled publications, ends, reviews that are due."""
    start = timezone.make_aware(datetime.datetime.combine(first, datetime.time.min))
    end = timezone.make_aware(datetime.datetime.combine(last, datetime.time.max))
    own = editable(user, Page.objects.all())
    keys = set(own.values_list("pk", flat=True))
    scheduled = Revision.page_revisions.filter(approved_go_live_at__range=(start, end))
    for revision in scheduled:
        if int(revision.object_id) in keys:
            page = own.get(pk=revision.object_id)
            yield at(
                revision.approved_go_live_at,
                "定时发布",
                page.get_admin_display_title(),
                edit_url(page),
            )
    for page in own.filter(live=True, expire_at__range=(start, end)):
        yield at(page.expire_at, "到期下线", page.title, edit_url(page))
    useful = NoticePage.objects.live().filter(relevant_until__range=(first, last))
    for notice in editable(user, useful):
        yield Entry(notice.relevant_until, "最后有用的一天", notice.title, edit_url(notice))
    for model in content_models():
        for page in editable(user, model.objects.live().filter(review_due__range=(first, last))):
            yield Entry(page.review_due, "该复核", page.title, edit_url(page))


def of_work(user: AbstractBaseUser, first: datetime.date, last: datetime.date) -> Iterator[Entry]:
    """What was assigned, preview links that end, the notice at the head of the site."""
    asked = Assignment.objects.filter(done_at=None, due_on__range=(first, last))
    for assignment in asked.select_related("page", "person"):
        name = assignment.person.get_full_name() or assignment.person.get_username()
        title = f"{assignment.task}：{assignment.page.title}（{name}）"
        yield Entry(assignment.due_on, "交办到期", title, edit_url(assignment.page))
    for link in PreviewLink.objects.filter(last_day__range=(first, last)).select_related("page"):
        url = reverse("preview_links", args=[link.page_id])
        yield Entry(link.last_day, "预览链接到期", f"{link.page.title}（{link.purpose}）", url)
    for banner in SiteSettings.objects.exclude(urgent_notice=""):
        url = reverse("wagtailsettings:edit", args=["home", "sitesettings", banner.site_id])
        for moment, what in (
            (banner.urgent_from, "页首提示开始"),
            (banner.urgent_until, "页首提示结束"),
        ):
            if moment and first <= timezone.localdate(moment) <= last:
                yield at(moment, what, banner.urgent_notice, url)


def entries(
    user: AbstractBaseUser, today: datetime.date
) -> list[tuple[datetime.date, list[Entry]]]:
    """From two weeks back to three months ahead, day by day."""
    first, last = today - BEHIND, today + AHEAD
    found = (entry for gather in _sources.values() for entry in gather(user, first, last))
    days: dict[datetime.date, list[Entry]] = {}
    for entry in sorted(found, key=lambda entry: (entry.day, entry.time, entry.title)):
        days.setdefault(entry.day, []).append(entry)
    return list(days.items())


class CalendarView(EditorsOnly, WagtailAdminTemplateMixin, TemplateView):
    template_name = "home/staff/calendar.html"
    page_title = "日程"
    header_icon = "calendar-alt"

    def get_breadcrumbs_items(self):
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        today = timezone.localdate()
        days = entries(self.request.user, today)
        return super().get_context_data(days=days, today=today, **kwargs)
