"""Work on a page that is shared: with somebody outside, or with a colleague."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from home.one_time import SentAsField


def new_token() -> str:
    return secrets.token_urlsafe(24)


def in_a_week():
    return timezone.localdate() + timedelta(days=7)


class PreviewLink(models.Model):
    """Shows the draft of one page to whoever has the link, until a day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    purpose = models.CharField("给谁看、看什么", max_length=80)
    last_day = models.DateField("看到哪天", default=in_a_week)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)

    changes_no_page = True

    class Meta:
        verbose_name = "预览链接"
        ordering = ["-made_at", "-pk"]

    def __str__(self):
        return self.purpose

    @property
    def is_open(self) -> bool:
        return timezone.localdate() <= self.last_day

    def get_absolute_url(self) -> str:
        return reverse("home:preview", args=[self.token])


class PreviewComment(models.Model):
    """What somebody with the link wrote. Who it was is not asked."""

    link = models.ForeignKey(PreviewLink, on_delete=models.CASCADE, related_name="comments")
    text = models.TextField("意见", max_length=2000)
    sent_as = SentAsField()
    written_at = models.DateTimeField(auto_now_add=True)

    changes_no_page = True

    class Meta:
        verbose_name = "预览意见"
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:40]


class Assignment(models.Model):
    """A page that somebody is asked to work on, by a day."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name="交给谁",
        on_delete=models.CASCADE,
        related_name="assignments",
    )
    task = models.CharField("做什么", max_length=200)
    due_on = models.DateField("哪天以前", default=in_a_week)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    done_at = models.DateTimeField(null=True, editable=False)

    changes_no_page = True

    class Meta:
        verbose_name = "交办"
        ordering = ["due_on", "pk"]

    def __str__(self):
        return self.task
