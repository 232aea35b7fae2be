"""Applications to name, rename or abolish a place, and their steps."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Page

from home.models.feedback import NUMBER_LETTERS
from home.one_time import SentAsField
from home.personal_data.encryption import decrypt, encrypt
from home.typed_text import reference

from .naming import NamingKind
from .place_name import PlaceName
from .subdistrict import Subdistrict

PREFIX = "DM"


def new_number() -> str:
    """An unguessable number such as DM-7K4M-29XQ."""
    letters = "".join(secrets.choice(NUMBER_LETTERS) for _ in range(8))
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"


def normal_number(typed: str) -> str:
    """The number as it is stored, however it was typed; empty if it is none."""
    kept = reference(typed, (4, 4), PREFIX)
    return f"{PREFIX}-{kept[:4]}-{kept[4:]}" if len(kept) == 8 else ""


class NamingApplication(models.Model):
    """One application. Who applied is encrypted, and deleted some time after the end."""

    class Action(models.TextChoices):
        NAME = "name", "命名"
        RENAME = "rename", "更名"
        ABOLISH = "abolish", "销名"

    class State(models.TextChoices):
        RECEIVED = "received", "已收件"
        SUPPLEMENT = "supplement", "已告知补正"
        SUPPLIED = "supplied", "已收齐补正材料"
        ACCEPTED = "accepted", "已受理"
        VISITED = "visited", "已现场核实"
        REVIEWED = "reviewed", "已专家论证"
        CONSULTED = "consulted", "已征求意见"
        APPROVED = "approved", "已批准"
        FILED = "filed", "已备案"
        ANNOUNCED = "announced", "已公告"
        DECLINED = "declined", "不予受理"
        REFUSED = "refused", "不予批准"
        WITHDRAWN = "withdrawn", "已撤回"

    ENDED = (State.ANNOUNCED, State.DECLINED, State.REFUSED, State.WITHDRAWN)

    number = models.CharField("申请编号", max_length=12, unique=True, default=new_number)
    action = models.CharField("事项", max_length=8, choices=Action, default=Action.NAME)
    kind = models.ForeignKey(NamingKind, models.PROTECT, verbose_name="命名类别", related_name="+")
    name = models.CharField("拟用名称", max_length=60, blank=True)
    place = models.ForeignKey(
        PlaceName,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="naming_applications",
        verbose_name="原地名",
    )
    result = models.ForeignKey(
        PlaceName,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="approved_applications",
        verbose_name="登记的地名",
        editable=False,
    )
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name="所在街道", related_name="+"
    )
    location = models.CharField("位置", max_length=300, help_text="四至、起止点等，公告时使用。")
    lon = models.FloatField("东经", null=True, blank=True)
    lat = models.FloatField("北纬", null=True, blank=True)
    measures = models.JSONField("规模", default=dict, blank=True)
    # {title of a paper: day on which it came in, YYYY-MM-DD}; what is missing is not in it.
    papers = models.JSONField("材料", default=dict, blank=True, editable=False)
    meaning = models.CharField("含义", max_length=500)
    reason = models.TextField("理由", max_length=2000)
    # {"applicant": …, "person": …, "telephone": …}, by home.personal_data.encryption.
    encrypted = models.TextField(editable=False, blank=True)
    received_on = models.DateField("收件日期", default=timezone.localdate)
    state = models.CharField(
        "状态", max_length=10, choices=State, default=State.RECEIVED, db_index=True
    )
    precheck = models.JSONField("预审结果", default=dict, editable=False)
    authority = models.CharField("决定机关", max_length=60, blank=True)
    document = models.CharField("决定文号", max_length=100, blank=True)
    decided_on = models.DateField("决定日期", null=True, blank=True)
    sent_as = SentAsField()
    is_online = models.BooleanField("网上申请", default=False, editable=False)
    notice_page = models.ForeignKey(
        Page,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="公告页面",
        editable=False,
    )

    changes_no_page = True

    class Meta:
        verbose_name = "命名申请"
        verbose_name_plural = verbose_name
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(action="name", place__isnull=True)
                | Q(action__in=["rename", "abolish"], place__isnull=False),
                name="application_changes_a_place",
                violation_error_message="更名、销名请选原地名，命名不选。",
            ),
            models.CheckConstraint(
                condition=Q(action="abolish") | ~Q(name=""),
                name="application_has_a_name",
                violation_error_message="请填写拟用名称。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.title}"

    @property
    def title(self) -> str:
        """What is applied for: 命名“榕荫路”, 更名“甲路”为“乙路”."""
        if self.action == self.Action.ABOLISH:
            return f"销名“{self.place}”"
        if self.action == self.Action.RENAME:
            return f"“{self.place}”更名为“{self.name}”"
        return f"命名“{self.name}”"

    @property
    def geometry(self) -> dict | None:
        """Where it is, as GeoJSON (CGCS2000, degrees): its point, or the shape of the name that
        it changes. None where neither is known."""
        if self.lon is not None:
            return {"type": "Point", "coordinates": [self.lon, self.lat]}
        return self.place.geometry if self.place else None

    @property
    def subject(self) -> str:
        """The name that is asked for, or that is to be abolished."""
        return self.place.name if self.action == self.Action.ABOLISH else self.name

    @property
    def applicant(self) -> dict:
        """Who applied; empty once it was deleted."""
        return decrypt(self.encrypted) or {}

    @applicant.setter
    def applicant(self, facts: dict) -> None:
        self.encrypted = encrypt(facts)

    @property
    def is_open(self) -> bool:
        return self.state not in self.ENDED


class NamingStep(models.Model):
    """A step that was taken: the state that it led to, when, by whom."""

    application = models.ForeignKey(
        NamingApplication, models.CASCADE, related_name="steps", verbose_name="申请"
    )
    state = models.CharField("状态", max_length=10, choices=NamingApplication.State)
    day = models.DateField("日期")
    # Unknown for steps from before there was this field.
    recorded_at = models.DateTimeField("登记时间", null=True, editable=False)
    note = models.CharField("说明", max_length=500, blank=True)
    letter_title = models.CharField("文书标题", max_length=60, blank=True, editable=False)
    # With {申请人} for the applicant's name, which is filled in when it is shown.
    letter = models.TextField("文书", blank=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="经办人",
    )

    changes_no_page = True

    class Meta:
        verbose_name = "办理步骤"
        verbose_name_plural = verbose_name
        ordering = ["day", "id"]

    def __str__(self):
        return f"{self.day} {self.get_state_display()}"
