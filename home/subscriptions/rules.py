"""Subscriptions with double opt-in: nothing is mailed before the owner of the box has agreed.

PIPL arts. 6 and 19: one address and what it follows, nothing else, and no longer than wanted.
"""

import datetime
import unicodedata

from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import Page

from home import rate_limits
from home.messages.addresses import address_of
from home.models.subscriptions import (
    Announcement,
    Subscriber,
    Subscription,
    SubscriptionMail,
    SubscriptionSettings,
)
from home.models.teamwork import new_token
from home.personal_data.encryption import encrypt

from . import texts

SALT = "home.subscriptions"
MAILS_KEPT = datetime.timedelta(days=14)


def site_settings() -> SubscriptionSettings:
    found = SubscriptionSettings.objects.order_by("-site__is_default_site").first()
    return found or SubscriptionSettings()


def normal_address(address: str) -> str:
    """What counts as the same box: no provider of today tells capitals apart (RFC 5321, 2.4,
    advises against it)."""
    return unicodedata.normalize("NFKC", address).strip().casefold()


def address_hash(address: str) -> str:
    return salted_hmac(SALT, normal_address(address), algorithm="sha256").hexdigest()


def ask(address: str, page: Page | None, now: datetime.datetime | None = None) -> None:
    """Queues a mail that asks to confirm; one that is confirmed already is told so.

    Beyond the limit of the address nothing is sent. The caller learns nothing, so that nobody
    can find out by asking whether an address is known.
    """
    now = now or timezone.now()
    hashed = address_hash(address)
    if rate_limits.hit("subscription-mail", hashed, rate_limits.DAY) > site_settings().mails_a_day:
        return
    with transaction.atomic():
        subscriber, _ = Subscriber.objects.get_or_create(
            address_hash=hashed, defaults={"encrypted": encrypt(address), "created_at": now}
        )
        subscription, _ = Subscription.objects.get_or_create(
            subscriber=subscriber, page=page, defaults={"asked_at": now}
        )
        if subscription.confirmed_at:
            subject, body = texts.already(subscription, stop_url(subscriber))
        else:
            # The days to confirm count from the latest request.
            Subscription.objects.filter(pk=subscription.pk).update(asked_at=now)
            subject, body = texts.confirmation(
                subscription, confirm_url(subscription), site_settings().days_to_confirm
            )
        queue_mail(subscriber, "confirm", f"ask:{new_token()}", subject, body, now).save()


def queue_mail(
    subscriber: Subscriber, kind: str, key: str, subject: str, body: str, now: datetime.datetime
) -> SubscriptionMail:
    """A mail to be saved, with the headers by which mail programs unsubscribe (RFC 8058)."""
    headers = {"Auto-Submitted": "auto-generated"}
    if kind == "changes":
        headers |= {
            "List-Unsubscribe": f"<{stop_url(subscriber)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    content = {"to": subscriber.address, "subject": subject, "body": body, "headers": headers}
    return SubscriptionMail(
        subscriber=subscriber,
        once_key=key,
        channel=SubscriptionMail.Channel.MAIL,
        kind=kind,
        recipient=subscriber.masked_address[:80],
        encrypted=encrypt(content),
        due_at=now,
        created_at=now,
    )


def confirm_url(subscription: Subscription) -> str:
    token = signing.dumps(subscription.pk, salt=SALT)
    return address_of(reverse("home:subscription_confirm", args=[token]))


def stop_url(subscriber: Subscriber) -> str:
    return address_of(reverse("home:subscriptions_of", args=[subscriber.token]))


def asked_for(token: str) -> Subscription | None:
    """The subscription of a link to confirm; None if it expired, was ended or is no such link."""
    days = site_settings().days_to_confirm
    try:
        pk = signing.loads(token, salt=SALT, max_age=datetime.timedelta(days=days))
    except signing.BadSignature:
        return None
    return Subscription.objects.select_related("subscriber", "page").filter(pk=pk).first()


def confirm(subscription: Subscription, now: datetime.datetime | None = None) -> None:
    """Can be repeated; the first time counts."""
    mine = Subscription.objects.filter(pk=subscription.pk, confirmed_at=None)
    mine.update(confirmed_at=now or timezone.now())


def stop(subscriber: Subscriber, subscription: int | None = None) -> bool:
    """Ends one subscription, or all; the address goes with the last one.

    Returns whether anything was ended.
    """
    own = subscriber.subscriptions.all()
    ended, _ = (own if subscription is None else own.filter(pk=subscription)).delete()
    forget_addresses(Subscriber.objects.filter(pk=subscriber.pk))
    return bool(ended)


def known(address: str) -> Subscriber | None:
    return Subscriber.objects.filter(address_hash=address_hash(address)).first()


def forget_addresses(subscribers=None) -> int:
    """Deletes addresses that follow nothing any more."""
    found = Subscriber.objects.all() if subscribers is None else subscribers
    return found.filter(subscriptions=None).delete()[0]


def forget_old(now: datetime.datetime | None = None) -> None:
    """The daily job: requests that nobody confirmed, and mails of the past."""
    now = now or timezone.now()
    days = datetime.timedelta(days=site_settings().days_to_confirm)
    Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - days).delete()
    forget_addresses()
    SubscriptionMail.objects.filter(created_at__lt=now - MAILS_KEPT).delete()
    Announcement.objects.filter(gathered_at__lt=now - MAILS_KEPT).delete()
