"""Pages that answer for the own case: a question at a time, then a result."""

from functools import cached_property

from django.db import models
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from home.cache.memoize import memoized
from home.fields import StreamField
from home.models import BasePage, ContentPage
from home.pages.visibility import open_to_all

from .answers import page_context
from .blocks import TREE_BLOCKS
from .checks import problems
from .drawing import draw
from .evaluation import evaluate
from .forms import QuestionTreeForm
from .parsing import tree_from
from .readable import readable_text
from .staff.panels import TreePanel
from .tree import Tree


class QuestionIndexPage(BasePage):
    page_description = "自助问答放在这里。全站只有一个。"
    parent_page_types = ["guides.GuideIndexPage"]
    subpage_types = ["guides.QuestionTreePage", "guides.BenefitFinderPage"]
    max_count = 1

    class Meta:
        verbose_name = "自助问答栏目"

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["trees"] = memoized("question trees", self._trees)
        return context

    def _trees(self) -> list["QuestionTreePage"]:
        live = open_to_all(QuestionTreePage.objects.child_of(self))
        return list(live.defer_streamfields().order_by("path"))


class QuestionTreePage(ContentPage):
    search_kind = "guide"
    is_prose = False  # Questions and answers in one row make no sentence.

    intro = RichTextField("开头的话", blank=True, features=["bold", "link", "ul"])
    steps = StreamField(
        TREE_BLOCKS,
        verbose_name="题目和结果",
        blank=True,
        help_text="第一个题目就是开头。发布前会检查走不通、绕圈、走不到的地方。",
    )

    sample_note = models.CharField(
        "示例说明", max_length=120, blank=True, help_text="哪些内容是示例。正式使用前请清空。"
    )

    base_form_class = QuestionTreeForm
    page_description = "一步一题，按回答告诉市民材料、金额和下一步。"
    parent_page_types = ["guides.QuestionIndexPage"]
    subpage_types = []
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("steps"),
        FieldPanel("sample_note"),
        TreePanel(heading="结构图（已保存的草稿）"),
    ]
    preview_modes = [("", "试答"), ("tree", "结构图")]
    search_fields = [
        *ContentPage.search_fields,
        index.SearchField("intro"),
        index.SearchField("readable_text"),
    ]

    class Meta:
        verbose_name = "自助问答"
        verbose_name_plural = "自助问答"

    @cached_property
    def tree(self) -> Tree:
        return tree_from(self.steps)

    def readable_text(self) -> str:
        """What search knows of the questions and results."""
        return readable_text(self.tree)

    @property
    def answer_url(self) -> str:
        return reverse("guides:answer", args=[self.slug])

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        today = timezone.localdate()
        tried = getattr(request, "tried_answers", ())
        context.update(page_context(self, evaluate(self.tree, tried, today), {}, today))
        context["is_preview"] = getattr(request, "is_preview", False)
        context["is_form"] = True
        return context

    def make_preview_request(
        self, original_request=None, preview_mode=None, extra_request_attrs=None
    ):
        """Lets the editor answer in the preview: there, and only there, answers travel openly."""
        attributes = dict(extra_request_attrs or {})
        if original_request is not None:
            attributes["tried_answers"] = original_request.GET.getlist("answer")
            attributes["preview_query"] = {
                key: original_request.GET[key]
                for key in ("mode", "in_preview_panel")
                if key in original_request.GET
            }
        return super().make_preview_request(original_request, preview_mode, attributes)

    def serve_preview(self, request, mode_name):
        if mode_name == "tree":
            picture = draw(self.tree) if self.tree.questions else None
            context = {"page": self, "picture": picture, "problems": problems(self.tree)}
            return TemplateResponse(request, "guides/questions/tree_preview.html", context)
        return super().serve_preview(request, mode_name)

    def publishing_errors(self) -> list[str]:
        """Where a citizen would get stuck."""
        return [*problems(self.tree), *super().publishing_errors()]
