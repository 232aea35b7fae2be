"""Bookings, the people in them, drafts on the way there, and accepted applications."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from ..encryption import unseal
from ..states import BINDS_PERSONS, State

# Without letters and digits that look or sound alike (0 O, 1 I L, 2 Z, 5 S, 8 B).
REFERENCE_ALPHABET = "3467ACDEFGHJKMNPQRTUVWXY9"
REFERENCE_LENGTH = 10  # 25^10: more than 46 bits


def new_reference() -> str:
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


def new_token() -> str:
    return secrets.token_urlsafe(24)


class BookingQuerySet(models.QuerySet):
    def live(self):
        """Confirmed and still to come or at the counter."""
        return self.filter(state__in=BINDS_PERSONS)

    def confirmed(self):
        """Everything that ever was a booking: no holds that came to nothing."""
        return self.exclude(state__in=[State.HELD, State.EXPIRED, State.RELEASED])

    def expired_holds(self, now=None):
        return self.filter(state=State.HELD, hold_expires__lte=now or timezone.now())


class Booking(models.Model):
    """A place held or booked. Its state changes only through `marriage.booking`."""

    reference = models.CharField(
        "预约号", max_length=12, unique=True, default=new_reference, editable=False
    )
    state = models.CharField("状态", max_length=20, choices=State, default=State.HELD)
    service = models.ForeignKey(
        "marriage.Service", verbose_name="业务", on_delete=models.PROTECT, related_name="bookings"
    )
    office = models.ForeignKey(
        "marriage.Office", verbose_name="登记处", on_delete=models.PROTECT, related_name="bookings"
    )
    slot = models.ForeignKey(
        "marriage.Slot", verbose_name="时段", on_delete=models.PROTECT, related_name="bookings"
    )
    hold_token = models.CharField(max_length=48, unique=True, default=new_token, editable=False)
    hold_expires = models.DateTimeField("占号到期", null=True, blank=True, editable=False)
    sealed = models.TextField(blank=True, editable=False)
    receipt_number = models.CharField("受理回执编号", max_length=40, blank=True)
    materials_ticked = models.JSONField("已核材料", default=list, blank=True)
    is_walk_in = models.BooleanField("现场取号", default=False)
    moves = models.PositiveSmallIntegerField("改期次数", default=0)
    created_at = models.DateTimeField("占号时间", default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField("预约时间", null=True, blank=True, editable=False)
    checked_in_at = models.DateTimeField("报到时间", null=True, blank=True, editable=False)
    started_at = models.DateTimeField("开始办理", null=True, blank=True, editable=False)
    ended_at = models.DateTimeField("结束时间", null=True, blank=True, editable=False)
    purged_at = models.DateTimeField("个人信息删除时间", null=True, blank=True, editable=False)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = "预约"
        verbose_name_plural = "预约"
        ordering = ["slot__date", "slot__start", "pk"]
        indexes = [
            models.Index(fields=["slot", "state"], name="booking_slot_state"),
            models.Index(
                fields=["hold_expires"], condition=Q(state="held"), name="booking_live_holds"
            ),
        ]
        permissions = [
            ("view_personal_data", "查看完整个人信息"),
            ("work_at_desk", "窗口办理"),
        ]

    def __str__(self):
        return self.display_reference

    @property
    def display_reference(self) -> str:
        """K7M4Q-9TX3P: in two halves, easier to read out."""
        return f"{self.reference[:5]}-{self.reference[5:]}"

    @property
    def seconds_left(self) -> int:
        """Of a hold; counted here, because the clock of a telephone may be wrong."""
        if self.hold_expires is None:
            return 0
        return max(int((self.hold_expires - timezone.now()).total_seconds()), 0)

    @property
    def is_live(self) -> bool:
        return self.state in BINDS_PERSONS

    @property
    def details(self) -> dict:
        """{"answers": {...}, "checklist": [{"title", "detail", ...}]}; empty when purged."""
        return unseal(self.sealed) or {}

    @property
    def checklist(self) -> list[dict]:
        return self.details.get("checklist", [])


class BookingParty(models.Model):
    """One of the people of a booking. The constraint holds the rule: one active booking per
    person and service, whichever side of the couple they are on."""

    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(choices=[(1, "甲方"), (2, "乙方")])
    service = models.ForeignKey("marriage.Service", on_delete=models.PROTECT, related_name="+")
    person_hash = models.CharField(max_length=64, blank=True, db_index=True)
    tail_hash = models.CharField(max_length=64, blank=True, db_index=True)
    sealed = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "当事人"
        verbose_name_plural = "当事人"
        ordering = ["booking", "position"]
        constraints = [
            models.UniqueConstraint(fields=["booking", "position"], name="one_party_per_position"),
            models.UniqueConstraint(
                fields=["service", "person_hash"],
                condition=Q(is_active=True) & ~Q(person_hash=""),
                name="one_active_booking_per_person",
            ),
        ]

    def __str__(self):
        return f"{self.booking} {self.get_position_display()}"

    @property
    def person(self) -> dict:
        """{"name", "id_type", "id_number", "phone", "email"}, unmasked; empty when purged."""
        return unseal(self.sealed) or {}


class Draft(models.Model):
    """The answers of somebody on the way to a booking, sealed, found by a cookie's hash."""

    key = models.CharField(max_length=64, unique=True)
    sealed = models.TextField(blank=True)
    booking = models.ForeignKey(Booking, null=True, blank=True, on_delete=models.SET_NULL)
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "未完成的预约"
        verbose_name_plural = "未完成的预约"

    def __str__(self):
        return f"Draft {self.pk}"


class Acceptance(models.Model):
    """An application accepted at the first visit, from which the cooling-off time runs."""

    office = models.ForeignKey(
        "marriage.Office", verbose_name="登记处", on_delete=models.PROTECT, related_name="+"
    )
    receipt_number = models.CharField("回执编号", max_length=40, unique=True)
    accepted_on = models.DateField("受理日期")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    booking = models.OneToOneField(
        Booking,
        verbose_name="第一次到场",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="acceptance",
    )
    person_hashes = models.JSONField(default=list, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "受理记录"
        verbose_name_plural = "受理记录"
        ordering = ["-accepted_on"]

    def __str__(self):
        return self.receipt_number
