"""Words that the bureau does not write, and the reasons for which a page keeps one."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.models import Page

from home.models.shown_form import ShownForm


class WordingRule(models.Model):
    """A word to avoid, what to write instead, and the public text that says so."""

    base_form_class = ShownForm

    word = models.CharField("不写", max_length=40, unique=True)
    instead = models.CharField("写", max_length=80, blank=True)
    allowed_in = models.TextField(
        "这些词里可以有",
        blank=True,
        max_length=1000,
        help_text="一行一个，例如“不写”是“帐号”，“帐号簿”里可以有。",
    )
    source = models.CharField(
        "依据", max_length=200, help_text="公开的文件或词典，写明名称和年份。"
    )
    checked_on = models.DateField("核对日期")
    is_active = models.BooleanField("在用", default=True)

    panels = [
        FieldRowPanel([FieldPanel("word"), FieldPanel("instead")]),
        FieldPanel("allowed_in"),
        FieldRowPanel([FieldPanel("source"), FieldPanel("checked_on")]),
        FieldPanel("is_active"),
    ]

    changes_no_page = True

    class Meta:
        verbose_name = "错敏词"
        ordering = ["word"]

    def __str__(self):
        return f"{self.word}→{self.instead}" if self.instead else self.word

    def clean(self):
        if self.word and self.word in self.instead.split("、"):
            raise ValidationError({"instead": "和“不写”的一样。"})


class FindingAnswer(models.Model):
    """Why a page keeps what the check before submission found."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    finding = models.CharField(max_length=64)
    """The key of the finding."""
    reason = models.CharField("理由", max_length=200)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_at = models.DateTimeField(auto_now=True)

    changes_no_page = True

    class Meta:
        verbose_name = "检查结果的说明"
        constraints = [
            models.UniqueConstraint(fields=["page", "finding"], name="one_answer_for_a_finding")
        ]

    def __str__(self):
        return self.reason
