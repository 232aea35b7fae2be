from django.db import models
from wagtail.models import Page


class DeadLink(models.Model):
    """A link on a live page that led nowhere when `check_links` last ran."""

    changes_no_page = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    address = models.CharField("链接", max_length=500)
    answer = models.CharField("结果", max_length=80)
    found_at = models.DateTimeField("发现时间", auto_now_add=True)

    class Meta:
        verbose_name = "失效链接"
        constraints = [
            models.UniqueConstraint(fields=["page", "address"], name="dead_link_once_a_page")
        ]

    def __str__(self):
        return self.address
