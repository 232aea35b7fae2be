"""Receipts of accepted divorce applications, their couples, and withdrawals."""

import hashlib
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from home.personal_data.encryption import decrypt
from home.typed_text.characters import plain


def receipt_key(number: str) -> str:
    """Return what is compared of a receipt number: its letters and digits. Spaces, hyphens,
    dots, brackets, full width, case and the words 第…号 make no other number of it."""
    return "".join(c for c in plain(number).upper() if c.isalnum() and c not in "第号")


def couple_key(person_hashes: Iterable[str]) -> str:
    """Return one key for two people in either order, "" unless there are two."""
    hashes = sorted({each for each in person_hashes if each})
    return hashlib.sha256(" ".join(hashes).encode()).hexdigest() if len(hashes) == 2 else ""


class AcceptanceQuerySet(models.QuerySet):
    def numbered(self, number: str):
        """The receipt with this number, however it is spelled; none for an empty one."""
        key = receipt_key(number)
        return self.filter(number_key=key) if key else self.none()

    def of_couple(self, person_hashes):
        """Every receipt of these two people."""
        hashes = {each for each in person_hashes if each}
        if len(hashes) != 2:
            return self.none()
        found = self
        for each in hashes:
            found = found.filter(parties__person_hash=each)
        return found


class Acceptance(models.Model):
    """An application accepted at the first visit, from which the cooling-off time runs."""

    office = models.ForeignKey(
        "marriage.Office", verbose_name="登记处", on_delete=models.PROTECT, related_name="+"
    )
    receipt_number = models.CharField("回执编号", max_length=40, unique=True)
    number_key = models.CharField(max_length=60, unique=True, editable=False)
    accepted_on = models.DateField("受理日期")
    withdrawn_on = models.DateField("撤回日期", null=True, blank=True)
    deemed_withdrawn_on = models.DateField("视为撤回日期", null=True, blank=True)
    voided_on = models.DateField("作废日期", null=True, blank=True)
    finished_on = models.DateField("领证日期", null=True, blank=True)
    booking = models.OneToOneField(
        "marriage.Booking",
        verbose_name="第一次到场",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="acceptance",
    )
    person_hashes = models.JSONField(default=list, blank=True, editable=False)
    couple_key = models.CharField(max_length=64, blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, editable=False
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = "受理记录"
        verbose_name_plural = "受理记录"
        ordering = ["-accepted_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["couple_key"],
                condition=Q(withdrawn_on=None, deemed_withdrawn_on=None, finished_on=None)
                & ~Q(couple_key=""),
                name="one_open_application_per_couple",
                violation_error_message="这对当事人已有一份没有办结的回执。",
            ),
        ]

    def __str__(self):
        return self.receipt_number

    def set_keys(self) -> None:
        """What number and couple are compared by."""
        self.number_key = receipt_key(self.receipt_number)
        self.couple_key = couple_key(self.person_hashes)

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.set_keys()
        super().save(*args, **kwargs)

    @property
    def ended_on(self) -> date | None:
        """The day on which it was finished, withdrawn, deemed withdrawn or voided."""
        dates = (self.finished_on, self.withdrawn_on, self.deemed_withdrawn_on, self.voided_on)
        return next((each for each in dates if each), None)

    @property
    def is_open(self) -> bool:
        """Neither finished nor withdrawn, in whatever way, nor voided."""
        return self.ended_on is None


class AcceptanceParty(models.Model):
    """One of the couple of an accepted application; found by hashes, readable with the keys."""

    acceptance = models.ForeignKey(Acceptance, on_delete=models.CASCADE, related_name="parties")
    position = models.PositiveSmallIntegerField(choices=[(1, "甲方"), (2, "乙方")])
    person_hash = models.CharField(max_length=64, blank=True, db_index=True)
    tail_hash = models.CharField(max_length=64, blank=True, db_index=True)
    name_hash = models.CharField(max_length=64, blank=True, db_index=True)
    phone_hash = models.CharField(max_length=64, blank=True, db_index=True)
    encrypted = models.TextField(blank=True)

    class Meta:
        ordering = ["acceptance", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["acceptance", "position"],
                name="one_acceptance_party_per_position",
                violation_error_message="这份回执的这一位当事人已经填过。",
            )
        ]

    def __str__(self):
        return f"{self.acceptance} {self.get_position_display()}"

    @property
    def person(self) -> dict:
        """{"name", "id_type", "id_number", "phone", "email"}, unmasked; empty when purged."""
        return decrypt(self.encrypted) or {}


class Withdrawal(models.Model):
    """One party, or both, took an application back; may be undone on the day it was entered."""

    class Applicant(models.TextChoices):
        FIRST = "1", "甲方"
        SECOND = "2", "乙方"
        BOTH = "both", "双方"

    acceptance = models.ForeignKey(
        Acceptance, verbose_name="受理记录", on_delete=models.CASCADE, related_name="withdrawals"
    )
    applicant = models.CharField("谁来撤回", max_length=4, choices=Applicant)
    on = models.DateField("撤回日期")
    paper = models.CharField("收到的材料", max_length=200)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间", default=timezone.now)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = "撤回申请"
        verbose_name_plural = "撤回申请"
        ordering = ["-recorded_at", "-pk"]

    def __str__(self):
        return f"{self.acceptance} {self.get_applicant_display()}"
