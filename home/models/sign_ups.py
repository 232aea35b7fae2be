"""Sign-ups for events, and the number of seats that are left."""

import secrets

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.models.shown_form import ShownForm
from home.one_time import SentAsField
from home.personal_data.encryption import decrypt
from home.personal_data.masking import mask_name, mask_phone
from home.typed_text import reference

from .feedback import NUMBER_LETTERS

PREFIX = "BM"


def new_reference() -> str:
    """An unguessable reference such as BM-7K4M-29XQ."""
    letters = "".join(secrets.choice(NUMBER_LETTERS) for _ in range(8))
    return f"{PREFIX}-{letters[:4]}-{letters[4:]}"


def normal_reference(typed: str) -> str:
    """The reference as it is stored; case, spaces, prefix and dashes may be typed as one likes."""
    kept = reference(typed, (4, 4), PREFIX)
    return f"{PREFIX}-{kept[:4]}-{kept[4:]}" if len(kept) == 8 else ""


class EventPlaces(models.Model):
    """How many seats an event has, and how many are taken.

    Not a field of the page, because publishing writes all fields of a page. `limit` follows the
    published page; None means unlimited.
    """

    event = models.OneToOneField(
        "home.EventPage", on_delete=models.CASCADE, primary_key=True, related_name="counted_places"
    )
    limit = models.PositiveIntegerField("名额", null=True, blank=True)
    taken = models.PositiveIntegerField("已报名", default=0)

    # Readers only see whether a seat is left; `sign_ups.rules` invalidates when that changes.
    changes_no_page = True

    class Meta:
        verbose_name = "活动名额"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(limit__isnull=True) | models.Q(taken__lte=models.F("limit")),
                name="event_not_overbooked",
                violation_error_message="报名人数不能超过名额。",
            )
        ]

    def __str__(self):
        return f"{self.taken}/{self.limit or '–'}"

    @property
    def is_full(self) -> bool:
        return self.limit is not None and self.taken >= self.limit


class SignUp(models.Model):
    """One participant. Deleted some days after the event, or on withdrawal."""

    event = models.ForeignKey(
        "home.EventPage", verbose_name="活动", on_delete=models.CASCADE, related_name="sign_ups"
    )
    reference = models.CharField("报名编号", max_length=12, unique=True, default=new_reference)
    # {"name": …, "phone": …}, encrypted by home.personal_data.encryption.
    encrypted = models.TextField(editable=False)
    # A keyed hash of event and telephone number, so that a person signs up only once.
    once_key = models.CharField(max_length=64, editable=False)
    sent_as = SentAsField()
    created_at = models.DateTimeField("报名时间", default=timezone.now)

    changes_no_page = True

    class Meta:
        verbose_name = "活动报名"
        verbose_name_plural = "活动报名"
        ordering = ["created_at", "pk"]
        permissions = [("see_signup", "Can see whole names and telephone numbers")]
        constraints = [
            models.UniqueConstraint(fields=["event", "once_key"], name="sign_up_once_a_person")
        ]

    def __str__(self):
        return self.reference

    @cached_property
    def person(self) -> dict:
        return decrypt(self.encrypted) or {}

    @property
    def masked_name(self) -> str:
        return mask_name(self.person.get("name", ""))

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.person.get("phone", ""))


@register_setting(icon="calendar", order=905)
class SignUpSettings(BaseSiteSetting):
    """How long sign-ups are stored, and the rate limit for each visitor."""

    base_form_class = ShownForm

    days_kept = models.PositiveIntegerField(
        "活动结束后保留天数", default=7, help_text="过了这些天，报名人的姓名和电话自动删除。"
    )
    sign_ups_an_hour = models.PositiveIntegerField(
        "每人每小时报名次数", default=10, validators=[MinValueValidator(1)]
    )

    changes_no_page = True

    panels = [FieldPanel("days_kept"), FieldPanel("sign_ups_an_hour")]

    class Meta:
        verbose_name = "活动报名设置"
