import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.models.shown_form import ShownForm


@register_setting(icon="upload", order=910)
class WordImportSettings(BaseSiteSetting):
    """How large a Word document may be that is made into a page."""

    base_form_class = ShownForm

    max_pages = models.PositiveIntegerField(
        "最多页数", default=100, validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )
    max_megabytes = models.PositiveIntegerField(
        "最大文件（MB）", default=20, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    changes_no_page = True

    panels = [FieldPanel("max_pages"), FieldPanel("max_megabytes")]

    class Meta:
        verbose_name = "Word导入限制"


class WordUpload(models.Model):
    """A document between its upload and the draft that is made from it; kept for two days."""

    changes_no_page = True

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField("做成", max_length=20, blank=True)
    name = models.CharField("文件名", max_length=255)
    data = models.BinaryField("文件")
    uploaded_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "上传的Word文件"
        verbose_name_plural = "上传的Word文件"

    def __str__(self):
        return self.name
