from django.db import models
from django.db.models import F, Q

from place_names.years import EARLIEST, LATEST

from .place_name import PlaceName


class Succession(models.Model):
    """A link between a record and one that came out of it; both records remain.

    Renamed, merged and divided names end with it, a name from which another one was split off goes
    on. While `in_force` is false the change is planned: the public sees nothing of it.
    """

    class Kind(models.TextChoices):
        RENAMED = "renamed", "更名"
        MERGED = "merged", "并入"
        DIVIDED = "divided", "分立"
        SPLIT_OFF = "split_off", "析出"

    predecessor = models.ForeignKey(
        PlaceName, models.PROTECT, related_name="successions", verbose_name="原地名"
    )
    successor = models.ForeignKey(
        PlaceName, models.PROTECT, related_name="precursors", verbose_name="现地名"
    )
    kind = models.CharField("方式", max_length=10, choices=Kind)
    year = models.PositiveSmallIntegerField("年份")
    basis = models.CharField("依据", max_length=200, blank=True)
    in_force = models.BooleanField(
        "已生效", default=True, help_text="年份还没有到的，到年自动生效。"
    )

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
