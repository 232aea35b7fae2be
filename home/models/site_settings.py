from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Site

from home.cache.memoize import memoized
from home.models.shown_form import ShownForm


def own_or_secure(address: str) -> None:
    """Rejects what is neither a path of this site nor an https URL."""
    own = address.startswith("/") and not address.startswith(("//", "/\\"))
    if own and address.isprintable() and " " not in address:
        return
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError:
        raise ValidationError("请填写本站地址（以 / 开头）或者 https:// 开头的网址。") from None


class UrgentLevel(models.TextChoices):
    INFORMATION = "info", "提示"
    WARNING = "warning", "注意"
    URGENT = "urgent", "紧急通知"


def settings_of(site: Site) -> "SiteSettings":
    """The settings of a site, memoized until the content changes."""
    return memoized(("facts", site.pk), lambda: SiteSettings.for_site(site))


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """Header and footer of every page: who runs the site and how to reach them."""

    base_form_class = ShownForm

    organisation = models.CharField("主办单位", max_length=80, default="广州市海珠区民政局")
    address = models.CharField("地址", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    site_code = models.CharField("政府网站标识码", max_length=40, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=60, blank=True)
    police_number = models.CharField("公安备案号", max_length=60, blank=True)
    online_platform = models.CharField("网上办事平台", max_length=40, default="广东政务服务网")
    online_platform_address = models.URLField(
        "平台网址",
        default="https://www.gdzwfw.gov.cn/",
        help_text="办事指南选了“网上办理”又没有自己的网址时，链接到这里。",
    )
    demonstration_notice = models.CharField(
        "演示说明", max_length=200, blank=True, help_text="非空时显示在每一页顶部。"
    )
    urgent_notice = models.CharField("紧急通知", max_length=200, blank=True)
    urgent_link = models.CharField(
        "紧急通知链接",
        max_length=200,
        blank=True,
        validators=[own_or_secure],
        help_text="本站地址（/notices/）或者 https:// 开头的网址。",
    )

    urgent_level = models.CharField(
        "级别", max_length=10, choices=UrgentLevel.choices, default=UrgentLevel.URGENT
    )
    urgent_from = models.DateTimeField(
        "从什么时候显示", null=True, blank=True, help_text="不填：马上。"
    )
    urgent_until = models.DateTimeField(
        "显示到什么时候", null=True, blank=True, help_text="不填：一直显示，直到清空。"
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("organisation", "address", "phone")], "单位"
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("site_code", "icp_number", "police_number")], "备案"
        ),
        MultiFieldPanel(
            [FieldPanel("online_platform"), FieldPanel("online_platform_address")], "网上办理"
        ),
        MultiFieldPanel(
            [
                FieldPanel("demonstration_notice"),
                FieldPanel("urgent_notice"),
                FieldPanel("urgent_link"),
                FieldPanel("urgent_level"),
                FieldRowPanel([FieldPanel("urgent_from"), FieldPanel("urgent_until")]),
            ],
            "页首提示",
        ),
    ]

    class Meta:
        verbose_name = "网站信息"

    def clean(self):
        super().clean()
        if self.urgent_from and self.urgent_until and self.urgent_until <= self.urgent_from:
            raise ValidationError({"urgent_until": "结束要在开始以后。"})

    @property
    def shows_urgent_notice(self) -> bool:
        """Whether the notice is due now. Pages are cached: `home.housekeeping.turn_banner`."""
        now = timezone.now()
        begun = self.urgent_from is None or self.urgent_from <= now
        over = self.urgent_until is not None and self.urgent_until <= now
        return bool(self.urgent_notice) and begun and not over
