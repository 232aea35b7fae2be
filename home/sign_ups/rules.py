"""Signing up for an event: no more than it has places, once a person, and out again.

The guard against too many is in the database: one conditional update and a CHECK. Whoever
gets no place changes nothing.
"""

import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac

from ..encryption import seal
from ..models import EventPage
from ..page_cache import forget_all
from .models import EventPlaces, SignUp, SignUpSettings


class SignUpRefusedError(Exception):
    """Nobody can sign up now; the message says why, to the citizen."""


class FullError(SignUpRefusedError):
    pass


class TwiceError(SignUpRefusedError):
    pass


def why_closed(event: EventPage, now: datetime.datetime | None = None) -> str:
    """Why nobody can sign up on the site now, in words; empty where they can."""
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
    """Takes over the limit of a page that has just been published.

    A limit below those who have a place already takes nobody's place away.
    """
    with transaction.atomic():
        places, _ = EventPlaces.objects.get_or_create(event=event, defaults={"limit": event.places})
        places = EventPlaces.objects.select_for_update().get(pk=places.pk)
        limit = event.places if event.places is None else max(event.places, places.taken)
        EventPlaces.objects.filter(pk=places.pk).update(limit=limit)
        forget_all()


def sign_up(event: EventPage, name: str, phone: str) -> SignUp:
    """Gives a place to a person. Raises SignUpRefusedError: closed, full, or there already."""
    if reason := why_closed(event):
        raise SignUpRefusedError(reason)
    once_key = salted_hmac("home.sign_ups", f"{event.pk} {phone}", algorithm="sha256").hexdigest()
    if SignUp.objects.filter(event=event, once_key=once_key).exists():
        raise TwiceError("这个手机号码已经报过名，不用再报。")
    if not EventPlaces.objects.filter(event=event).exists():
        keep_limit(event)
    try:
        with transaction.atomic():
            _take_place(event)
            return SignUp.objects.create(
                event=event, sealed=seal({"name": name, "phone": phone}), once_key=once_key
            )
    except IntegrityError:
        # The same person pressed twice: the other request came first.
        raise TwiceError("这个手机号码已经报过名，不用再报。")


def _take_place(event: EventPage) -> None:
    free = Q(limit__isnull=True) | Q(taken__lt=F("limit"))
    if not EventPlaces.objects.filter(free, event=event).update(taken=F("taken") + 1):
        raise FullError("名额已满。有人退出时会空出名额，您可以过几天再来看看。")
    if EventPlaces.objects.get(event=event).is_full:
        forget_all()


def withdraw(reference: str) -> EventPage | None:
    """Deletes a sign-up and frees its place; the event, or None where there was none."""
    with transaction.atomic():
        entry = SignUp.objects.select_related("event").filter(reference=reference).first()
        if entry is None:
            return None
        # Only who really deletes the row frees the place: two requests may come at once.
        if not SignUp.objects.filter(pk=entry.pk).delete()[0]:
            return None
        was_full = EventPlaces.objects.get(event=entry.event_id).is_full
        EventPlaces.objects.filter(event=entry.event_id, taken__gt=0).update(taken=F("taken") - 1)
        if was_full:
            forget_all()
    return entry.event


def forget_past() -> int:
    """The daily job: deletes who signed up for events that ended long enough ago."""
    settings = SignUpSettings.objects.select_related("site").order_by("-site__is_default_site")
    kept = (settings.first() or SignUpSettings()).days_kept
    limit = timezone.now() - datetime.timedelta(days=kept)
    return SignUp.objects.filter(event__ends_at__lt=limit).delete()[0]


def event_was_published(sender, instance, **kwargs) -> None:
    if isinstance(instance, EventPage):
        keep_limit(instance)
