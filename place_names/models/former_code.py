from django.db import models

from .place_name import PlaceName


class FormerCode(models.Model):
    """A code that a name bore before it was corrected: its address still leads to the name."""

    code = models.CharField("原地名代码", max_length=20, unique=True)
    place = models.ForeignKey(
        PlaceName, models.CASCADE, related_name="former_codes", verbose_name="地名"
    )
    changed_at = models.DateTimeField("更正时间", auto_now_add=True)

    class Meta:
        verbose_name = "原地名代码"
        verbose_name_plural = verbose_name
        ordering = ["code"]

    def __str__(self):
        return self.code
