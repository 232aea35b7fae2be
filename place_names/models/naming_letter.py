"""Templates of the letters to applicants, which officers edit."""

import re

from django.core.exceptions import ValidationError
from django.db import models

from home.models.shown_form import ShownForm

PLACEHOLDERS = (
    "编号",
    "申请人",
    "事项",
    "名称",
    "原地名",
    "位置",
    "收件日期",
    "日期",
    "说明",
    "补正期限",
    "决定期限",
    "批准机关",
    "批准文号",
    "标准地名",
    "罗马字母拼写",
    "查询网址",
)
PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")


class NamingLetter(models.Model):
    """The template of one kind of letter: text with placeholders such as {编号}."""

    base_form_class = ShownForm

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "受理通知书"
        SUPPLEMENT = "supplement", "补正告知书"
        DECLINED = "declined", "不予受理通知书"
        APPROVED = "approved", "命名批准通知书"
        RENAMED = "renamed", "更名批准通知书"
        ABOLISHED = "abolished", "销名批准通知书"
        REFUSED = "refused", "不予批准决定书"

    kind = models.CharField("哪一种", max_length=10, choices=Kind, unique=True)
    title = models.CharField("标题", max_length=60)
    text = models.TextField(
        "正文",
        max_length=4000,
        help_text="一段一行。可以用的数据标记："
        + "、".join(f"{{{each}}}" for each in PLACEHOLDERS),
    )
    source = models.CharField("依据", max_length=200)

    changes_no_page = True

    class Meta:
        verbose_name = "命名文书"
        verbose_name_plural = verbose_name
        ordering = ["id"]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if stray := re.search(r"[{}]", PLACEHOLDER.sub("", self.text)):
            near = PLACEHOLDER.sub("", self.text)[stray.start() :][:8].splitlines()[0]
            raise ValidationError(
                {"text": f"“{near}”的花括号没有成对。数据标记写成{{编号}}，一对花括号，不换行。"}
            )
        unknown = [each for each in PLACEHOLDER.findall(self.text) if each not in PLACEHOLDERS]
        if unknown:
            shown = "、".join(f"{{{each}}}" for each in unknown[:3])
            raise ValidationError({"text": f"没有这些数据标记：{shown}。"})
