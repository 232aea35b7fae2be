from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


def own_or_secure(address: str) -> None:
    """Refuses what is neither an address of the site itself nor one of https."""
    own = address.startswith("/") and not address.startswith(("//", "/\\"))
    if own and address.isprintable() and " " not in address:
        return
    try:
        URLValidator(schemes=["https"])(address)
    except ValidationError:
        raise ValidationError("请填写本站地址（以 / 开头）或者 https:// 开头的网址。") from None


@register_setting(icon="cog")
class SiteSettings(BaseSiteSetting):
    """What the frame of every page says: who runs the site and how to reach them."""

    organisation = models.CharField("主办单位", max_length=80, default="广州市海珠区民政局")
    address = models.CharField("地址", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    site_code = models.CharField("政府网站标识码", max_length=40, blank=True)
    icp_number = models.CharField("ICP备案号", max_length=60, blank=True)
    police_number = models.CharField("公安备案号", max_length=60, blank=True)
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

    panels = [
        MultiFieldPanel(
            [FieldPanel(name) for name in ("organisation", "address", "phone")], "单位"
        ),
        MultiFieldPanel(
            [FieldPanel(name) for name in ("site_code", "icp_number", "police_number")], "备案"
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("demonstration_notice", "urgent_notice", "urgent_link")],
            "页首提示",
        ),
    ]

    class Meta:
        verbose_name = "网站信息"
