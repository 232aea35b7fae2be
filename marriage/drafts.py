"""Answers of somebody on the way to a booking, kept here and not in their browser.

The browser holds a random cookie; the row is found by its hash and its content is sealed, so
that neither the database nor a shared computer tells an ID number. One draft per browser:
two windows work on the same answers.
"""

import hashlib
import secrets

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .encryption import CannotOpenError, seal, unseal
from .models import Booking, BookingRules, Draft, Service
from .turns import writing

COOKIE = "booking_draft"


class Answers:
    """What somebody has answered so far. `data` is plain JSON; see `marriage.flow`."""

    def __init__(self, key: str = "", row: Draft | None = None, data: dict | None = None):
        self.key = key
        self.row = row
        self.data = data or {}
        self._service = None

    @property
    def service(self) -> Service | None:
        slug = self.data.get("service")
        if slug and self._service is None:
            self._service = Service.objects.offered().filter(slug=slug).first()
        return self._service

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
    def booking(self) -> Booking | None:
        """The booking that this draft became."""
        return self.row.booking if self.row else None

    def start(self, service: Service) -> None:
        """Begin anew with a service; a hold of the same browser stays to be replaced."""
        if not self.key:
            self.key = secrets.token_urlsafe(24)
        self.data = {"service": service.slug, "replaces": self.token or self.replaces}
        if self.row:
            self.row.booking = None

    def finish(self, booking: Booking) -> None:
        """The answers have become a booking: nothing personal stays in the draft."""
        self.data = {"service": booking.service.slug}
        self.row.booking = booking

    def save(self) -> None:
        row = self.row or Draft(key=_hash(self.key))
        row.sealed = seal(self.data)
        row.updated_at = timezone.now()
        with writing(durable=False):
            row.save()
        self.row = row

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
        return Answers(key, row, unseal(row.sealed))
    except CannotOpenError:
        return Answers(key, row)
