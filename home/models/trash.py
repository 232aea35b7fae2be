from django.conf import settings
from django.db import models
from wagtail.models import Page


class TrashedPage(models.Model):
    """A deleted page, with what is needed to put it back."""

    changes_no_page = True

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="trashed")
    parent = models.ForeignKey(
        Page, null=True, on_delete=models.SET_NULL, related_name="+", verbose_name="原来的上级"
    )
    slug = models.CharField("原来的网址名称", max_length=255)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deleted_at = models.DateTimeField("删除时间", auto_now_add=True)

    class Meta:
        verbose_name = "回收站里的页面"
        verbose_name_plural = "回收站里的页面"
        ordering = ["-deleted_at", "-pk"]

    def __str__(self):
        return self.page.get_admin_display_title()
