"""Public comment on a proposed name (征求意见)."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator

from home.models.shown_form import ShownForm
from home.one_time import SentAsField
from home.typed_text.personal_numbers import refuse_in_reply

from .naming_application import NamingApplication


class NamingConsultation(models.Model):
    """An application on which everybody may comment until a day, and what came of it."""

    application = models.OneToOneField(
        NamingApplication, models.PROTECT, related_name="consultation", verbose_name="命名申请"
    )
    opened_on = models.DateField("开始日期", default=timezone.localdate)
    closes_on = models.DateField("截止日期", help_text="这一天还可以提意见。")
    text = models.TextField(
        "给公众的说明", max_length=2000, blank=True, help_text="为什么征求意见，请大家看什么。"
    )
    outcome = models.TextField(
        "采纳情况", max_length=2000, blank=True, help_text="截止后填写，公开显示。"
    )

    changes_no_page = True

    class Meta:
        verbose_name = "征求意见"
        verbose_name_plural = verbose_name
        ordering = ["-closes_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opened_on")),
                name="consultation_closes_after_it_opens",
                violation_error_message="截止日期不能早于开始日期。",
            ),
        ]

    def __str__(self):
        return f"{self.application.title}征求意见"

    def get_absolute_url(self) -> str:
        return reverse("place_names:proposal", args=[self.pk])


class NamingComment(models.Model):
    """What somebody says of a proposed name. Holds nothing about the person."""

    base_form_class = ShownForm

    class Stance(models.TextChoices):
        SUPPORT = "support", "赞成"
        OPPOSE = "oppose", "反对"
        OTHER = "other", "其他建议"

    class State(models.TextChoices):
        NEW = "new", "待审核"
        SHOWN = "shown", "公开"
        WITHHELD = "withheld", "不公开"

    consultation = models.ForeignKey(
        NamingConsultation, models.CASCADE, related_name="comments", verbose_name="征求意见"
    )
    stance = models.CharField("意见", max_length=8, choices=Stance)
    text = models.TextField("说明", max_length=1000)
    state = models.CharField("状态", max_length=8, choices=State, default=State.NEW, db_index=True)
    reply = models.TextField("答复", max_length=1000, blank=True, help_text="和意见一起公开。")
    ground = models.CharField(
        "不公开的理由", max_length=200, blank=True, help_text="只给工作人员看，不公开的必须填写。"
    )
    sent_as = SentAsField()
    created_at = models.DateTimeField("收到时间", default=timezone.now, db_index=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="处理人",
    )

    changes_no_page = True

    class Meta:
        verbose_name = "对地名的意见"
        verbose_name_plural = verbose_name
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="withheld") | ~Q(ground=""),
                name="withheld_comment_has_a_ground",
                violation_error_message="不公开的，请填写理由。",
            ),
        ]

    def __str__(self):
        return f"{self.get_stance_display()}：{Truncator(self.text).chars(30)}"

    def clean(self):
        super().clean()
        if self.state == self.State.NEW and self.reply.strip():
            raise ValidationError({"state": "已经答复的，请选“公开”或者“不公开”。"})
        refuse_in_reply(self.reply)
