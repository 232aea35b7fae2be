"""The parts of an official guide: law, materials, steps, questions, who is in charge."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock

from home.blocks.families import GUIDANCE, PREVIEW
from home.blocks.text import ParagraphBlock
from home.material_lists import (
    choices_of_facts,
    choices_of_lists,
    facts_of,
    material_list,
)


class LegalBasisBlock(blocks.StructBlock):
    law = blocks.CharBlock(label="法规名称", max_length=120, help_text="不用写书名号。")
    article = blocks.CharBlock(label="条款", required=False, max_length=60)
    number = blocks.CharBlock(label="文号", required=False, max_length=80)
    content = blocks.TextBlock(label="讲了什么", required=False, max_length=400, rows=2)
    policy = blocks.PageChooserBlock(
        page_type=["guides.PolicyPage"],
        label="本站的这份文件",
        required=False,
        help_text="选了，公众可以点开原文；文件失效时会提醒改这里。",
    )

    class Meta:
        label = "设定依据"
        icon = "doc-full-inverse"
        label_format = "《{law}》{article}"


class MaterialBlock(blocks.StructBlock):
    name = blocks.CharBlock(label="材料名称", max_length=80)
    form = blocks.ChoiceBlock(
        label="形式",
        choices=[
            ("original", "原件"),
            ("original_copy", "原件和复印件"),
            ("copy", "复印件"),
            ("electronic", "电子证照"),
            ("on_site", "现场填写"),
        ],
        default="original",
    )
    copies = blocks.IntegerBlock(label="份数", min_value=1, max_value=20, default=1)
    required = blocks.BooleanBlock(label="每个人都要", required=False, default=True)
    note = blocks.CharBlock(
        label="说明", required=False, max_length=200, help_text="什么情况要、哪里开、注意什么。"
    )
    sample = DocumentChooserBlock(label="空表或样表", required=False)
    shared_name = blocks.CharBlock(
        label="合并时叫什么",
        required=False,
        max_length=80,
        help_text="几项待遇一起申请时，叫法相同的只列一次，例如“身份证、户口簿”。不填用材料名称。",
    )

    class Meta:
        label = "材料"
        icon = "doc-empty"
        label_format = "{name}"


def form_label(material) -> str:
    """The form of a material in words: 原件, 原件和复印件 …"""
    choices = dict(material.block.child_blocks["form"].field.choices)
    return choices.get(material["form"], "原件")


class ListChoiceBlock(blocks.ChoiceBlock):
    """Its keys are text, as they are stored: a page that reads them asks for no lists."""

    def normalize_choice(self, value):
        return value


class MaterialListBlock(blocks.StructBlock):
    """The list of a booking service, as far as what is known of the couple decides it."""

    caption = blocks.CharBlock(label="表题", max_length=80)
    list_key = ListChoiceBlock(label="材料取自", choices=choices_of_lists)
    facts = blocks.MultipleChoiceBlock(
        choices=choices_of_facts,
        label="双方是",
        required=False,
        help_text="选了的，清单只列他们要带的；没选的，清单会注明什么情况才带。",
    )
    note = ParagraphBlock(
        label="清单后的说明",
        required=False,
        help_text="例如其他人的清单在哪里看。",
    )

    class Meta:
        label = "材料清单"
        group = GUIDANCE
        description = "预约业务的材料清单。那里一改，这里跟着改。"
        preview_template = PREVIEW
        preview_value = {"caption": "要带的材料", "list_key": "", "facts": []}
        icon = "list-ul"
        template = "guides/pages/material_list.html"
        label_format = "{caption}"

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        context["listed"] = material_list(value["list_key"], facts_of(value["facts"] or ()))
        return context


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label="做什么", max_length=40)
    text = blocks.TextBlock(label="怎么做", required=False, max_length=500, rows=2)
    time = blocks.CharBlock(label="多久", required=False, max_length=40)

    class Meta:
        label = "步骤"
        icon = "list-ol"
        label_format = "{title}"


class FaqBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="问", max_length=100)
    answer = ParagraphBlock(label="答")

    class Meta:
        label = "常见问题"
        icon = "help"
        label_format = "{question}"


class RouteBlock(blocks.StructBlock):
    situation = blocks.CharBlock(label="您的情况", max_length=80)
    body = blocks.CharBlock(label="找谁办", max_length=80)
    advice = blocks.CharBlock(label="怎么办", required=False, max_length=200)
    here = blocks.BooleanBlock(label="本指南适用", required=False)


class RoutingBlock(blocks.StructBlock):
    """Which body is in charge in which case, so that nobody queues at the wrong counter."""

    title = blocks.CharBlock(label="标题", max_length=60, default="先看看该找谁办")
    routes = blocks.ListBlock(RouteBlock(label="情况"), label="情况", min_num=2)

    class Meta:
        label = "对号入座"
        group = GUIDANCE
        description = "什么情况找哪个部门，让人先对上自己的情况，不跑错窗口。"
        preview_template = PREVIEW
        preview_value = {
            "title": "先看看该找谁办",
            "routes": [
                {"situation": "道路、街巷的名称", "body": "民政部门", "here": True},
                {"situation": "小区、大楼的名称", "body": "住房建设部门"},
            ],
        }
        icon = "decimal"
        template = "guides/pages/routing.html"
        label_format = "{title}"
