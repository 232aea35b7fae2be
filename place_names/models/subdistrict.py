from django.db import models
from django.db.models import Max, Min, Q
from django.urls import reverse

from home.models.shown_form import ShownForm
from place_names.plain_names import PlainNames

from .located import Located, on_earth


class Subdistrict(PlainNames, Located):
    """One of the 18 subdistricts (街道), with the polygon of its area."""

    base_form_class = ShownForm

    code = models.CharField("区划代码", max_length=9, unique=True)
    name = models.CharField("名称", max_length=30, unique=True)
    romanisation = models.CharField("罗马字母拼写", max_length=80, blank=True)
    area = models.FloatField(
        "面积（平方米）", null=True, blank=True, help_text="由图形算出，可更正。"
    )
    description = models.TextField("概况", blank=True)

    class Meta:
        verbose_name = "街道"
        verbose_name_plural = verbose_name
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{9}$"),
                name="subdistrict_code_nine_digits",
                violation_error_message="区划代码须为九位数字。",
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=True) | Q(area__gt=0),
                name="subdistrict_area_positive",
                violation_error_message="面积须大于零。",
            ),
            on_earth("subdistrict_on_earth"),
        ]

    def __str__(self):
        return self.name

    @classmethod
    def extent_of_all(cls) -> tuple[float, float, float, float] | None:
        """West, south, east, north of the district in degrees (CGCS2000); None while no
        subdistrict has an outline."""
        found = cls.objects.exclude(geometry=None).aggregate(
            west=Min("min_lon"), south=Min("min_lat"), east=Max("max_lon"), north=Max("max_lat")
        )
        return None if found["west"] is None else tuple(found.values())

    def get_absolute_url(self) -> str:
        return reverse("place_names:subdistrict", args=[self.code])


class Community(PlainNames, models.Model):
    """A residents' committee (社区居委会) of a subdistrict."""

    code = models.CharField("区划代码", max_length=12, unique=True)
    name = models.CharField("名称", max_length=40)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, related_name="communities", verbose_name="街道"
    )

    class Meta:
        verbose_name = "社区居委会"
        verbose_name_plural = verbose_name
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{12}$"),
                name="community_code_twelve_digits",
                violation_error_message="区划代码须为十二位数字。",
            ),
            models.UniqueConstraint(
                fields=["subdistrict", "name"],
                name="community_name_once_in_subdistrict",
                violation_error_message="该街道已有同名的居委会。",
            ),
        ]

    def __str__(self):
        return self.name
