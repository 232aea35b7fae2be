"""Event sign-up: limited seats, one sign-up for each person, and withdrawal.

Overbooking is prevented in the database, by a conditional update and a CHECK constraint.
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from home.cache.invalidation import invalidate
from home.models.sign_ups import EventPlaces, SignUp, SignUpSettings
from home.personal_data.encryption import encrypt

from ..models import EventPage


class SignUpRefusedError(Exception):
    """Sign-up is not possible; the message is shown to the citizen."""


class FullError(SignUpRefusedError):
    pass


class TwiceError(SignUpRefusedError):
    pass


def why_closed(event: EventPage, now: datetime.datetime | None = None) -> str:
    """Why sign-up is not possible now, in words; empty if it is."""
    now = now or timezone.now()
    if not event.signs_up_here:
        return "这个活动不在网上报名。"
    if now >= event.ends_at:
        return "活动已经结束。"
    if now >= event.starts_at:
        return "活动已经开始，不能再报名。"
    if event.sign_up_until and now > event.sign_up_until:
        until = timezone.localtime(event.sign_up_until)
        return f"报名已在{until:%Y年%-m月%-d日 %H:%M}截止。"
    return ""


def keep_limit(event: EventPage) -> None:
    """Applies the limit of a page that has just been published.

    A limit below the number of seats taken removes nobody.
    """
    with transaction.atomic():
        places, _ = EventPlaces.objects.get_or_create(event=event, defaults={"limit": event.places})
        places = EventPlaces.objects.select_for_update().get(pk=places.pk)
        limit = event.places if event.places is None else max(event.places, places.taken)
        EventPlaces.objects.filter(pk=places.pk).update(limit=limit)
        invalidate()


def sign_up(event: EventPage, name: str, phone: str, sent_as: str | None = None) -> SignUp:
    """Claims a seat. Raises SignUpRefusedError if sign-up is closed, full or repeated."""
    if reason := why_closed(event):
        raise SignUpRefusedError(reason)
    once_key = salted_hmac("home.sign_ups", f"{event.pk} {phone}", algorithm="sha256").hexdigest()
    if SignUp.objects.filter(event=event, once_key=once_key).exists():
        raise TwiceError("这个手机号码已经报过名，不用再报。")
    if not EventPlaces.objects.filter(event=event).exists():
        keep_limit(event)
    try:
        with transaction.atomic():
            _claim_seat(event)
            return SignUp.objects.create(
                event=event,
                encrypted=encrypt({"name": name, "phone": phone}),
                once_key=once_key,
                sent_as=sent_as,
            )
    except IntegrityError:
        # The same person pressed twice: the other request came first.
        raise TwiceError("这个手机号码已经报过名，不用再报。")


def _claim_seat(event: EventPage) -> None:
    free = Q(limit__isnull=True) | Q(taken__lt=F("limit"))
    if not EventPlaces.objects.filter(free, event=event).update(taken=F("taken") + 1):
        raise FullError("名额已满。有人退出时会空出名额，您可以过几天再来看看。")
    if EventPlaces.objects.get(event=event).is_full:
        invalidate()


def withdraw(reference: str) -> EventPage | None:
    """Deletes a sign-up and releases its seat. Returns the event; None if there was no sign-up."""
    with transaction.atomic():
        entry = SignUp.objects.select_related("event").filter(reference=reference).first()
        if entry is None:
            return None
        # Of two simultaneous requests only the one that deletes the row releases the seat.
        if not SignUp.objects.filter(pk=entry.pk).delete()[0]:
            return None
        was_full = EventPlaces.objects.get(event=entry.event_id).is_full
        EventPlaces.objects.filter(event=entry.event_id, taken__gt=0).update(taken=F("taken") - 1)
        if was_full:
            invalidate()
    return entry.event


def forget_past() -> int:
    """The daily job: deletes sign-ups for events that ended long enough ago."""
    settings = SignUpSettings.objects.select_related("site").order_by("-site__is_default_site")
    kept = (settings.first() or SignUpSettings()).days_kept
    limit = timezone.now() - datetime.timedelta(days=kept)
    return SignUp.objects.filter(event__ends_at__lt=limit).delete()[0]


def event_was_published(sender, instance, **kwargs) -> None:
    if isinstance(instance, EventPage):
        keep_limit(instance)
