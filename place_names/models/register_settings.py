from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.cache.memoize import memoized
from home.models.shown_form import ShownForm


@register_setting(icon="site")
class RegisterSettings(BaseGenericSetting):
    """Settings of the register: its label, note, and the precision of published coordinates."""

    base_form_class = ShownForm

    label = models.CharField(
        "数据标注",
        max_length=20,
        blank=True,
        help_text="非空时显示在每个地名页面和下载文件中，例如“示例数据”。",
    )
    note = models.CharField("数据说明", max_length=300, blank=True)
    as_of = models.DateField("数据截至", null=True, blank=True)
    published_decimals = models.PositiveSmallIntegerField(
        "公开坐标的小数位数",
        default=5,
        validators=[MaxValueValidator(7)],
        help_text="5位约1米，4位约11米，3位约110米。网页、接口和下载都按此取整。",
    )

    licence = models.CharField(
        "使用许可",
        max_length=300,
        blank=True,
        help_text="写在开放数据页和下载文件里：允许怎样使用，怎样注明来源。空着时写“尚未公布”。",
    )
    licence_url = models.URLField("使用许可的网址", blank=True)
    snapshots_kept = models.PositiveSmallIntegerField(
        "保留几份历史下载",
        default=12,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text="数据每有变动，夜里就生成一份新的下载文件；更早的文件超过这个份数后删除。",
    )

    ordinary_words = models.CharField(
        "文章里可以用的名称",
        max_length=1000,
        blank=True,
        help_text="用空格隔开。这些别名、曾用名也是普通的词，例如“小礼堂”，送审前的检查不提示。",
    )

    panels = [
        FieldPanel(name)
        for name in (
            "label", "note", "as_of", "published_decimals", "licence", "licence_url",
            "snapshots_kept", "ordinary_words",
        )
    ]  # fmt: skip

    class Meta:
        verbose_name = "地名数据"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_decimals__lte=7),
                name="published_decimals_at_most_seven",
                violation_error_message="公布的坐标最多七位小数。",
            ),
            models.CheckConstraint(
                condition=models.Q(snapshots_kept__gte=1, snapshots_kept__lte=100),
                name="snapshots_kept_between_1_and_100",
                violation_error_message="历史下载保留1至100份。",
            ),
        ]

    @classmethod
    def in_force(cls) -> "RegisterSettings":
        """The settings for reading, the same object for all readers until content changes."""
        return memoized("register settings", cls.load)
