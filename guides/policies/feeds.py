"""Atom feeds of policies."""

import datetime

from home.pages.visibility import open_to_all
from home.views.feeds import SiteFeed

from .models import PolicyPage


class PolicyFeed(SiteFeed):
    title = "政策文件｜海珠区民政局"
    link = "/policies/"

    def items(self):
        policies = open_to_all(PolicyPage.objects).defer_streamfields()
        return policies.newest_first()[:30]

    def item_pubdate(self, item: PolicyPage) -> datetime.datetime:
        return self.start_of(item.revised_on or item.published_on or item.issued_on)
