from collections.abc import Callable

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.http import HttpRequest
from django.urls import reverse
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from place_names.pinyin_order import LENGTH, sort_key
from place_names.plain_names import PlainNames
from place_names.tones import without_tones
from place_names.years import EARLIEST, LATEST
from search.models.place_index import TokenField

from .category import Category
from .located import HAS_EXTENT, Located, on_earth
from .place_parts import PlaceSubdistrict
from .spelling_letters import letters_of
from .subdistrict import Subdistrict

PreviewContext = Callable[[HttpRequest, "PlaceName"], dict]
_preview_context: PreviewContext | None = None


def register_preview(context: PreviewContext) -> None:
    """Sets what a preview in the admin shows; the views call it, since models import no views."""
    global _preview_context
    _preview_context = context


class PlaceNameQuerySet(models.QuerySet):
    def published(self):
        """What the public sees: live records, those no longer valid included."""
        return self.filter(live=True).exclude(status__in=PlaceName.NOT_PUBLIC)

    def standard(self):
        """Names in force today."""
        return self.published().filter(status=PlaceName.Status.STANDARD)

    def with_public_end(self):
        """With `public_year_abolished` and `public_abolition_ground`; see `PlaceName.public_end`."""
        in_force = Q(status=PlaceName.Status.STANDARD)
        return self.annotate(
            public_year_abolished=Case(When(in_force, then=None), default=F("year_abolished")),
            public_abolition_ground=Case(
                When(in_force, then=Value("")), default=F("abolition_ground")
            ),
        )

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
    PlainNames,
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
        PLANNED = "planned", "已批准未启用"

    # Nobody may use these names yet.
    NOT_PUBLIC = (Status.PENDING, Status.PLANNED)

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
    sort_key = TokenField("排序", max_length=LENGTH, blank=True, default="", editable=False)
    category = models.ForeignKey(
        Category, models.PROTECT, related_name="places", verbose_name="地名类别"
    )
    status = models.CharField(
        "状态", max_length=10, choices=Status, default=Status.STANDARD, db_index=True
    )
    year_established = models.PositiveSmallIntegerField("设立年份", null=True, blank=True)
    year_abolished = models.PositiveSmallIntegerField("废止年份", null=True, blank=True)

    approving_body = models.CharField("批准机关", max_length=60, blank=True)
    approval_document = models.CharField(
        "批准文件", max_length=100, blank=True, help_text="文号，没有文号的写文件名称。"
    )
    approved_on = models.DateField("批准日期", null=True, blank=True)
    abolition_ground = models.CharField(
        "废止依据", max_length=200, blank=True, help_text="批准文号、公告，或者为什么不再使用。"
    )

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

    plain_names = ("name", "specific", "generic", "romanisation")
    keeps_first_state = True  # See save_revision.

    objects = PlaceNameQuerySet.as_manager()

    class Meta:
        verbose_name = "地名"
        verbose_name_plural = verbose_name
        ordering = ["code"]
        indexes = [
            models.Index(fields=["category", "name"]),
            models.Index(fields=["subdistrict", "category"]),
            models.Index(fields=["sort_key", "code"]),
            models.Index(fields=["lon", "lat"]),
            models.Index(fields=["min_lon", "max_lon", "min_lat", "max_lat"]),
            models.Index(letters_of("romanisation_plain"), name="place_letters"),
            # Lines and areas are few among the names; the base map asks for them alone.
            models.Index(
                fields=["status", "min_lon"], condition=HAS_EXTENT, name="place_with_extent"
            ),
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

    @property
    def public_end(self) -> tuple[int | None, str]:
        """Year and ground of the end as the public is told: a name in force has none, since one
        that is planned is not told before its year."""
        if self.status == self.Status.STANDARD:
            return None, ""
        return self.year_abolished, self.abolition_ground

    def get_absolute_url(self) -> str:
        return reverse("place_names:place_name", args=[self.code])

    def get_preview_context(self, request, mode_name):
        context = super().get_preview_context(request, mode_name)
        return context | (_preview_context(request, self) if _preview_context else {})

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
        """Set what follows from the rest: plain romanisation, order, point and extent."""
        self.romanisation_plain = without_tones(self.romanisation)
        self.sort_key = sort_key(self.name, self.romanisation)
        self.measure()

    def remember_code(self, was: str) -> None:
        """Keep the code that was corrected, so that its address goes on leading here."""
        self.former_codes.filter(code=self.code).delete()
        self.former_codes.model.objects.update_or_create(code=was, defaults={"place": self})

    def save_revision(self, *args, **kwargs):
        """Keep a draft; before the first one, what is public.

        Imported names have no revision. Without one of the public state there is nothing to
        compare the first draft with, and one with a date would withdraw the name till then.
        """
        if self.pk and self.live and not self.live_revision_id:
            stored = PlaceName.objects.filter(pk=self.pk, live=True).first()
            if stored:
                public = super(PlaceName, stored).save_revision(changed=False, clean=False)
                PlaceName.objects.filter(pk=self.pk).update(live_revision=public)
                self.live_revision = public
        return super().save_revision(*args, **kwargs)

    def save(self, *args, **kwargs):
        self.derive()
        ordered = sorted(self.place_subdistricts.all(), key=lambda row: row.sort_order or 0)
        if ordered:
            self.subdistrict_id = ordered[0].subdistrict_id
        was = PlaceName.objects.filter(pk=self.pk).values_list("code", flat=True).first()
        super().save(*args, **kwargs)
        if was and was != self.code:
            self.remember_code(was)
        if not ordered and self.subdistrict_id:
            PlaceSubdistrict.objects.create(
                place=self, subdistrict_id=self.subdistrict_id, sort_order=0
            )
