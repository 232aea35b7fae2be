from django.db import models
from django.db.models import F, Q

from place_names.years import EARLIEST, LATEST

from .place_name import PlaceName


class Succession(models.Model):
    """One record that took the place of another; both are kept and point to each other."""

    class Kind(models.TextChoices):
        RENAMED = "renamed", "更名"
        MERGED = "merged", "并入"

    predecessor = models.ForeignKey(
        PlaceName, models.PROTECT, related_name="successions", verbose_name="原地名"
    )
    successor = models.ForeignKey(
        PlaceName, models.PROTECT, related_name="precursors", verbose_name="现地名"
    )
    kind = models.CharField("方式", max_length=8, choices=Kind)
    year = models.PositiveSmallIntegerField("年份")
    basis = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "地名沿革关系"
        verbose_name_plural = verbose_name
        ordering = ["year", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="succession_once",
                violation_error_message="两条地名已有沿革关系。",
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_between_two",
                violation_error_message="地名不能承接自己。",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=EARLIEST, year__lte=LATEST),
                name="succession_year_believable",
                violation_error_message="年份须为公元1至2100年。",
            ),
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}（{self.year}年{self.get_kind_display()}）"
