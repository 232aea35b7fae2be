"""Changes by mail: who follows what, what was announced, and the mails about it."""

import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page

from home.models.shown_form import ShownForm
from home.personal_data.encryption import decrypt
from home.personal_data.masking import mask_mail

from .messages import QueuedMessage
from .teamwork import new_token


class Subscriber(models.Model):
    """A mail address that follows something. Deleted with its last subscription."""

    address_hash = models.CharField(max_length=64, unique=True, editable=False)
    # The address, encrypted by home.personal_data.encryption.
    encrypted = models.TextField(editable=False)
    # Whoever has it may end the subscriptions: it stands in each mail.
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField("登记时间", default=timezone.now)

    changes_no_page = True

    class Meta:
        verbose_name = "邮件订阅人"
        ordering = ["-created_at", "-pk"]
        default_permissions = ("view", "delete")

    def __str__(self):
        return self.masked_address

    @cached_property
    def address(self) -> str:
        return decrypt(self.encrypted) or ""

    @property
    def masked_address(self) -> str:
        return mask_mail(self.address)


class Subscription(models.Model):
    """One thing that a subscriber follows: a page, a section with all its pages, or everything.

    It counts only once it was confirmed from the mailbox; until then it is deleted after some
    days.
    """

    subscriber = models.ForeignKey(
        Subscriber, on_delete=models.CASCADE, related_name="subscriptions"
    )
    page = models.ForeignKey(
        Page, verbose_name="关注", null=True, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField("申请时间", default=timezone.now)
    confirmed_at = models.DateTimeField("确认时间", null=True)

    changes_no_page = True

    class Meta:
        verbose_name = "邮件订阅"
        ordering = ["pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["subscriber", "page"],
                name="subscription_once",
                violation_error_message="这个邮箱已经订阅了这一项。",
            ),
            models.UniqueConstraint(
                fields=["subscriber"],
                condition=Q(page=None),
                name="subscription_to_all_once",
                violation_error_message="这个邮箱已经订阅了全部更新。",
            ),
        ]

    def __str__(self):
        return self.page.title if self.page else "全部指南和政策"


class Announcement(models.Model):
    """The note of one publication, which is mailed once to those who follow the page."""

    once_key = models.CharField(max_length=80, unique=True)
    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    note = models.CharField("改了什么", max_length=300)
    path = models.CharField("网址", max_length=400)
    published_at = models.DateTimeField("发布时间")
    gathered_at = models.DateTimeField("写成邮件的时间", null=True, db_index=True)

    changes_no_page = True

    class Meta:
        verbose_name = "更新说明"
        ordering = ["published_at", "pk"]
        default_permissions = ()

    def __str__(self):
        return self.note


class SubscriptionMail(QueuedMessage):
    """A request to confirm, or the changes of a day, for one subscriber."""

    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="mails")

    changes_no_page = True

    class Meta:
        verbose_name = "订阅邮件"
        ordering = ["-created_at", "-pk"]
        default_permissions = ()
        indexes = [models.Index(fields=["state", "due_at"], name="subscription_mail_due")]

    def __str__(self):
        return self.recipient


@register_setting(icon="mail", order=906)
class SubscriptionSettings(BaseSiteSetting):
    """When changes are mailed, how long a request waits, and the limits."""

    base_form_class = ShownForm

    send_at = models.TimeField(
        "每天几点发",
        default=datetime.time(8),
        help_text="这以前发布的更新说明合成一封邮件。当天没有更新就不发。",
    )
    days_to_confirm = models.PositiveIntegerField(
        "几天内确认",
        default=3,
        validators=[MinValueValidator(1)],
        help_text="过了这些天没有确认，邮箱自动删除。",
    )
    requests_an_hour = models.PositiveIntegerField(
        "每人每小时申请次数", default=10, validators=[MinValueValidator(1)]
    )
    requests_an_hour_in_all = models.PositiveIntegerField(
        "全站每小时申请次数", default=300, validators=[MinValueValidator(1)]
    )
    mails_a_day = models.PositiveIntegerField(
        "每个邮箱每天最多收几封确认邮件",
        default=3,
        validators=[MinValueValidator(1)],
        help_text="超过的不再发，页面上的答复不变，免得有人拿别人的邮箱反复申请。",
    )

    changes_no_page = True

    panels = [
        FieldPanel("send_at"),
        FieldPanel("days_to_confirm"),
        FieldPanel("requests_an_hour"),
        FieldPanel("requests_an_hour_in_all"),
        FieldPanel("mails_a_day"),
    ]

    class Meta:
        verbose_name = "邮件订阅设置"
