"""Answers of somebody on the way to a booking, kept here and not in their browser.

The browser holds a random cookie; the row is found by its hash and its content is encrypted, so
that neither the database nor a shared computer tells an ID number. One draft per browser:
two windows work on the same answers.
"""

import datetime
import functools
import hashlib
import secrets

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from home.personal_data.encryption import DecryptionError, decrypt, encrypt

from ..booking import telephone_proof
from ..booking.holds import live_hold, release_hold
from ..models import Booking, BookingRules, Draft, Service
from ..write_lock import write_transaction

COOKIE = "booking_draft"
# What tells who somebody is; the other answers may stay on a shared computer for longer.
PERSONAL = ("people", "identity", "receipt", "proof", "wants_proof")


class Answers:
    """What somebody has answered so far. `data` is plain JSON; see `marriage.wizard.steps`."""

    def __init__(self, key: str = "", row: Draft | None = None, data: dict | None = None):
        self.key = key
        self.row = row
        self.data = data or {}
        self.hold: Booking | None = None
        self.was_cleared = False
        self._service = None

    @property
    def service(self) -> Service | None:
        slug = self.data.get("service")
        if slug and self._service is None:
            offered = Service.objects.offered().select_related("guide")
            self._service = offered.filter(slug=slug).first()
        return self._service

    @functools.cached_property
    def rules(self) -> BookingRules:
        return BookingRules.load()

    @property
    def answers(self) -> dict:
        return self.data.setdefault("answers", {})

    @property
    def people(self) -> dict:
        """{"1": {...}, "2": {...}} as far as entered."""
        return self.data.setdefault("people", {})

    @property
    def token(self) -> str:
        return self.data.get("token", "")

    @property
    def replaces(self) -> str:
        """The token of a hold to be given up when the next one is taken."""
        return self.token or self.data.get("replaces", "")

    def forget_time(self) -> None:
        """The chosen time no longer fits the answers."""
        if self.token:
            self.data["replaces"] = self.data.pop("token")

    @property
    def asks_telephone(self) -> bool:
        """Whether a page of this booking may ask to prove the telephone."""
        is_off = self.rules.telephone_proof == BookingRules.TelephoneProof.OFF
        return not is_off or bool(self.data.get("wants_proof") or self.data.get("proof"))

    @property
    def telephone_is_settled(self) -> bool:
        """Whether the telephone is proved, or need not be for the day that is held."""
        if telephone_proof.trust_of(self):
            return True
        if self.data.get("wants_proof"):
            return False
        hold = self.hold or live_hold(self.token)
        return not hold or not telephone_proof.is_required(hold.slot.date, self.rules)

    @property
    def booking(self) -> Booking | None:
        """The booking that this draft became."""
        return self.row.booking if self.row else None

    def start(self, service: Service) -> None:
        """Start again with a service; a hold of the same browser stays to be replaced."""
        if not self.key:
            self.key = secrets.token_urlsafe(24)
        self.data = {"service": service.slug, "replaces": self.token or self.replaces}
        if self.row:
            self.row.booking = None

    @property
    def is_begun(self) -> bool:
        """Whether something would be lost by starting again."""
        return bool(self.service and not self.booking and (self.answers or self.people))

    def clear_when_idle(self, now: datetime.datetime | None = None) -> None:
        """Forget who somebody is when they have answered nothing for as long as the rules say."""
        idle = datetime.timedelta(minutes=self.rules.draft_personal_minutes)
        if (now or timezone.now()) - self.row.updated_at <= idle:
            return
        personal = [name for name in PERSONAL if self.data.pop(name, None)]
        if personal:
            self.was_cleared = True
            self.save()

    def finish(self, booking: Booking) -> None:
        """The answers have become a booking: nothing personal stays in the draft."""
        self.data = {"service": booking.service.slug}
        self.row.booking = booking

    def save(self) -> None:
        row = self.row or Draft(key=_hash(self.key))
        row.encrypted = encrypt(self.data)
        row.updated_at = timezone.now()
        with write_transaction(durable=False):
            row.save()
        self.row = row

    def discard(self) -> None:
        """Delete the draft and give up the time that it holds."""
        if self.token:
            release_hold(self.token)
        if self.row:
            with write_transaction():
                self.row.delete()

    def set_cookie(self, response: HttpResponse, request: HttpRequest) -> None:
        response.set_cookie(
            COOKIE,
            self.key,
            max_age=BookingRules.load().draft_hours * 3600,
            path="/marriage/",
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def load(request: HttpRequest) -> Answers:
    """The draft of this browser; empty when there is none or its time is over."""
    key = request.COOKIES.get(COOKIE, "")
    if not key:
        return Answers()
    row = Draft.objects.select_related("booking").filter(key=_hash(key)).first()
    if row is None:
        return Answers()
    try:
        answers = Answers(key, row, decrypt(row.encrypted))
    except DecryptionError:
        return Answers(key, row)
    answers.clear_when_idle()
    return answers
