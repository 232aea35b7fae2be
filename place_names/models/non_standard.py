"""Names that do not follow the rules (不规范地名), and what is done about them."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from home.models.shown_form import ShownForm
from home.typed_text.personal_numbers import personal_numbers
from place_names.plain_names import PlainNames

from .place_name import PlaceName
from .subdistrict import Subdistrict

EARLIEST_DAY = date(1986, 1, 1)
"""The year of the first 《地名管理条例》; before it no name was out of its rules."""


class NonStandardNameQuerySet(models.QuerySet):
    def published(self):
        return self.filter(is_public=True)


class NonStandardName(PlainNames, models.Model):
    """A name in use that is to be put right, and the standard name in its stead."""

    base_form_class = ShownForm

    class Kind(models.TextChoices):
        BIG = "大", "刻意夸大"
        FOREIGN = "洋", "崇洋媚外"
        STRANGE = "怪", "怪异难懂"
        SAME = "重", "重名同音"
        UNAPPROVED = "擅", "未经批准使用"

    class State(models.TextChoices):
        LISTED = "listed", "已列入清单"
        RUNNING = "running", "正在整改"
        DONE = "done", "已整改"

    name = models.CharField("不规范的名称", max_length=60)
    kind = models.CharField("问题", max_length=1, choices=Kind)
    subdistrict = models.ForeignKey(
        Subdistrict, models.PROTECT, verbose_name="所在街道", related_name="+"
    )
    place = models.ForeignKey(
        PlaceName,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="non_standard_names",
        verbose_name="标准地名",
        help_text="应当使用的标准地名，整改完成前须填写。",
    )
    reason = models.CharField("为什么不规范", max_length=200)
    basis = models.CharField("依据", max_length=200)
    measures = models.CharField("措施", max_length=300, blank=True)
    state = models.CharField("状态", max_length=8, choices=State, default=State.LISTED)
    listed_on = models.DateField("列入日期")
    done_on = models.DateField("整改完成日期", null=True, blank=True)
    is_public = models.BooleanField("公开", default=False, help_text="选中后列入公开的清单。")

    plain_names = ("name",)

    objects = NonStandardNameQuerySet.as_manager()

    class Meta:
        verbose_name = "不规范地名"
        verbose_name_plural = verbose_name
        ordering = ["-listed_on", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""),
                name="non_standard_name_has_a_name",
                violation_error_message="请填写不规范的名称。",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(place__isnull=False, done_on__isnull=False),
                name="non_standard_name_done_with_standard_name",
                violation_error_message="已整改的，请填写标准地名和完成日期。",
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("listed_on")),
                name="non_standard_name_done_after_listed",
                violation_error_message="完成日期不能早于列入日期。",
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if self.place_id and self.place.name == self.name:
            raise ValidationError({"place": "标准地名和不规范的名称相同。"})
        self._check_place()
        self._check_name()
        self._check_days()
        self._check_end()

    def _stored(self, field: str):
        """The value as it is stored now; None for a new row."""
        own = type(self)._default_manager.filter(pk=self.pk)
        return own.values_list(field, flat=True).first() if self.pk else None

    def _check_place(self) -> None:
        """A name that ended cannot be chosen; one that ended since it was chosen may stay."""
        if not self.place_id or self.place_id == self._stored("place_id"):
            return
        if self.place.status != PlaceName.Status.STANDARD:
            label = self.place.get_status_display()
            raise ValidationError({"place": f"“{self.place.name}”是{label}，请选现在的标准地名。"})

    def _check_name(self) -> None:
        if not self.name or self.name == self._stored("name"):
            return
        if found := personal_numbers(self.name):
            raise ValidationError({"name": f"名称会公开，请删去{'、'.join(found)}。"})
        others = type(self)._default_manager.exclude(pk=self.pk).filter(name=self.name)
        if self.subdistrict_id and others.filter(subdistrict=self.subdistrict_id).exists():
            raise ValidationError({"name": f"“{self.name}”已经在{self.subdistrict}的清单上。"})

    def _check_days(self) -> None:
        today = timezone.localdate()
        for field, label in (("listed_on", "列入日期"), ("done_on", "完成日期")):
            day = getattr(self, field)
            if day and day != self._stored(field):
                if day > today:
                    raise ValidationError({field: f"{label}不能晚于今天。"})
                if day < EARLIEST_DAY:
                    raise ValidationError({field: f"{label}不能早于{EARLIEST_DAY.year}年。"})

    def _check_end(self) -> None:
        if self.state == self.State.DONE:
            standard = PlaceName.objects.standard().filter(subdistrict=self.subdistrict_id)
            if standard.filter(name=self.name).exists():
                raise ValidationError(
                    {"state": f"“{self.name}”还是在用的标准地名，先办更名或者销名，才能算已整改。"}
                )
        elif self.done_on:
            raise ValidationError(
                {"done_on": "已整改的才填完成日期；已经完成的，状态请选“已整改”。"}
            )
