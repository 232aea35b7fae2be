"""Words of citizens and what this site calls the same thing."""

import re

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from home.models.shown_form import ShownForm

SEPARATOR = re.compile(r"[、，,;；\s]+")


def words_of(text: str) -> list[str]:
    return [word for word in SEPARATOR.split(text) if word]


class Synonym(index.Indexed, models.Model):
    """领证、扯证 → 结婚登记: who searches the former also finds the latter.

    Without official words the said words carry no meaning (怎么办, 需要什么) and are left
    out when nothing is found with them.
    """

    base_form_class = ShownForm

    said = models.CharField(
        "市民的说法", max_length=200, help_text="一个或多个词，用顿号隔开，例如：领证、扯证。"
    )
    official = models.CharField(
        "本站的说法",
        max_length=200,
        blank=True,
        help_text="例如：结婚登记。不填表示这些词没有实际意思（如“怎么办”），搜索时可以略去。",
    )
    is_sample = models.BooleanField("示例", default=False, editable=False)

    panels = [FieldPanel("said"), FieldPanel("official")]
    search_fields = [
        index.SearchField("said"),
        index.AutocompleteField("said"),
        index.SearchField("official"),
        index.AutocompleteField("official"),
    ]

    class Meta:
        verbose_name = "同义词"
        verbose_name_plural = "同义词"
        ordering = ["said", "pk"]

    def __str__(self) -> str:
        return f"{self.said} → {self.official or '（略去）'}"

    def clean(self):
        if not words_of(self.said):
            raise ValidationError({"said": "请填写至少一个词。"})
        same = set(words_of(self.said)) & set(words_of(self.official))
        if same:
            raise ValidationError({"said": f"“{'、'.join(sorted(same))}”两边都有，请删去一边。"})
