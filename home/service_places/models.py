"""Service places: halls, registries, care centres and others that serve the public.

They are edited once; guides and booking offices refer to them.
"""

from datetime import date, datetime, timedelta

from django import forms
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    Orderable,
    RevisionMixin,
    WorkflowMixin,
)
from wagtail.search import index

from home.pages.renamed_pages import lead_on
from home.service_places.hours import SWAPPED_WORKDAY_WEEKDAY, HoursException, Span, Timetable
from home.subdistricts import subdistricts

SOON = timedelta(days=30)
HOURS = ("weekly_hours", "hours_exceptions")


class ServicePlaceForm(WagtailAdminModelForm):
    """Offers the subdistricts of the gazetteer as choices."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["subdistrict_code"]
        rows = subdistricts()
        if rows:
            known = {code for code, _ in rows}
            kept = self.instance.subdistrict_code
            extra = [(kept, kept)] if kept and kept not in known else []
            field.widget = forms.Select(choices=[("", "不限于一个街道"), *rows, *extra])


class ServicePlaceQuerySet(models.QuerySet):
    def public(self):
        return self.filter(is_public=True, live=True)

    def with_hours(self):
        """Prefetches what `timetable` needs."""
        return self.prefetch_related(*HOURS)


class ServicePlace(
    index.Indexed, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, ClusterableModel
):
    """A place where the public is served. What an editor changes is a draft until a review."""

    class Kind(models.TextChoices):
        REGISTRY = "registry", "婚姻登记处"
        HALL = "hall", "街道政务服务中心"
        CARE = "care", "颐康中心"
        MEALS = "meals", "长者饭堂"
        NURSING = "nursing", "养老机构"
        SOCIAL_WORK = "social-work", "社工服务站"
        FUNERAL = "funeral", "殡葬服务"
        RESCUE = "rescue", "救助管理站"
        CHARITY = "charity", "慈善会"
        BUREAU = "bureau", "区民政局"
        OTHER = "other", "其他"

    name = models.CharField("名称", max_length=80)
    slug = models.SlugField(
        "网址名",
        max_length=80,
        unique=True,
        help_text="小写字母、数字和连字符，例如 chigang-hall。",
    )
    kind = models.CharField("类别", max_length=20, choices=Kind.choices)
    subdistrict_code = models.CharField(
        "所在街道",
        max_length=9,
        blank=True,
        db_index=True,
        validators=[RegexValidator(r"^\d{9}$", "请输入9位街道代码。")],
    )
    address = models.CharField("地址", max_length=160)
    directions = models.CharField("怎么去", max_length=200, blank=True)
    phone = models.CharField("电话", max_length=60, blank=True)
    longitude = models.FloatField(
        "经度", null=True, blank=True, validators=[MinValueValidator(73), MaxValueValidator(136)]
    )
    latitude = models.FloatField(
        "纬度", null=True, blank=True, validators=[MinValueValidator(3), MaxValueValidator(54)]
    )
    step_free = models.BooleanField("无台阶入口", default=False)
    has_lift = models.BooleanField("电梯", default=False)
    accessible_toilet = models.BooleanField("无障碍卫生间", default=False)
    accessible_parking = models.BooleanField("无障碍车位", default=False)
    hearing_help = models.BooleanField("手语或文字服务", default=False)
    accessibility_note = models.CharField("无障碍补充说明", max_length=200, blank=True)
    follows_holidays = models.BooleanField(
        "法定节假日休息", default=True, help_text="勾选后，节假日按休息、调休上班日按周一时间计算。"
    )
    hours_note = models.CharField(
        "开放时间说明", max_length=160, blank=True, help_text="例如：17:00后停止取号。"
    )
    note = models.CharField("其他说明", max_length=300, blank=True)
    is_sample = models.BooleanField("示例数据", default=False, help_text="公开页面标注“示例”。")
    is_public = models.BooleanField("对公众显示", default=True)
    _revisions = GenericRelation(
        "wagtailcore.Revision", related_query_name="service_place", for_concrete_model=False
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="service_place",
        for_concrete_model=False,
    )

    objects = ServicePlaceQuerySet.as_manager()

    base_form_class = ServicePlaceForm
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("subdistrict_code")]),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldPanel("directions"),
                FieldPanel("phone"),
                FieldRowPanel([FieldPanel("longitude"), FieldPanel("latitude")]),
            ],
            "怎么联系、怎么去",
        ),
        MultiFieldPanel(
            [
                InlinePanel("weekly_hours", heading="每周时间", label="时段"),
                InlinePanel("hours_exceptions", heading="例外日子", label="例外"),
                FieldPanel("follows_holidays"),
                FieldPanel("hours_note"),
            ],
            "开放时间",
        ),
        MultiFieldPanel(
            [
                FieldPanel("step_free"),
                FieldPanel("has_lift"),
                FieldPanel("accessible_toilet"),
                FieldPanel("accessible_parking"),
                FieldPanel("hearing_help"),
                FieldPanel("accessibility_note"),
            ],
            "无障碍",
        ),
        FieldPanel("note"),
        FieldRowPanel([FieldPanel("is_sample"), FieldPanel("is_public")]),
    ]
    search_fields = [
        index.SearchField("name", boost=3),
        index.AutocompleteField("name"),
        index.SearchField("address"),
        index.SearchField("note"),
        index.FilterField("kind"),
        index.FilterField("subdistrict_code"),
        index.FilterField("is_public"),
    ]

    class Meta:
        verbose_name = "服务网点"
        verbose_name_plural = "服务网点"
        ordering = ["kind", "subdistrict_code", "name", "pk"]

    def __str__(self) -> str:
        return self.name

    def clean(self):
        super().clean()
        if (self.longitude is None) != (self.latitude is None):
            raise ValidationError({"longitude": "请同时填写经度和纬度，或者都不填。"})
        if self.slug and self.slug.isdigit():
            raise ValidationError({"slug": "网址名不能全是数字，数字网址留给街道页面。"})

    def save(self, *args, **kwargs):
        """Redirects from the old URL when the slug changes."""
        before = ServicePlace.objects.filter(pk=self.pk).exclude(slug=self.slug).first()
        super().save(*args, **kwargs)
        if before and before.live:
            lead_on(before.get_absolute_url(), self.get_absolute_url())

    def get_absolute_url(self) -> str:
        return reverse("home:service_place", args=[self.slug])

    @property
    def subdistrict_name(self) -> str:
        return dict(subdistricts()).get(self.subdistrict_code, "")

    @property
    def weekly(self) -> dict[int, list[Span]]:
        weekly: dict[int, list[Span]] = {}
        for row in self.weekly_hours.all():
            weekly.setdefault(row.weekday, []).append(Span(row.opens, row.closes))
        return weekly

    @property
    def timetable(self) -> Timetable:
        exceptions = [row.as_exception() for row in self.hours_exceptions.all()]
        return Timetable(self.weekly, exceptions, self.follows_holidays)

    def is_open(self, moment: datetime | None = None) -> bool:
        return self.timetable.is_open(moment or timezone.localtime())

    @property
    def open_state(self) -> str:
        return self.timetable.state(timezone.localtime())

    @property
    def hours_lines(self) -> list[tuple[str, str]]:
        return Timetable(self.weekly).lines()

    @property
    def opens_on_swapped_workdays(self) -> bool:
        return bool(self.weekly.get(SWAPPED_WORKDAY_WEEKDAY))

    @property
    def coming_exceptions(self) -> list[HoursException]:
        return self.timetable.coming_exceptions(timezone.localdate())

    @property
    def exceptions_soon(self) -> list[HoursException]:
        """Exceptions within the next month; the page of the place lists later ones too."""
        last = timezone.localdate() + SOON
        return [item for item in self.coming_exceptions if item.first <= last]

    @property
    def accessibility(self) -> list[str]:
        """Accessibility features of the building, as labels."""
        names = ("step_free", "has_lift", "accessible_toilet", "accessible_parking", "hearing_help")
        found = [self._meta.get_field(name).verbose_name for name in names if getattr(self, name)]
        return [*found, self.accessibility_note] if self.accessibility_note else found


class _Opening(Orderable):
    """An opening and a closing time on one day; closing must be later."""

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        abstract = True

    def clean(self):
        super().clean()
        if self.opens and self.closes and self.closes <= self.opens:
            raise ValidationError({"closes": "结束时间要晚于开始时间。"})


class ServiceHours(_Opening):
    class Weekday(models.IntegerChoices):
        MONDAY = 0, "周一"
        TUESDAY = 1, "周二"
        WEDNESDAY = 2, "周三"
        THURSDAY = 3, "周四"
        FRIDAY = 4, "周五"
        SATURDAY = 5, "周六"
        SUNDAY = 6, "周日"

    place = ParentalKey(ServicePlace, on_delete=models.CASCADE, related_name="weekly_hours")
    weekday = models.PositiveSmallIntegerField("星期", choices=Weekday.choices)
    opens = models.TimeField("开始")
    closes = models.TimeField("结束")

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "每周时间"

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {Span(self.opens, self.closes)}"


class ServiceHoursException(_Opening):
    place = ParentalKey(ServicePlace, on_delete=models.CASCADE, related_name="hours_exceptions")
    first_day = models.DateField("第一天")
    last_day = models.DateField("最后一天")
    opens = models.TimeField("开始", null=True, blank=True, help_text="不填表示全天休息。")
    closes = models.TimeField("结束", null=True, blank=True)
    reason = models.CharField("原因", max_length=80, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")]),
        FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
        FieldPanel("reason"),
    ]

    class Meta(Orderable.Meta):
        ordering = ["sort_order", "pk"]
        verbose_name = "例外日子"

    def __str__(self) -> str:
        return f"{self.first_day}–{self.last_day}"

    def clean(self):
        super().clean()
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "最后一天不能早于第一天。"})
        if (self.opens is None) != (self.closes is None):
            raise ValidationError({"closes": "请同时填写开始和结束时间，或者都不填表示休息。"})

    def as_exception(self) -> HoursException:
        span = Span(self.opens, self.closes) if self.opens and self.closes else None
        first, last = self.first_day, self.last_day
        return HoursException(_as_date(first), _as_date(last), span, self.reason)


def _as_date(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value
