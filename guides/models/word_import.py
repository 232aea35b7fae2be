from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="upload", order=910)
class WordImportSettings(BaseSiteSetting):
    """How large a Word document may be that is made into a page."""

    most_pages = models.PositiveIntegerField(
        "最多页数", default=100, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    most_megabytes = models.PositiveIntegerField(
        "最大文件（MB）", default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    changes_no_page = True

    panels = [FieldPanel("most_pages"), FieldPanel("most_megabytes")]

    class Meta:
        verbose_name = "Word导入限制"
