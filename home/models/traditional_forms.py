"""Phrases that the automatic conversion to traditional characters gets wrong."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from home.models.shown_form import ShownForm

NO_MARKUP = RegexValidator(r"^[^<>&\"'\s]+\Z", "不能有空格、引号和<、>、&。")


class TraditionalForm(models.Model):
    """How a phrase is written in 繁體, before the automatic conversion; saving one changes every page."""

    base_form_class = ShownForm

    phrase = models.CharField(
        "简体词",
        max_length=40,
        unique=True,
        validators=[NO_MARKUP],
        help_text="照网页上的简体写。写词，少写单字：单字会换掉所有词里的这个字。",
    )
    form = models.CharField(
        "繁體词",
        max_length=40,
        validators=[NO_MARKUP],
        help_text="繁體版里怎样写；不要转换的，和简体词写成一样。",
    )
    source = models.CharField(
        "来源", max_length=200, help_text="公开的文件、字表或词典，写明名称和年份。"
    )
    checked_on = models.DateField("日期", help_text="核对来源的日子。")

    panels = [
        FieldRowPanel([FieldPanel("phrase"), FieldPanel("form")]),
        FieldRowPanel([FieldPanel("source"), FieldPanel("checked_on")]),
    ]

    class Meta:
        verbose_name = "繁體用字"
        ordering = ["phrase"]

    def __str__(self):
        return f"{self.phrase}→{self.form}"

    def clean(self):
        if self.phrase and not re.search(r"[\u3400-\u9fff]", self.phrase):
            raise ValidationError({"phrase": "请写汉字。"})
