"""The page of the questionnaire; the rules are data of each guide."""

from functools import cached_property

from django.urls import reverse
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from home.fields import StreamField
from home.models import BasePage, ContentPage
from home.pages.visibility import open_to_all

from ..eligibility.blocks import FINDER_BLOCKS, ContradictionBlock
from ..eligibility.checks import (
    problems_of_contradictions,
    problems_of_order,
    problems_of_questions,
    problems_of_rules,
)
from ..eligibility.parsing import Asked, benefits_from, contradictions_from, questions_from
from ..figures.forms import FigureTextForm
from ..pages.models import GuidePage


class BenefitFinderPage(ContentPage):
    search_kind = "guide"

    intro = RichTextField("开头的话", blank=True, features=["bold", "link", "ul"])
    questions = StreamField(
        FINDER_BLOCKS,
        verbose_name="题目",
        blank=True,
        help_text="条件写在各个办事指南的“谁可以领”里，用这里的题目代码和选项。",
    )

    contradictions = StreamField(
        [("contradiction", ContradictionBlock())],
        verbose_name="对不上的回答",
        blank=True,
        help_text="出结果以前先请市民核对。题目代码加“的个数”，就是写了几个数，例如：年龄的个数。",
    )

    base_form_class = FigureTextForm
    page_description = "政策找人：一张问卷，按各指南的条件告诉市民可能能领什么。"
    parent_page_types = ["guides.QuestionIndexPage"]
    subpage_types = []
    max_count = 1
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("intro"),
        FieldPanel("questions"),
        FieldPanel("contradictions"),
    ]
    search_fields = [*ContentPage.search_fields, index.SearchField("intro")]

    class Meta:
        verbose_name = "看看能领什么"
        verbose_name_plural = "看看能领什么"

    @cached_property
    def questionnaire(self) -> tuple[Asked, ...]:
        return questions_from(self.questions)

    @property
    def result_url(self) -> str:
        return reverse("guides:benefits", args=[self.slug])

    @staticmethod
    def guides() -> list[GuidePage]:
        """The public guides that have rules, in tree order."""
        guides = open_to_all(GuidePage.objects).exclude(eligibility=[]).order_by("path")
        return [guide for guide in guides if guide.eligibility]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["fields"] = fields(self.questionnaire, {}, {})
        context["is_form"] = True
        return context

    def publishing_errors(self) -> list[str]:
        """Where somebody could not answer, or a guide asks for what is not asked."""
        asked = self.questionnaire
        found = problems_of_questions(asked)
        found += problems_of_contradictions(contradictions_from(self.contradictions), asked)
        for guide in self.guides():
            found += [f"《{guide.title}》：{problem}" for problem in self.problems_of(guide)]
        return [*found, *super().publishing_errors()]

    def problems_of(self, guide: GuidePage) -> list[str]:
        """Where the rules of a guide, live or draft, fit neither the questions nor the others."""
        benefits = benefits_from(guide.eligibility)
        names = self._public_names | {benefit.name for benefit in benefits}
        return [
            *problems_of_rules(benefits, self.questionnaire),
            *problems_of_order(benefits, names),
        ]

    @cached_property
    def _public_names(self) -> set[str]:
        """The names of the benefits of all guides."""
        rules = (benefits_from(guide.eligibility) for guide in self.guides())
        return {benefit.name for benefits in rules for benefit in benefits}


def fields(asked: tuple[Asked, ...], typed: dict, errors: dict) -> list[dict]:
    """The questions with what was typed and what is wrong with it, for the form."""
    return [
        {
            "asked": each,
            "typed": typed.get(each.code, each.default),
            "error": errors.get(each.code, ""),
        }
        for each in asked
    ]
