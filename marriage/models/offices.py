"""The registries: whether and what one can book there. Where they are, when they are open and
how to call them is told by their service place, which is edited once for the whole site."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from home.models import ServicePlace
from home.models.shown_form import ShownForm


class OfficeQuerySet(models.QuerySet):
    def of(self, user):
        """Those at which a user works: where they are listed, and where nobody is."""
        if user.is_superuser:
            return self
        return self.filter(models.Q(staff=None) | models.Q(staff=user)).distinct()

    def booking_here(self):
        return self.filter(mode=Office.Mode.BOOK)


class Office(models.Model):
    """A marriage registry."""

    base_form_class = ShownForm

    class Mode(models.TextChoices):
        BOOK = "book", "在本站预约"
        LINK = "link", "转到省统一预约平台"
        CLOSED = "closed", "暂停预约"

    code = models.SlugField("代码", unique=True)
    name = models.CharField("名称", max_length=80)
    place = models.ForeignKey(
        ServicePlace,
        verbose_name="服务网点",
        on_delete=models.PROTECT,
        related_name="+",
        limit_choices_to={"kind": ServicePlace.Kind.REGISTRY},
        help_text="地址、电话、办公时间、位置和无障碍设施在“服务网点”里修改，这里和办事指南同时更新。",
    )
    mode = models.CharField(
        "预约方式",
        max_length=10,
        choices=Mode,
        default=Mode.BOOK,
        help_text="同一个窗口的号源只能由一个系统发放：改为转到省平台后，本站不再放号。",
    )
    link = models.URLField("省平台链接", blank=True)
    closed_text = models.CharField("暂停说明", max_length=200, blank=True)
    accepts_foreign = models.BooleanField(
        "可办涉外、涉港澳台、华侨登记", default=False, help_text="须有相应的办理权限。"
    )
    services = models.ManyToManyField("marriage.Service", verbose_name="办理业务", blank=True)
    counters = models.PositiveSmallIntegerField(
        "窗口数",
        null=True,
        blank=True,
        help_text="同时开放几个窗口，各业务共用；生成的号源不会超过窗口办得过来的数目。留空不限。",
    )
    staff = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name="工作人员",
        blank=True,
        related_name="+",
        help_text="只有他们能办理这个登记处的业务、改它的号源；一个也不选，则所有登记员都可以。",
    )
    is_sample = models.BooleanField("示例数据", default=False)
    sort_order = models.PositiveSmallIntegerField("排序", default=0)

    objects = OfficeQuerySet.as_manager()

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("name"),
                FieldPanel("code"),
                FieldPanel("place", widget=forms.Select),
                FieldPanel("is_sample"),
                FieldPanel("sort_order"),
            ],
            "登记处",
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "mode",
                    "link",
                    "closed_text",
                    "accepts_foreign",
                    "services",
                    "counters",
                    "staff",
                )
            ],
            "预约",
        ),
    ]

    class Meta:
        verbose_name = "婚姻登记处"
        verbose_name_plural = "婚姻登记处"
        ordering = ["sort_order", "pk"]

    def __str__(self):
        return self.name

    @property
    def address(self) -> str:
        return self.place.address

    @property
    def phone(self) -> str:
        return self.place.phone

    def clean(self):
        if self.mode == self.Mode.LINK and not self.link:
            raise ValidationError({"link": "请填写省平台的链接。"})
