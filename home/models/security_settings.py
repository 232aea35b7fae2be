from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MinValueValidator, URLValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.models.shown_form import ShownForm

# The bureau, the district and what is known of both: what a guesser tries first.
WORDS_GUESSED_FIRST = """\
haizhu
hzqmzj
minzheng
mzj
guangzhou
gongwuyuan
hunyin
diming
civilaffairs
zhengwu
xingang
jiangnan
海珠
民政
广州
"""


def contact_address(text: str) -> None:
    """Refuses what RFC 9116 does not take as a contact: it must be an https, mailto or tel URI."""
    scheme, _, rest = text.partition(":")
    try:
        if scheme == "https":
            URLValidator(schemes=["https"])(text)
        elif scheme == "mailto":
            EmailValidator()(rest)
        elif scheme != "tel" or not rest.strip("+").replace("-", "").isdecimal():
            raise ValidationError("")
    except ValidationError:
        raise ValidationError(
            "请填写 https:// 开头的网址、mailto: 开头的邮箱或者 tel: 开头的电话。"
        ) from None


def limit(words: str, default: int, help_text: str = "") -> models.PositiveIntegerField:
    return models.PositiveIntegerField(
        words, default=default, validators=[MinValueValidator(1)], help_text=help_text
    )


@register_setting(icon="lock")
class SecuritySettings(BaseGenericSetting):
    """What protects the staff's accounts, and whom to tell of a weakness."""

    base_form_class = ShownForm

    wrong_passwords_per_address = limit(
        "同一网络地址对同一账号每小时可输错几次密码", 10, "登录成功后重新计数。"
    )
    wrong_passwords_per_account = limit(
        "同一账号每小时共可输错几次密码",
        50,
        "超过后只有这个账号曾经登录成功的浏览器可以继续登录，猜密码的人不能。",
    )
    wrong_passwords_from_address = limit(
        "同一网络地址每小时共可输错几次密码", 100, "不论试的是哪个账号。"
    )
    resets_per_account = limit("同一邮箱每小时可申请几次重设密码", 3)
    resets_per_address = limit("同一网络地址每小时可申请几次重设密码", 10)
    password_words = models.TextField(
        "密码中不算数的词",
        default=WORDS_GUESSED_FIRST,
        blank=True,
        help_text="每行一个，不分大小写。密码去掉这些词以后，剩下的还要满8个字符，并且不全是数字。",
    )
    security_contact = models.CharField(
        "安全问题联系方式",
        max_length=200,
        blank=True,
        validators=[contact_address],
        help_text="写在 /.well-known/security.txt。留空时是本站的“找错反映”。",
    )

    changes_no_page = True

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("wrong_passwords_per_address"),
                FieldPanel("wrong_passwords_per_account"),
                FieldPanel("wrong_passwords_from_address"),
            ],
            "登录",
        ),
        MultiFieldPanel(
            [
                FieldPanel("password_words"),
                FieldPanel("resets_per_account"),
                FieldPanel("resets_per_address"),
            ],
            "密码",
        ),
        FieldPanel("security_contact"),
    ]

    class Meta:
        verbose_name = "安全设置"
