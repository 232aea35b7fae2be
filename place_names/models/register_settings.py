from django.core.validators import MaxValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.remembered import remembered


@register_setting(icon="site")
class RegisterSettings(BaseGenericSetting):
    """What is said about the whole register, and how exactly places are published."""

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

    panels = [FieldPanel(name) for name in ("label", "note", "as_of", "published_decimals")]

    class Meta:
        verbose_name = "地名数据"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(published_decimals__lte=7),
                name="published_decimals_at_most_seven",
            ),
        ]

    @classmethod
    def in_force(cls) -> "RegisterSettings":
        """The settings for reading, the same object for all readers until content changes."""
        return remembered("register settings", cls.load)
