"""Every number of the booking rules, edited by a manager."""

import copy
import datetime
import time

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from home.models.shown_form import ShownForm


def number(label, default, lowest=0, highest=3650, help_text=""):
    return models.PositiveIntegerField(
        label,
        default=default,
        validators=[MinValueValidator(lowest), MaxValueValidator(highest)],
        help_text=help_text,
    )


# (field, least value, why)
LEGAL_MINIMA = (
    ("man_age", 22, "《民法典》第一千零四十七条"),
    ("woman_age", 20, "《民法典》第一千零四十七条"),
    ("cooling_off_days", 30, "《民法典》第一千零七十七条第一款"),
    ("certificate_days", 30, "《民法典》第一千零七十七条第二款"),
)
# (field, field that it must not exceed, why)
ORDERED = (
    ("min_days_ahead", "max_days_ahead", "否则没有一天可以预约"),
    ("cancel_days_ahead", "max_days_ahead", "否则谁也不能取消"),
    ("reminder_days_ahead", "max_days_ahead", "否则提醒在预约之前"),
    ("ban_short_period_days", "ban_period_days", "短统计期不能比统计期长"),
    ("ban_short_cancellations", "ban_cancellations", "短统计期内的次数不能更多"),
    ("ban_mixed_no_shows", "ban_no_shows", "否则这一条永远用不上"),
    ("ban_mixed_cancellations", "ban_cancellations", "否则这一条永远用不上"),
    ("holds_per_device_hour", "holds_per_address_hour", "一台设备不能比它的网络地址多"),
    ("challenge_after", "holds_per_address_hour", "否则永远不会提问"),
    ("unresolved_days", "retention_days", "个人信息不能留得更久"),
    ("displaced_days", "retention_days", "个人信息不能留得更久"),
)


@register_setting(icon="calendar-check")
class BookingRules(BaseGenericSetting):
    """Read with `BookingRules.load()`."""

    base_form_class = ShownForm

    min_days_ahead = number("最少提前（自然日）", 1, help_text="1 表示最早约明天。")
    max_days_ahead = number("最多提前（自然日）", 30, 1, 366)
    release_time = models.TimeField("每天放号时间", default=datetime.time(8, 30))
    hold_minutes = number("占号时间（分钟）", 10, 1, 60)
    cancel_days_ahead = number(
        "最晚提前几天取消或改期（自然日）", 2, help_text="晚于此时限取消，按爽约计。"
    )
    max_moves = number("每个预约最多改期次数", 2)

    man_age = number("男方最低年龄（周岁）", 22, help_text="《民法典》第一千零四十七条。")
    woman_age = number("女方最低年龄（周岁）", 20, help_text="《民法典》第一千零四十七条。")

    ban_period_days = number("统计期（天）", 180, 1)
    ban_days = number("暂停预约（天）", 180, 1)
    ban_no_shows = number("统计期内爽约几次暂停", 2, 1)
    ban_cancellations = number("统计期内取消几次暂停", 5, 1)
    ban_mixed_no_shows = number("或者：爽约几次", 1, 1)
    ban_mixed_cancellations = number("并且取消几次", 2, 1)
    ban_short_period_days = number("短统计期（天）", 30, 1)
    ban_short_cancellations = number("短统计期内取消几次暂停", 3, 1)

    cooling_off_days = number("冷静期（天）", 30, 1, help_text="《民法典》第一千零七十七条第一款。")
    certificate_days = number(
        "冷静期满后领证期限（天）", 30, 1, help_text="《民法典》第一千零七十七条第二款。"
    )

    class FirstRoll(models.TextChoices):
        BOTH = "both", "顺延、不顺延都在期限内的日子才放号（稳妥）"
        ROLLED = "rolled", "冷静期最后一日遇休息日顺延"
        NOT_ROLLED = "not_rolled", "冷静期最后一日不顺延"

    first_roll = models.CharField(
        "冷静期末日遇休息日", max_length=10, choices=FirstRoll, default=FirstRoll.BOTH
    )

    holds_per_device_hour = number("同一设备每小时最多占号", 10, 1, 1000)
    holds_per_address_hour = number(
        "同一网络地址每小时最多占号", 200, 1, 100_000, "学校、单位共用一个地址，不宜太小。"
    )
    lookups_per_reference_hour = number(
        "同一预约号在同一网络每小时最多查错",
        10,
        1,
        1000,
        "单位、学校共用一个网络，别人查错不影响。",
    )
    lookups_of_reference_hour = number("同一预约号每小时最多查错（所有网络合计）", 100, 1, 100_000)
    lookups_per_address_hour = number("同一网络每小时最多试错回执编号", 30, 1, 100_000)

    class TelephoneProof(models.TextChoices):
        REQUIRED = "required", "每个预约都要验证手机"
        PEAK = "peak", "只在高峰日验证"
        OFF = "off", "不验证"

    telephone_proof = models.CharField(
        "预约前验证手机号码",
        max_length=10,
        choices=TelephoneProof,
        default=TelephoneProof.REQUIRED,
        help_text="不验证时，别人用您的证件号码占了号，只有验证手机以后才能换回来。",
    )
    code_minutes = number("验证码有效（分钟）", 10, 1, 60)
    codes_per_telephone_day = number("同一手机号码每天最多发验证码", 5, 1, 100)
    codes_per_address_hour = number(
        "同一网络每小时最多发验证码", 60, 1, 100_000, "学校、单位共用一个网络，不宜太小。"
    )
    bookings_per_telephone = number("同一手机号码最多有几个有效预约", 2, 1, 100)
    challenge_after = number(
        "同一网络地址每小时占号几次后要答题", 60, 1, 100_000, "用文字提问，不用图片。"
    )
    waiting_offer_minutes = number("候补名额保留（分钟）", 120, 5, 2880)
    quiet_from = models.TimeField("夜间不通知候补，从", default=datetime.time(21, 0))
    quiet_until = models.TimeField(
        "到",
        default=datetime.time(8, 0),
        help_text="夜间退回的号留到早上再通知，保留时间从早上算起。",
    )
    waiting_limit = number("每天候补人数上限", 200, 0, 10_000)

    walk_ins_beyond = number(
        "号已取完时，每个时段最多现场加号",
        0,
        0,
        100,
        "0 表示现场取号只用剩余名额。加号只能在窗口办理，不影响已经预约的人。",
    )

    reminder_days_ahead = number("提前几天提醒", 1, 0, 30)
    reminder_time = models.TimeField("提醒时间", default=datetime.time(10, 0))
    retention_days = number(
        "办结后个人信息保留（天）", 180, 1, help_text="到期自动删除，统计数字保留。"
    )
    draft_hours = number("未完成的预约保留（小时）", 12, 1, 168)
    draft_personal_minutes = number(
        "未完成的预约，几分钟没有操作就清除姓名、证件和手机号码",
        30,
        5,
        720,
        "公用的手机、电脑上，下一个人不会看到。",
    )
    unresolved_days = number(
        "没有登记结果的办理几天后自动结束", 7, 1, 60, "自动结束后当事人可以再预约，不计爽约。"
    )
    displaced_days = number(
        "停办日过后几天自动取消待改期的预约", 30, 1, 180, "算登记处取消，并通知当事人。"
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "min_days_ahead",
                    "max_days_ahead",
                    "release_time",
                    "hold_minutes",
                    "cancel_days_ahead",
                    "max_moves",
                )
            ],
            "预约时限",
        ),
        MultiFieldPanel([FieldPanel("man_age"), FieldPanel("woman_age")], "法定婚龄"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "ban_period_days",
                    "ban_days",
                    "ban_no_shows",
                    "ban_cancellations",
                    "ban_mixed_no_shows",
                    "ban_mixed_cancellations",
                    "ban_short_period_days",
                    "ban_short_cancellations",
                )
            ],
            "失约规则",
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("cooling_off_days", "certificate_days", "first_roll")],
            "冷静期",
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "holds_per_device_hour",
                    "holds_per_address_hour",
                    "lookups_per_reference_hour",
                    "lookups_of_reference_hour",
                    "lookups_per_address_hour",
                    "challenge_after",
                    "waiting_offer_minutes",
                    "quiet_from",
                    "quiet_until",
                    "waiting_limit",
                )
            ],
            "公平",
        ),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "telephone_proof",
                    "code_minutes",
                    "codes_per_telephone_day",
                    "codes_per_address_hour",
                    "bookings_per_telephone",
                )
            ],
            "验证手机",
        ),
        MultiFieldPanel([FieldPanel("walk_ins_beyond")], "现场取号"),
        MultiFieldPanel(
            [
                FieldPanel(name)
                for name in (
                    "reminder_days_ahead",
                    "reminder_time",
                    "retention_days",
                    "draft_hours",
                    "draft_personal_minutes",
                    "unresolved_days",
                    "displaced_days",
                )
            ],
            "提醒与个人信息",
        ),
    ]

    _kept: tuple[float, "BookingRules"] | None = None

    class Meta:
        verbose_name = "婚姻登记预约规则"

    def clean(self):
        """Refuse rules that contradict the law or each other, beside the field."""
        super().clean()
        faults = {}
        for name, least, why in LEGAL_MINIMA:
            if getattr(self, name) is not None and getattr(self, name) < least:
                faults[name] = f"不能小于{least}：{why}。"
        for name, other, why in ORDERED:
            mine, theirs = getattr(self, name), getattr(self, other)
            if name not in faults and None not in (mine, theirs) and mine > theirs:
                label = self._meta.get_field(other).verbose_name
                faults[name] = f"不能大于“{label}”（{theirs}）：{why}。"
        if self.quiet_from and self.quiet_from == self.quiet_until:
            faults["quiet_until"] = "“从”和“到”不能相同：分不清是整天不通知，还是随时通知。"
        if faults:
            raise ValidationError(faults)

    @classmethod
    def load(cls, request_or_site=None):
        """The rules, at most CALENDAR_SECONDS old: every request asks for them, most of them
        more than once. A change is seen at once by the process that made it."""
        if settings.CALENDAR_SECONDS and cls._kept:
            read_at, rules = cls._kept
            if time.monotonic() - read_at < settings.CALENDAR_SECONDS:
                return copy.copy(rules)
        rules = super().load(request_or_site)
        cls._kept = time.monotonic(), copy.copy(rules)
        return rules

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        type(self)._kept = None
