"""Bookings, the people in them, and drafts on the way there."""

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone

from home.personal_data.encryption import decrypt

from .states import BINDS_PERSONS, State

# Without letters and digits that look or sound alike (0 O, 1 I L, 2 Z, 5 S, 8 B).
REFERENCE_ALPHABET = "3467ACDEFGHJKMNPQRTUVWXY9"
REFERENCE_LENGTH = 10  # 25^10: more than 46 bits
REFERENCE_SIZES = (5, 5)  # Its groups, as it is shown.


def new_reference() -> str:
    return "".join(secrets.choice(REFERENCE_ALPHABET) for _ in range(REFERENCE_LENGTH))


def new_token() -> str:
    return secrets.token_urlsafe(24)


class Trust(models.IntegerChoices):
    """What is known of who booked. Only somebody known binds the persons named in a booking:
    a stranger who types a number gets nobody banned, and gives way to who is known better."""

    NONE = 0, "未验证"
    TELEPHONE = 1, "手机已验证"
    IDENTITY = 2, "身份已认证"
    SEEN = 3, "窗口核对"


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
    """A hold or an appointment. Its state changes only through `marriage.booking.bookings`."""

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
    encrypted = models.TextField(blank=True, editable=False)
    receipt_number = models.CharField("受理回执编号", max_length=40, blank=True)
    materials_ticked = models.JSONField("已核材料", default=list, blank=True)
    is_walk_in = models.BooleanField("现场取号", default=False)
    moves = models.PositiveSmallIntegerField("改期次数", default=0)
    citizen_moves = models.PositiveSmallIntegerField("当事人改期次数", default=0)
    ticket = models.PositiveSmallIntegerField("排队号", null=True, blank=True, editable=False)
    ticket_on = models.DateField(null=True, blank=True, editable=False)
    counter = models.CharField("窗口", max_length=10, blank=True)
    called_at = models.DateTimeField("叫号时间", null=True, blank=True, editable=False)
    displaced_reason = models.CharField("待改期的原因", max_length=120, blank=True)
    is_excused = models.BooleanField("不计爽约", default=False)
    trust = models.PositiveSmallIntegerField(
        "申请人", choices=Trust, default=Trust.NONE, editable=False
    )
    # The proved telephone, and the position of this booking among its active ones (1, 2, …).
    telephone_hash = models.CharField(max_length=64, blank=True, db_index=True, editable=False)
    telephone_position = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
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
        constraints = [
            models.UniqueConstraint(
                fields=["office", "ticket_on", "ticket"],
                name="one_ticket_per_office_day",
                violation_error_message="这个登记处当天已经有这个号。",
            ),
            models.UniqueConstraint(
                fields=["telephone_hash", "telephone_position"],
                condition=~Q(telephone_hash="") & Q(telephone_position__isnull=False),
                name="so_many_bookings_per_telephone",
                violation_error_message="这个手机号码当天的预约已经到了限额。",
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
    def held_until(self) -> str:
        """Of a hold: 15:30, with the day where it lasts for hours."""
        until = timezone.localtime(self.hold_expires)
        day = f"{until.month}月{until.day}日" if self.seconds_left > 3600 else ""
        return f"{day}{until:%H:%M}"

    @property
    def shown_as(self) -> str:
        """What a page of the desk showed of it: state and slot. An act from that page counts
        only while both are the same (`marriage.booking.bookings.check_shown`)."""
        return f"{self.state}-{self.slot_id}"

    @property
    def is_live(self) -> bool:
        return self.state in BINDS_PERSONS

    @property
    def display_ticket(self) -> str:
        """A007, or "" before check-in."""
        return f"A{self.ticket:03}" if self.ticket else ""

    @property
    def state_in_words(self) -> str:
        """What goes after “这个预约” in a sentence: the labels of some states do not."""
        words = {
            State.CANCELLED_BY_OFFICE: "已由登记处取消，不计入取消次数",
            State.NO_SHOW: "当天没有到场",
            State.CANCELLED_LATE: "过了期限才取消",
            State.UNRESOLVED: "没有登记办理结果",
        }
        if self.state == State.CANCELLED and self.is_excused:
            return "已取消，不计入取消次数"
        return words.get(State(self.state), self.get_state_display())

    @property
    def is_displaced(self) -> bool:
        return self.state == State.DISPLACED

    @property
    def details(self) -> dict:
        """{"answers": {...}, "checklist": [{"title", "detail", ...}]}; empty when purged."""
        return decrypt(self.encrypted) or {}

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
    encrypted = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        verbose_name = "当事人"
        verbose_name_plural = "当事人"
        ordering = ["booking", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["booking", "position"],
                name="one_party_per_position",
                violation_error_message="这个预约的这一位当事人已经填过。",
            ),
            models.UniqueConstraint(
                fields=["service", "person_hash"],
                condition=Q(is_active=True) & ~Q(person_hash=""),
                name="one_active_booking_per_person",
                violation_error_message="这位当事人已经有一个没有办理的预约。",
            ),
        ]

    def __str__(self):
        return f"{self.booking} {self.get_position_display()}"

    @property
    def person(self) -> dict:
        """{"name", "id_type", "id_number", "phone", "email"}, unmasked; empty when purged."""
        return decrypt(self.encrypted) or {}


class Draft(models.Model):
    """The answers of somebody on the way to a booking, encrypted, found by a cookie's hash."""

    key = models.CharField(max_length=64, unique=True)
    encrypted = models.TextField(blank=True)
    booking = models.ForeignKey(Booking, null=True, blank=True, on_delete=models.SET_NULL)
    updated_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        verbose_name = "未完成的预约"
        verbose_name_plural = "未完成的预约"

    def __str__(self):
        return f"Draft {self.pk}"
