"""Counts of what was searched, without a trace of who searched it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.models.shown_form import ShownForm


@register_setting(icon="search")
class SearchSettings(BaseGenericSetting):
    """What is counted of searches, and for how long."""

    base_form_class = ShownForm

    counting = models.BooleanField("统计搜索", default=True)
    keep_days = models.PositiveSmallIntegerField(
        "统计保留天数",
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text="超过天数的搜索统计每天自动删除。",
    )
    min_times = models.PositiveSmallIntegerField(
        "显示门槛",
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(1000)],
        help_text="统计期内少于这个次数的搜索词不显示，避免认出个人。",
    )

    panels = [FieldPanel("counting"), FieldPanel("keep_days"), FieldPanel("min_times")]

    class Meta:
        verbose_name = "搜索设置"


class QueryCount(models.Model):
    """How often a query found nothing on a day, and how often its results were opened.

    No address, no time of day, no session; queries that may name a person are never
    written (see `search.statistics`).
    """

    day = models.DateField("日期")
    query = models.CharField("搜索词", max_length=20)
    without_result = models.PositiveIntegerField("没有结果", default=0)
    clicks = models.PositiveIntegerField("点击", default=0)

    class Meta:
        verbose_name = "搜索统计"
        constraints = [models.UniqueConstraint(fields=["day", "query"], name="one_count_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.query}"
