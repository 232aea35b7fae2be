"""Place-name signs in the streets (地名标志, GB 17733-2008)."""

from django.db import models
from django.db.models import Q

from home.models.shown_form import ShownForm

from .place_name import PlaceName


class Sign(models.Model):
    base_form_class = ShownForm

    class Kind(models.TextChoices):
        ROAD = "road", "道路、街巷标志"
        ESTATE = "estate", "居民点标志"
        BRIDGE = "bridge", "桥梁、隧道标志"
        AREA = "area", "区域标志"
        SITE = "site", "公园、古迹标志"
        OTHER = "other", "其他标志"

    class State(models.TextChoices):
        GOOD = "good", "完好"
        WORN = "worn", "褪色"
        DAMAGED = "damaged", "破损"
        MISSING = "missing", "缺失"

    number = models.CharField("标志编号", max_length=20, unique=True)
    kind = models.CharField("类型", max_length=8, choices=Kind, default=Kind.ROAD)
    place = models.ForeignKey(
        PlaceName,
        models.PROTECT,
        related_name="signs",
        verbose_name="地名",
        help_text="标志上写的地名。",
    )
    lon = models.FloatField("东经", help_text="2000国家大地坐标系，度。")
    lat = models.FloatField("北纬", help_text="2000国家大地坐标系，度。")
    state = models.CharField("状态", max_length=8, choices=State, default=State.GOOD, db_index=True)
    last_inspection = models.DateField("最近检查", null=True, blank=True)
    inscription = models.CharField(
        "牌面上的名称",
        max_length=60,
        blank=True,
        help_text="与标准名称不同时填写，例如更名后还没有更换的标志。",
    )
    remarks = models.CharField("备注", max_length=300, blank=True)

    class Meta:
        verbose_name = "地名标志"
        verbose_name_plural = verbose_name
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(number=""),
                name="sign_has_a_number",
                violation_error_message="请填写标志编号。",
            ),
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="sign_on_earth",
                violation_error_message="坐标超出经纬度范围。",
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.place}"
