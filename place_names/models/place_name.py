from django import forms
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from place_names.tones import without_tones

from .category import Category
from .located import Located, on_earth
from .subdistrict import Subdistrict

EARLIEST, LATEST = 1, 2100


class PlaceNameQuerySet(models.QuerySet):
    def published(self):
        """What the public sees: live records, those no longer valid included."""
        return self.filter(live=True).exclude(status=PlaceName.Status.PENDING)

    def standard(self):
        """Names in force today."""
        return self.published().filter(status=PlaceName.Status.STANDARD)

    def in_category(self, category: Category):
        """Names of a class and of all classes below it."""
        return self.filter(category__code__startswith=category.stem)

    def in_subdistrict(self, subdistrict: Subdistrict):
        """Names that lie in a subdistrict or cross it."""
        return self.filter(
            models.Exists(
                PlaceSubdistrict.objects.filter(
                    place_id=models.OuterRef("pk"), subdistrict=subdistrict
                )
            )
        )


class PlaceName(
    WorkflowMixin,
    PreviewableMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    Located,
    ClusterableModel,
):
    """A place name of the register, with the public fields of the census form.

    The internal secrecy field of that form has no place here, on purpose.
    """

    class Status(models.TextChoices):
        STANDARD = "standard", "标准地名"
        HISTORICAL = "historical", "历史地名"
        ABOLISHED = "abolished", "已废止"
        PENDING = "pending", "待审定"

    code = models.CharField(
        "地名代码",
        max_length=20,
        unique=True,
        blank=True,  # in the form only, which then numbers by itself; the database refuses it
        help_text="20位：区划9位、类别5位、顺序号6位。",
    )
    name = models.CharField("标准名称", max_length=60, db_index=True)
    specific = models.CharField("专名", max_length=50, blank=True)
    generic = models.CharField("通名", max_length=20, blank=True)
    romanisation = models.CharField(
        "罗马字母拼写", max_length=200, blank=True, help_text="带声调，专名、通名分写。"
    )
    romanisation_plain = models.CharField(
        "罗马字母拼写（无声调）", max_length=200, blank=True, editable=False
    )
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="places", verbose_name="地名类别"
    )
    status = models.CharField(
        "状态", max_length=10, choices=Status, default=Status.STANDARD, db_index=True
    )
    year_established = models.PositiveSmallIntegerField("设立年份", null=True, blank=True)
    year_abolished = models.PositiveSmallIntegerField("废止年份", null=True, blank=True)

    subdistrict = models.ForeignKey(
        Subdistrict,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="main_places",
        verbose_name="所在街道",
        editable=False,
    )
    subdistricts = models.ManyToManyField(
        Subdistrict, through="PlaceSubdistrict", related_name="places", verbose_name="所在街道"
    )

    meaning = models.TextField("地名的含义", blank=True)
    origin = models.TextField("地名的来历", blank=True)
    history = models.TextField("地名的历史沿革", blank=True)
    description = models.TextField("地理实体概况", blank=True)
    sources = models.TextField("资料来源及出处", blank=True)
    remarks = models.TextField("备注", blank=True)
    updated_at = models.DateTimeField("更新时间", auto_now=True)

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="place_name",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="place_name",
        for_concrete_model=False,
    )

    objects = PlaceNameQuerySet.as_manager()

    class Meta:
        verbose_name = "地名"
        verbose_name_plural = verbose_name
        ordering = ["code"]
        indexes = [
            models.Index(fields=["category", "name"]),
            models.Index(fields=["subdistrict", "category"]),
            models.Index(fields=["lon", "lat"]),
            models.Index(fields=["min_lon", "max_lon", "min_lat", "max_lat"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{20}$"),
                name="place_code_twenty_digits",
                violation_error_message="地名代码须为20位数字。",
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="place_has_a_name",
                violation_error_message="请填写标准名称。",
            ),
            models.CheckConstraint(
                condition=Q(year_established__isnull=True)
                | Q(year_established__gte=EARLIEST, year_established__lte=LATEST),
                name="place_year_established_believable",
                violation_error_message="设立年份须为公元1至2100年。",
            ),
            models.CheckConstraint(
                condition=Q(year_abolished__isnull=True)
                | Q(year_abolished__gte=EARLIEST, year_abolished__lte=LATEST)
                & (Q(year_established__isnull=True) | Q(year_abolished__gte=F("year_established"))),
                name="place_abolished_after_established",
                violation_error_message="废止年份不能早于设立年份。",
            ),
            on_earth("place_on_earth"),
        ]

    def __str__(self):
        return self.name

    @property
    def revisions(self):
        return self._revisions

    def get_absolute_url(self) -> str:
        return reverse("place_names:place_name", args=[self.code])

    def get_preview_context(self, request, mode_name):
        from place_names.views.names import detail_context

        return super().get_preview_context(request, mode_name) | detail_context(request, self)

    def get_preview_template(self, request, mode_name):
        return "place_names/place_name.html"

    def clean(self):
        super().clean()
        if (
            self.year_established
            and self.year_abolished
            and self.year_abolished < self.year_established
        ):
            raise ValidationError({"year_abolished": "废止年份不能早于设立年份。"})

    def derive(self) -> None:
        """Set what follows from the rest: plain romanisation, point and extent."""
        self.romanisation_plain = without_tones(self.romanisation)
        self.measure()

    def save(self, *args, **kwargs):
        self.derive()
        ordered = sorted(self.place_subdistricts.all(), key=lambda row: row.sort_order or 0)
        if ordered:
            self.subdistrict_id = ordered[0].subdistrict_id
        super().save(*args, **kwargs)
        if not ordered and self.subdistrict_id:
            PlaceSubdistrict.objects.create(
                place=self, subdistrict_id=self.subdistrict_id, sort_order=0
            )


class PlaceSubdistrict(Orderable):
    """A subdistrict that a place lies in; the first is the main one."""

    place = ParentalKey(PlaceName, on_delete=models.CASCADE, related_name="place_subdistricts")
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, related_name="+", verbose_name="街道"
    )

    panels = [FieldPanel("subdistrict", widget=forms.Select)]

    class Meta(Orderable.Meta):
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


class NameVariant(Orderable):
    """Another name of the same place, with the years in which it was used."""

    class Kind(models.TextChoices):
        ALIAS = "alias", "别名"
        SHORT = "short", "简称"
        FORMER = "former", "曾用名"
        DIALECT = "dialect", "方言读音"

    place = ParentalKey(PlaceName, on_delete=models.CASCADE, related_name="variants")
    kind = models.CharField("类型", max_length=8, choices=Kind, default=Kind.ALIAS)
    name = models.CharField("名称", max_length=60, db_index=True)
    romanisation = models.CharField("拼写", max_length=200, blank=True)
    year_from = models.PositiveSmallIntegerField("起用年份", null=True, blank=True)
    year_to = models.PositiveSmallIntegerField("停用年份", null=True, blank=True)

    panels = [FieldPanel(name) for name in ("kind", "name", "romanisation", "year_from", "year_to")]

    class Meta(Orderable.Meta):
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
    place = ParentalKey(PlaceName, on_delete=models.CASCADE, related_name="place_images")
    image = models.ForeignKey(
        "wagtailimages.Image", models.PROTECT, related_name="+", verbose_name="照片"
    )
    caption = models.CharField("说明", max_length=120, blank=True)

    panels = [FieldPanel("image"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        verbose_name = "照片"
        verbose_name_plural = verbose_name

    def __str__(self):
        return self.caption or str(self.image)


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
