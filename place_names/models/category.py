from django.db import models
from django.db.models import Q

from home.models.shown_form import ShownForm
from place_names.plain_names import PlainNames


class Category(PlainNames, models.Model):
    """A class of places by GB/T 18521-2001: a tree of codes of up to five digits."""

    base_form_class = ShownForm

    class Certainty(models.TextChoices):
        HIGH = "high", "有公开依据"
        MEDIUM = "medium", "有旁证"
        LOW = "low", "待核"

    code = models.CharField("类别代码", max_length=5, unique=True, help_text="五位，不足补0。")
    name = models.CharField("名称", max_length=60)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name="上级类别",
    )
    certainty = models.CharField(
        "把握程度", max_length=6, choices=Certainty, default=Certainty.HIGH
    )
    evidence = models.CharField("依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "地名类别"
        verbose_name_plural = verbose_name
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9]{5}$"),
                name="category_code_five_digits",
                violation_error_message="类别代码须为五位数字。",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")),
                name="category_not_its_own_parent",
                violation_error_message="类别不能是自己的上级。",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def stem(self) -> str:
        """The significant digits: every class below has a code that starts with them."""
        return self.code.rstrip("0")
