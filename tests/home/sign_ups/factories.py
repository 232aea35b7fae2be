import datetime

from django.utils import timezone

from home.models import EventPage, NoticeIndexPage
from tests.home.factories import make_home, publish


def make_event(**fields) -> EventPage:
    """A published event tomorrow on which people sign up on the site."""
    index = NoticeIndexPage.objects.first() or publish(
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
