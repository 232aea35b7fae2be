"""Child records of a place name, which are edited in its form."""

from django import forms
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from place_names.plain_names import PlainNames

from .subdistrict import Subdistrict


class PlaceSubdistrict(Orderable):
    """A subdistrict that a place lies in; the first is the main one."""

    place = ParentalKey(
        "place_names.PlaceName", on_delete=models.CASCADE, related_name="place_subdistricts"
    )
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, related_name="+", verbose_name="街道"
    )

    panels = [FieldPanel("subdistrict", widget=forms.Select)]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "所在街道"
        verbose_name_plural = verbose_name
        constraints = [
            models.UniqueConstraint(
                fields=["place", "subdistrict"],
                name="place_in_subdistrict_once",
                violation_error_message="同一街道只填一次。",
            ),
        ]

    def __str__(self):
        return str(self.subdistrict)


class NameVariant(PlainNames, Orderable):
    """Another name of the same place, with the years in which it was used."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "别名"
        SHORT = "short", "简称"
        FORMER = "former", "曾用名"
        DIALECT = "dialect", "方言读音"
        FOREIGN = "foreign", "外文名、旧拼法"

    place = ParentalKey("place_names.PlaceName", on_delete=models.CASCADE, related_name="variants")
    kind = models.CharField("类型", max_length=8, choices=Kind, default=Kind.ALIAS)
    name = models.CharField("名称", max_length=60, db_index=True)
    romanisation = models.CharField("拼写", max_length=200, blank=True)
    year_from = models.PositiveSmallIntegerField("起用年份", null=True, blank=True)
    year_to = models.PositiveSmallIntegerField("停用年份", null=True, blank=True)

    panels = [FieldPanel(name) for name in ("kind", "name", "romanisation", "year_from", "year_to")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "其他名称"
        verbose_name_plural = verbose_name
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="variant_has_a_name",
                violation_error_message="请填写名称。",
            ),
            models.CheckConstraint(
                condition=Q(year_from__isnull=True)
                | Q(year_to__isnull=True)
                | Q(year_to__gte=F("year_from")),
                name="variant_ends_after_it_begins",
                violation_error_message="停用年份不能早于起用年份。",
            ),
        ]

    def __str__(self):
        return self.name


class PlaceImage(Orderable):
    place = ParentalKey(
        "place_names.PlaceName", on_delete=models.CASCADE, related_name="place_images"
    )
    image = models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        models.PROTECT,
        related_name="+",
        verbose_name="照片",
    )
    caption = models.CharField("说明", max_length=120, blank=True)

    panels = [FieldPanel("image"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "照片"
        verbose_name_plural = verbose_name

    def __str__(self):
        return self.caption or str(self.image)
