"""Cards that words in a query bring up: for somebody in danger, and for complaints."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, PageChooserPanel

from home.models.shown_form import ShownForm


class SafetyCard(models.Model):
    """Telephone numbers to ring, and the words that bring them up.

    One for danger stands above all results; one for complaints is an answer among them.

    A line of `words` is a set of words that must all stand in what was searched, in any order:
    `老公 打我`; a word behind a minus must not stand there: `打我 -电话`. `numbers` has a telephone number and whose it is on each line.
    """

    class Kind(models.TextChoices):
        DANGER = "danger", "紧急求助"
        COMPLAINT = "complaint", "投诉、举报"

    base_form_class = ShownForm

    kind = models.CharField(
        "种类",
        max_length=12,
        choices=Kind,
        default=Kind.DANGER,
        help_text="紧急求助显示在最上面，下面只列最相关的；投诉、举报和普通答案一样，下面照常列出结果。",
    )
    title = models.CharField("标题", max_length=60, help_text="例如：有生命危险，马上打110。")
    text = models.CharField("说明", max_length=200, blank=True)
    numbers = models.TextField(
        "电话", help_text="一行一个：号码、空格、是谁的电话。例如：12345 政务服务热线。"
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name="求助的页面",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    words = models.TextField(
        "出现这些词时显示",
        help_text="一行一组；一组里用空格隔开的词要同时出现，例如：老公 打我。前面有减号的词不能出现，"
        "例如：打我 -电话。写错同音字也认得出。",
    )
    is_active = models.BooleanField("使用", default=True)
    sort_order = models.PositiveSmallIntegerField("顺序", default=0, help_text="小的优先。")

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("numbers"),
        PageChooserPanel("page"),
        FieldPanel("words"),
        FieldPanel("is_active"),
        FieldPanel("sort_order"),
    ]

    class Meta:
        verbose_name = "求助和投诉提示"
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.title

    def clean(self):
        super().clean()
        for line in self.numbers.splitlines():
            if line.strip() and not line.strip()[0].isdigit():
                raise ValidationError({"numbers": f"“{line.strip()}”要以电话号码开头。"})

    def lines(self) -> list[tuple[str, str]]:
        """(number, whose it is) in order."""
        found = []
        for line in self.numbers.splitlines():
            number, _, whose = line.strip().partition(" ")
            if number:
                found.append((number, whose.strip()))
        return found
