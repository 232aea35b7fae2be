from django.conf import settings
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from home.models.shown_form import ShownForm

from .located import Located, on_earth
from .subdistrict import Subdistrict


class BoundaryLine(Located, ClusterableModel):
    """A boundary: between two subdistricts, or between ours and another district."""

    base_form_class = ShownForm

    class Kind(models.TextChoices):
        SUBDISTRICT = "subdistrict", "街级界线"
        DISTRICT = "district", "区级界线"

    number = models.CharField("编号", max_length=20, unique=True)
    kind = models.CharField("类型", max_length=12, choices=Kind, default=Kind.SUBDISTRICT)
    left = models.ForeignKey(
        Subdistrict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines_left",
        verbose_name="一侧街道",
    )
    right = models.ForeignKey(
        Subdistrict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="lines_right",
        verbose_name="另一侧街道",
    )
    outside = models.CharField("相邻的区", max_length=20, blank=True, help_text="区级界线填写。")
    length_m = models.FloatField("长度（米）", null=True, blank=True)
    description = models.TextField("走向说明", blank=True)

    class Meta:
        verbose_name = "行政区域界线"
        verbose_name_plural = verbose_name
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="subdistrict", left__isnull=False, right__isnull=False, outside="")
                & ~Q(left=F("right"))
                | Q(kind="district", right__isnull=True) & ~Q(outside=""),
                name="boundary_sides_fit_kind",
                violation_error_message="街级界线须填两侧不同的街道；区级界线须填相邻的区。",
            ),
            models.CheckConstraint(
                condition=Q(length_m__isnull=True) | Q(length_m__gt=0),
                name="boundary_length_positive",
                violation_error_message="长度须大于零。",
            ),
            on_earth("boundary_on_earth"),
        ]

    def __str__(self):
        return f"{self.number} {self.sides}"

    @property
    def sides(self) -> str:
        """Who lies on either side, as the public reads it."""
        ours = str(self.left) if self.left_id else "海珠区"
        return f"{ours}—{self.right if self.right_id else self.outside}"


class BoundaryMarker(Orderable):
    """A boundary stone or other fixed mark on a line."""

    line = ParentalKey(BoundaryLine, on_delete=models.CASCADE, related_name="markers")
    number = models.CharField("界桩编号", max_length=30)
    lon = models.FloatField("东经")
    lat = models.FloatField("北纬")
    description = models.CharField("位置说明", max_length=200, blank=True)

    panels = [FieldPanel(name) for name in ("number", "lon", "lat", "description")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "界桩"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(lon__gte=-180, lon__lte=180, lat__gte=-90, lat__lte=90),
                name="marker_on_earth",
                violation_error_message="坐标超出经纬度范围。",
            ),
        ]

    def __str__(self):
        return self.number


class JointInspection(Orderable):
    """A joint inspection (联合检查) of a line by the two sides."""

    class Result(models.TextChoices):
        CLEAR = "clear", "界线清楚，界桩完好"
        MENDED = "mended", "发现问题，已处理"
        OPEN = "open", "发现问题，处理中"

    line = ParentalKey(BoundaryLine, on_delete=models.CASCADE, related_name="inspections")
    year = models.PositiveSmallIntegerField("年份")
    result = models.CharField("结果", max_length=6, choices=Result)
    remarks = models.CharField("说明", max_length=300, blank=True)
    paper = models.ForeignKey(
        settings.WAGTAILDOCS_DOCUMENT_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="检查文件",
    )

    panels = [FieldPanel(name) for name in ("year", "result", "remarks", "paper")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "联合检查"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=1949, year__lte=2100),
                name="inspection_year_believable",
                violation_error_message="年份须在1949至2100之间。",
            ),
        ]

    def __str__(self):
        return f"{self.year}年联合检查"
