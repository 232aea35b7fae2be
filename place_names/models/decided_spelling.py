"""Readings and spellings on which an officer has decided, with the source."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from home.models.shown_form import ShownForm
from place_names.syllables import is_syllable, reads

HAN_ONLY = RegexValidator(r"^[㐀-鿿]{1,20}\Z", "请只填汉字，最多20个字。")


class DecidedSpelling(models.Model):
    """How a text is read wherever it stands in a name, or how one whole name is written.

    It goes before ``data/readings.csv``; what it settles is no longer doubtful.
    """

    base_form_class = ShownForm

    class Kind(models.TextChoices):
        READING = "reading", "读音（用于含有这些字的地名）"
        NAME = "name", "整个地名的写法（只用于这个地名）"

    kind = models.CharField("定下的是", max_length=8, choices=Kind, default=Kind.READING)
    text = models.CharField(
        "汉字",
        max_length=60,
        unique=True,
        help_text="读音：专名或其中几个字，如“祥乐”；写法：整个地名。",
    )
    spelling = models.CharField(
        "拼写",
        max_length=200,
        help_text="读音：每字一个音节，小写、带声调、用空格隔开，如“xiáng lè”；写法：如“Xiánglè Jiē”。",
    )
    source = models.CharField(
        "依据", max_length=300, help_text="如标志牌、地名志、普查表、批准文件、当地人读音的记录。"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="经办人",
    )
    decided_at = models.DateTimeField("定下时间", auto_now=True)

    changes_no_page = True

    class Meta:
        verbose_name = "拼写的决定"
        verbose_name_plural = verbose_name
        ordering = ["text"]

    def __str__(self):
        return f"{self.text} {self.spelling}"

    def clean(self):
        super().clean()
        self.text, self.spelling = self.text.strip(), " ".join(self.spelling.split())
        if re.search(r"[㐀-鿿]", self.spelling):
            raise ValidationError({"spelling": "拼写中不能有汉字。"})
        if self.kind == self.Kind.READING:
            HAN_ONLY(self.text)
            if len(self.spelling.split()) != len(self.text):
                raise ValidationError(
                    {
                        "spelling": f"“{self.text}”有{len(self.text)}个字，读音须有{len(self.text)}个音节，用空格隔开。"
                    }
                )
            if not self.spelling.islower():
                raise ValidationError({"spelling": "读音用小写，如“xiáng lè”。"})
            if wrong := next((s for s in self.spelling.split() if not is_syllable(s)), ""):
                raise ValidationError({"spelling": f"“{wrong}”不是汉语拼音的音节。"})
        elif not reads(self.text, self.spelling):
            raise ValidationError(
                {
                    "spelling": f"“{self.spelling}”与“{self.text}”对不上：每个汉字写一个汉语拼音音节，"
                    "字母和数字照写，不多也不少。"
                }
            )
