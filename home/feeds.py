"""Atom feeds: what is common to all of them, and the one of the notices."""

import datetime

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed

from .fillers import filled
from .models import BasePage, NoticePage
from .visibility import open_to_all


class SiteFeed(Feed):
    """A feed of pages in Atom, each with its summary and the time it last changed."""

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
        return filled(item.summary)

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
