"""The blocks an editor builds the questionnaire and the rules of a guide from."""

from decimal import Decimal

from wagtail import blocks

from ..figures.blocks import FigureChooserBlock
from ..questions.blocks import CODE_HELP
from .rules import NumberTest

QUESTION_HELP = "“看看能领什么”里题目的代码。"


class FinderOptionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label="选项文字", max_length=60)
    hint = blocks.CharBlock(label="补充说明", max_length=120, required=False)
    is_unsure = blocks.BooleanBlock(
        label="等于没有回答", required=False, help_text="例如“不清楚”：结果会写明取决于什么。"
    )

    is_default = blocks.BooleanBlock(
        label="先选上", required=False, help_text="多数人这样回答，例如“没有”。每题最多一个。"
    )

    class Meta:
        label = "选项"
        label_format = "{label}"


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="小标题", max_length=40)
    help = blocks.CharBlock(label="说明", max_length=200, required=False)

    class Meta:
        label = "小标题"
        icon = "title"
        label_format = "{text}"


class _AskedBlock(blocks.StructBlock):
    code = blocks.CharBlock(label="代码", max_length=20, help_text=CODE_HELP)
    text = blocks.CharBlock(label="题目", max_length=100)
    help = blocks.CharBlock(label="说明", max_length=300, required=False)
    is_required = blocks.BooleanBlock(label="必须回答", required=False)


class ChoiceQuestionBlock(_AskedBlock):
    options = blocks.ListBlock(FinderOptionBlock(), label="选项", min_num=2)

    class Meta:
        label = "选择题"
        icon = "help"
        label_format = "{code}：{text}"


class NumberQuestionBlock(_AskedBlock):
    unit = blocks.CharBlock(label="单位", max_length=10, required=False)
    max_value = blocks.IntegerBlock(label="最大", default=1_000_000, min_value=1)
    when_empty = blocks.IntegerBlock(label="不填当作", required=False, min_value=0)
    per_head_of = blocks.CharBlock(
        label="除以人数",
        max_length=20,
        required=False,
        help_text="一个“每人一个数”的题目的代码：填了就按人均计算。",
    )

    class Meta:
        label = "数字题"
        icon = "decimal"
        label_format = "{code}：{text}"


class NumbersQuestionBlock(_AskedBlock):
    unit = blocks.CharBlock(label="单位", max_length=10, required=False)
    max_value = blocks.IntegerBlock(label="最大", default=130, min_value=1)
    max_count = blocks.IntegerBlock(label="最多几个", default=15, min_value=1, max_value=30)

    class Meta:
        label = "每人一个数"
        icon = "group"
        label_format = "{code}：{text}"


FINDER_BLOCKS = [
    ("heading", HeadingBlock()),
    ("choice", ChoiceQuestionBlock()),
    ("number", NumberQuestionBlock()),
    ("numbers", NumbersQuestionBlock()),
]


class ChoiceTestBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="题目代码", max_length=20, help_text=QUESTION_HELP)
    answers = blocks.ListBlock(
        blocks.CharBlock(label="回答", max_length=60), label="回答是其中一个", min_num=1
    )
    is_none_of = blocks.BooleanBlock(label="反过来：不是其中任何一个", required=False)

    class Meta:
        label = "选择题的回答"
        label_format = "{question}：{answers}"


class NumberTestBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="题目代码", max_length=20, help_text=QUESTION_HELP)
    comparison = blocks.ChoiceBlock(
        label="比较",
        choices=[(key, words) for key, (words, _compare) in NumberTest.COMPARISONS.items()],
        default="at_least",
    )
    number = blocks.DecimalBlock(label="数", required=False)
    figure = FigureChooserBlock("guides.Figure", label="或者数据", required=False)
    leeway = blocks.DecimalBlock(
        label="数据过了复核日期时，几倍以内算“看情况”",
        default=Decimal(1),
        min_value=Decimal(1),
        max_value=Decimal(10),
    )

    class Meta:
        label = "数字题的回答"
        label_format = "{question} {comparison} {number}{figure}"


TESTS = [("choice", ChoiceTestBlock()), ("number", NumberTestBlock())]


class RequirementBlock(blocks.StructBlock):
    words = blocks.CharBlock(label="条件", max_length=120, help_text="一句话，给市民看。")
    any_of = blocks.StreamBlock(TESTS, label="符合其中一条就算", min_num=1)
    law = blocks.CharBlock(
        label="依据",
        max_length=160,
        help_text="哪份文件第几条，几份用“；”隔开；没有的写明是本指南的申请条件。",
    )
    if_unmet = blocks.ChoiceBlock(
        label="不符合时", choices=[("no", "不能领"), ("depends", "看情况")], default="no"
    )
    reason = blocks.CharBlock(
        label="不符合时怎么说",
        max_length=200,
        required=False,
        help_text="为什么不能领、该怎么办。",
    )

    class Meta:
        label = "条件"
        icon = "tick"
        label_format = "{words}"


class ContradictionBlock(blocks.StructBlock):
    words = blocks.CharBlock(
        label="怎么问", max_length=200, help_text="一句话，给市民看：哪两个回答对不上。"
    )
    given = blocks.StreamBlock(TESTS, label="这样回答，全都符合", min_num=1)
    unless = blocks.StreamBlock(
        TESTS, label="而这些一条也不符合", required=False, help_text="没有回答的题目不算对不上。"
    )

    class Meta:
        label = "对不上的回答"
        icon = "warning"
        label_format = "{words}"


class BenefitAmountBlock(blocks.StructBlock):
    figure = FigureChooserBlock("guides.Figure", label="数据")
    label = blocks.CharBlock(label="名称", max_length=60, required=False)
    note = blocks.CharBlock(label="说明", max_length=120, required=False)
    ages = blocks.CharBlock(
        label="按谁的年龄",
        max_length=20,
        required=False,
        help_text="“每人一个数”的题目代码：年龄合适的每人一份。",
    )
    age_from = blocks.IntegerBlock(label="从几岁", required=False, min_value=0)
    age_to = blocks.IntegerBlock(label="到几岁", required=False, min_value=0)
    times = blocks.CharBlock(
        label="几份", max_length=20, required=False, help_text="数字题的代码：回答几就是几份。"
    )
    gap = blocks.CharBlock(
        label="补差",
        max_length=20,
        required=False,
        help_text="按人均计算的题目代码：发标准和人均收入的差额，每人一份。",
    )
    only_if = blocks.ListBlock(ChoiceTestBlock(), label="只在这样回答时", default=[])

    class Meta:
        label = "金额"
        icon = "decimal"


class BenefitBlock(blocks.StructBlock):
    name = blocks.CharBlock(label="叫什么", max_length=60)
    is_urgent = blocks.BooleanBlock(
        label="要先办", required=False, help_text="例如亲人去世、急难：结果里排在别的前面。"
    )
    is_service = blocks.BooleanBlock(
        label="本身不发钱",
        required=False,
        help_text="服务或者认定：结果里另列，不算进“可以领”的项数。",
    )
    after = blocks.CharBlock(
        label="先问哪一项",
        max_length=60,
        required=False,
        help_text="另一项待遇的名称：两项都可能时，那一项排在前面。例如先问低保，再办低收入认定。",
    )
    requirements = blocks.ListBlock(RequirementBlock(), label="条件", min_num=1)
    amounts = blocks.ListBlock(BenefitAmountBlock(), label="金额", default=[])
    note = blocks.CharBlock(
        label="说明", max_length=200, required=False, help_text="例如不能和哪一项一起领。"
    )

    class Meta:
        label = "一项待遇"
        icon = "form"
        label_format = "{name}"
