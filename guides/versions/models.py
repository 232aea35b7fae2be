"""What a guide or policy said at each publication, as its readers saw it."""

from django.db import models
from wagtail.models import Page


class PublishedVersion(models.Model):
    """The words of a page at one publication.

    Kept apart from Wagtail's revisions: those may be purged, and hold markup and codes of
    figures where readers saw sentences and amounts.
    """

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField("版本")
    published_at = models.DateTimeField("发布时间")
    # [[heading, [line, …]], …] in reading order.
    content = models.JSONField("内容")
    note = models.CharField("这次改了什么", max_length=300, blank=True)

    class Meta:
        verbose_name = "发布过的版本"
        verbose_name_plural = "发布过的版本"
        ordering = ["-number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["page", "number"], name="version_number_once_a_page")
        ]

    def __str__(self):
        return f"第{self.number}版"
