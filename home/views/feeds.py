"""The base class of Atom feeds, and the feed of notices."""

import datetime

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from home.models import BasePage, NoticePage
from home.pages.placeholders import substituted
from home.pages.visibility import open_to_all


class SiteFeed(Feed):
    """An Atom feed of pages with their summaries and times of change."""

    feed_type = Atom1Feed
    author_name = "广州市海珠区民政局"

    @staticmethod
    def start_of(day: datetime.date) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(day, datetime.time()))

    def item_title(self, item: BasePage) -> str:
        return item.title

    def item_link(self, item: BasePage) -> str:
        return item.url

    def item_description(self, item: BasePage) -> str:
        return substituted(item.summary)

    def item_updateddate(self, item: BasePage) -> datetime.datetime | None:
        return item.last_published_at


class NoticeFeed(SiteFeed):
    title = "通知公告｜海珠区民政局"
    link = "/notices/"

    def items(self):
        notices = open_to_all(NoticePage.objects).defer_streamfields()
        return notices.order_by(*NoticePage.NEWEST_FIRST)[:30]

    def item_pubdate(self, item: NoticePage) -> datetime.datetime:
        return self.start_of(item.issued_on)
