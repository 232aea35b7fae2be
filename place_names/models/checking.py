"""Wording rules, and the results of the checks of the register."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models

from home.models.shown_form import ShownForm
from place_names.fault_kinds import KINDS
from place_names.wording_patterns import refusal

from .boundary import BoundaryLine
from .naming import Severity
from .place_name import PlaceName


class WordingRule(models.Model):
    """A word, or a regular expression, that names of some classes should not contain."""

    base_form_class = ShownForm

    class Kind(models.TextChoices):
        BIG = "大", "刻意夸大"
        FOREIGN = "洋", "崇洋媚外"
        STRANGE = "怪", "怪异难懂"
        LEADER = "领", "国家领导人"
        PERSON = "人", "人名"
        COMPANY = "企", "企业、商标"

    class Scope(models.TextChoices):
        BOTH = "both", "登记检查和命名预审"
        PROPOSALS = "proposals", "只用于命名预审"

    kind = models.CharField("类型", max_length=1, choices=Kind)
    word = models.CharField("词或表达式", max_length=200, unique=True)
    is_pattern = models.BooleanField(
        "按正则表达式匹配", default=False, help_text="不选时，名称中出现该词即提示。"
    )
    classes = models.CharField(
        "适用类别",
        max_length=100,
        blank=True,
        help_text="5位类别代码，用空格隔开；不填适用于所有类别。",
    )
    reason = models.CharField("理由", max_length=100)
    source = models.CharField("依据", max_length=200, blank=True)
    source_date = models.CharField("依据的日期", max_length=20, blank=True)
    severity = models.CharField("预审时", max_length=6, choices=Severity, default=Severity.UNFIT)
    scope = models.CharField("用于", max_length=10, choices=Scope, default=Scope.BOTH)
    active = models.BooleanField("启用", default=True)

    changes_no_page = True

    class Meta:
        verbose_name = "用词规则"
        verbose_name_plural = verbose_name
        ordering = ["kind", "word"]

    def __str__(self):
        return self.word

    def clean(self):
        super().clean()
        wrong = {}
        if self.is_pattern and (problem := refusal(self.word)):
            wrong["word"] = problem
        codes = [code for code in self.classes.split() if not re.fullmatch(r"[0-9]{5}", code)]
        if codes:
            wrong["classes"] = f"类别代码应为5位数字：{'、'.join(codes)}"
        if wrong:
            raise ValidationError(wrong)


class CheckRun(models.Model):
    """One run of all checks; its faults are kept until the next run."""

    started_at = models.DateTimeField("开始时间", auto_now_add=True)
    seconds = models.FloatField("用时（秒）", default=0)
    checked = models.PositiveIntegerField("检查的地名", default=0)
    cause = models.CharField("缘由", max_length=60, blank=True)
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
        verbose_name = "地名检查"
        verbose_name_plural = verbose_name
        ordering = ["-started_at", "-id"]

    def __str__(self):
        return f"{self.started_at:%Y-%m-%d %H:%M}"


class RegisterFault(models.Model):
    """A fault of a place name or of a boundary line, as the last run found it."""

    run = models.ForeignKey(CheckRun, models.CASCADE, related_name="faults", verbose_name="检查")
    kind = models.CharField("问题", max_length=16, choices=list(KINDS.items()))
    place = models.ForeignKey(
        PlaceName,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="faults",
        verbose_name="地名",
    )
    line = models.ForeignKey(
        BoundaryLine,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="faults",
        verbose_name="界线",
    )
    message = models.TextField("说明")

    changes_no_page = True

    class Meta:
        verbose_name = "检查发现的问题"
        verbose_name_plural = verbose_name
        ordering = ["id"]
        indexes = [models.Index(fields=["run", "kind"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(place__isnull=False, line__isnull=True)
                | models.Q(place__isnull=True, line__isnull=False),
                name="fault_of_a_place_or_a_line",
                violation_error_message="请填写地名或者界线，只填一项。",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}：{self.message}"
