"""Notes of publications, gathered into one mail a day for each subscriber."""

import datetime
from collections import defaultdict

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from home.messages import queue
from home.models.subscriptions import Announcement, Subscriber, Subscription, SubscriptionMail
from home.pages.visibility import open_to_all

from . import texts
from .rules import queue_mail, site_settings, stop_url

BATCH = 500


def announce(page: Page, key: str, note: str, path: str, at: datetime.datetime) -> None:
    """Keeps what an editor said of a publication, until it is mailed; once for each `key`.

    `path` shows the change on this site.
    """
    values = {"page_id": page.pk, "note": note, "path": path, "published_at": at}
    Announcement.objects.get_or_create(once_key=key, defaults=values)


def withdraw(key: str) -> None:
    """Takes back what was not mailed yet."""
    Announcement.objects.filter(once_key=key, gathered_at=None).delete()


def last_time(now: datetime.datetime, at: datetime.time) -> datetime.datetime:
    """The latest moment not after `now` when it was `at` o'clock here."""
    local = timezone.localtime(now)
    today = timezone.make_aware(datetime.datetime.combine(local.date(), at))
    return today if today <= now else today - datetime.timedelta(days=1)


def gather(now: datetime.datetime | None = None) -> int:
    """Queues the mails of what was announced up to the last time of sending; returns how many.

    An announcement is claimed by a conditional update in the transaction that writes its
    mails, so it is mailed once, by however many workers, and not lost when one of them dies.
    """
    now = now or timezone.now()
    due = Announcement.objects.filter(
        gathered_at=None, published_at__lt=last_time(now, site_settings().send_at)
    )
    with transaction.atomic():
        claimed = [
            pk
            for pk in list(due.values_list("pk", flat=True))
            if due.filter(pk=pk).update(gathered_at=now)
        ]
        mails = _mails(claimed, now) if claimed else []
        SubscriptionMail.objects.bulk_create(mails, batch_size=BATCH, ignore_conflicts=True)
    return len(mails)


def _mails(announcements: list[int], now: datetime.datetime) -> list[SubscriptionMail]:
    """One mail for each subscriber, with what they follow of these announcements.

    A page that was taken down or restricted meanwhile is not told of.
    """
    about = Announcement.objects.filter(pk__in=announcements)
    public = open_to_all(Page.objects.all()).filter(pk__in=about.values("page"))
    pages = {page.pk: page for page in public.specific()}
    told: dict[Subscriber, list[Announcement]] = defaultdict(list)
    for announcement in about:
        page = pages.get(announcement.page_id)
        if page is None:
            continue
        announcement.page = page
        follow = Subscription.objects.filter(
            Q(page=None) | Q(page__in=followed_with(page)),
            confirmed_at__lte=announcement.published_at,
        )
        for subscriber in Subscriber.objects.filter(pk__in=follow.values("subscriber")):
            told[subscriber].append(announcement)
    return [
        queue_mail(
            subscriber,
            "changes",
            f"changes:{subscriber.pk}:{found[-1].pk}",
            *texts.changes(found, stop_url(subscriber)),
            now,
        )
        for subscriber, found in told.items()
    ]


def followed_with(page: Page) -> set[int]:
    """The page itself and the pages above it, also of the section in which it is filed."""
    above = {page.pk, *page.get_ancestors().values_list("pk", flat=True)}
    section = getattr(page, "section", None)
    if section is not None:
        above |= {section.pk, *section.get_ancestors().values_list("pk", flat=True)}
    return above


def send(now: datetime.datetime | None = None) -> int:
    return queue.drain(SubscriptionMail, now=now)
