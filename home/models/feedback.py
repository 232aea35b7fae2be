"""What visitors say of the pages: opinions as counts, reports with a number and a state."""

import secrets

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from home.models.shown_form import ShownForm
from home.one_time import SentAsField
from home.typed_text import reference
from home.typed_text.personal_numbers import refuse_in_reply

# Without letters and digits that are mixed up when read aloud or written down.
NUMBER_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
PATH_LENGTH = 300


def new_number() -> str:
    """A number nobody can guess: FK-7K4M-29XQ."""
    letters = [secrets.choice(NUMBER_LETTERS) for _ in range(8)]
    return f"FK-{''.join(letters[:4])}-{''.join(letters[4:])}"


def normal_number(typed: str) -> str:
    """The number as stored, whatever case, spaces, label or missing dashes were typed."""
    kept = reference(typed, (4, 4), "FK")
    return f"FK-{kept[:4]}-{kept[4:]}" if len(kept) == 8 else ""


class FeedbackReport(models.Model):
    """An error that a visitor reported. Holds nothing about the visitor."""

    base_form_class = ShownForm

    class Kind(models.TextChoices):
        WRONG = "wrong", "内容有错"
        STALE = "stale", "内容过时"
        BROKEN = "broken", "链接或功能打不开"
        UNCLEAR = "unclear", "看不懂"
        OTHER = "other", "其他"

    class State(models.TextChoices):
        NEW = "new", "已收到，待处理"
        CHECKING = "checking", "正在核实"
        CORRECTED = "corrected", "已改正"
        KEPT = "kept", "核实后不改"

    number = models.CharField("编号", max_length=12, unique=True, default=new_number)
    path = models.CharField("页面地址", max_length=PATH_LENGTH, blank=True, db_index=True)
    page = models.ForeignKey(
        Page,
        verbose_name="页面",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    kind = models.CharField("问题", max_length=10, choices=Kind.choices)
    text = models.TextField("说明", max_length=1000)
    state = models.CharField(
        "处理情况", max_length=10, choices=State.choices, default=State.NEW, db_index=True
    )
    reply = models.TextField(
        "答复", max_length=1000, blank=True, help_text="反映人凭编号能看到。请不要写个人信息。"
    )
    sent_as = SentAsField()
    created_at = models.DateTimeField("收到时间", default=timezone.now, db_index=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="处理人",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("number", read_only=True),
        FieldPanel("created_at", read_only=True),
        FieldPanel("kind", read_only=True),
        FieldPanel("text", read_only=True),
        FieldPanel("path", read_only=True),
        FieldPanel("state"),
        FieldPanel("reply"),
    ]

    CLOSED = (State.CORRECTED, State.KEPT)
    changes_no_page = True

    class Meta:
        verbose_name = "找错反映"
        verbose_name_plural = "找错反映"
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.number

    def clean(self):
        super().clean()
        if self.state in self.CLOSED and not self.reply.strip():
            raise ValidationError({"reply": "办结前请写明答复，反映人凭编号查看。"})
        refuse_in_reply(self.reply)


class PageOpinion(models.Model):
    """How many found a page helpful on a day, how many did not, and why."""

    class Reason(models.TextChoices):
        """Each is the name of the field that counts it."""

        MISSING = "missing", "没有我要找的"
        UNCLEAR = "unclear", "看不懂"
        WRONG = "wrong", "不对或者过时了"
        BROKEN = "broken", "链接或者功能打不开"

    path = models.CharField("页面地址", max_length=PATH_LENGTH)
    day = models.DateField("日期")
    helpful = models.PositiveIntegerField("有帮助", default=0)
    unhelpful = models.PositiveIntegerField("没有帮助", default=0)
    missing = models.PositiveIntegerField(Reason.MISSING.label, default=0)
    unclear = models.PositiveIntegerField(Reason.UNCLEAR.label, default=0)
    wrong = models.PositiveIntegerField(Reason.WRONG.label, default=0)
    broken = models.PositiveIntegerField(Reason.BROKEN.label, default=0)

    changes_no_page = True

    class Meta:
        verbose_name = "页面评价"
        constraints = [
            models.UniqueConstraint(fields=["path", "day"], name="one_opinion_row_a_page_and_day")
        ]

    def __str__(self) -> str:
        return f"{self.path} {self.day}"


@register_setting(icon="mail", order=900)
class FeedbackSettings(BaseSiteSetting):
    """How much feedback is taken before the site asks to wait."""

    base_form_class = ShownForm

    opinions_an_hour = models.PositiveIntegerField(
        "每人每小时评价", default=30, validators=[MinValueValidator(1)]
    )
    opinions_a_page_a_day = models.PositiveIntegerField(
        "同一网络地址每天评价同一页面",
        default=10,
        validators=[MinValueValidator(1)],
        help_text="一家人、一个单位、一个大厅的人常常共用一个网络地址。",
    )
    reports_an_hour = models.PositiveIntegerField(
        "每人每小时找错", default=5, validators=[MinValueValidator(1)]
    )
    reports_an_hour_in_all = models.PositiveIntegerField(
        "全站每小时找错", default=200, validators=[MinValueValidator(1)]
    )
    lookups_an_hour = models.PositiveIntegerField(
        "每人每小时查编号", default=30, validators=[MinValueValidator(1)]
    )

    changes_no_page = True

    panels = [
        FieldPanel(name)
        for name in (
            "opinions_an_hour",
            "opinions_a_page_a_day",
            "reports_an_hour",
            "reports_an_hour_in_all",
            "lookups_an_hour",
        )
    ]

    class Meta:
        verbose_name = "反馈限量"
