"""The blocks an editor builds a tree from."""

from decimal import Decimal

from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock

from home.blocks import ParagraphBlock
from home.blocks.tasks import AddressedBlock
from home.material_lists import choices_of_lists
from home.service_places.mine import LOCAL_KINDS, Kind

from ..blocks.procedure import ListChoiceBlock
from ..figures.blocks import FigureChooserBlock

CODE_HELP = "短的代码，例如“户籍”“结果一”。其他题目用它指到这里。"
TARGET_HELP = "下一题或结果的代码。"


class ConditionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="题目代码", max_length=20)
    answer = blocks.CharBlock(label="回答", max_length=60, help_text="和选项文字完全相同。")

    class Meta:
        label = "条件"
        label_format = "{question}为“{answer}”"


def conditions_block(label: str) -> blocks.ListBlock:
    return blocks.ListBlock(
        ConditionBlock(), label=label, default=[], help_text="不填表示总是；几条都满足才算。"
    )


class BranchBlock(blocks.StructBlock):
    conditions = blocks.ListBlock(ConditionBlock(), label="如果前面的回答是", min_num=1)
    target = blocks.CharBlock(label="改到", max_length=20, help_text=TARGET_HELP)

    class Meta:
        label = "例外"


class OptionBlock(blocks.StructBlock):
    label = blocks.CharBlock(label="选项文字", max_length=60)
    hint = blocks.CharBlock(label="补充说明", max_length=120, required=False)
    target = blocks.CharBlock(label="接着到", max_length=20, help_text=TARGET_HELP)
    branches = blocks.ListBlock(BranchBlock(), label="例外", default=[])

    class Meta:
        label = "选项"
        label_format = "{label} → {target}"


class QuestionBlock(blocks.StructBlock):
    code = blocks.CharBlock(label="代码", max_length=20, help_text=CODE_HELP)
    text = blocks.CharBlock(label="题目", max_length=100)
    help = blocks.CharBlock(label="说明", max_length=300, required=False)
    options = blocks.ListBlock(OptionBlock(), label="选项", min_num=1)

    class Meta:
        label = "选择题"
        icon = "help"
        label_format = "{code}：{text}"


class DateBranchBlock(blocks.StructBlock):
    when = blocks.ChoiceBlock(
        label="如果日期",
        choices=[
            ("before", "早于某日"),
            ("from", "某日当天或以后"),
            ("older", "距今超过若干天或月"),
            ("within", "距今不超过若干天或月"),
        ],
    )
    day = blocks.DateBlock(label="某日", required=False)
    days = blocks.IntegerBlock(label="天数", required=False, min_value=0, max_value=36500)
    months = blocks.IntegerBlock(
        label="或者月数",
        required=False,
        min_value=0,
        max_value=1200,
        help_text="按日历的月计算：8月23日起三个月，到11月23日为止。",
    )
    target = blocks.CharBlock(label="接着到", max_length=20, help_text=TARGET_HELP)

    class Meta:
        label = "日期条件"


class DateQuestionBlock(blocks.StructBlock):
    code = blocks.CharBlock(label="代码", max_length=20, help_text=CODE_HELP)
    text = blocks.CharBlock(label="题目", max_length=100)
    help = blocks.CharBlock(label="说明", max_length=300, required=False)
    allows_future = blocks.BooleanBlock(label="可以是以后的日期", required=False)
    not_before = blocks.CharBlock(
        label="不能早于",
        max_length=20,
        required=False,
        help_text="前面一个日期题的代码，例如火化日期不能早于去世日期。",
    )
    branches = blocks.ListBlock(DateBranchBlock(), label="日期条件", default=[])
    target = blocks.CharBlock(label="接着到", max_length=20, help_text="其他日期。" + TARGET_HELP)

    class Meta:
        label = "日期题"
        icon = "date"
        label_format = "{code}：{text}"


class MaterialItemBlock(blocks.StructBlock):
    name = blocks.CharBlock(label="材料", max_length=80)
    note = blocks.CharBlock(label="说明", max_length=200, required=False)
    conditions = conditions_block("只在这样回答时需要")

    class Meta:
        label = "材料"
        icon = "doc-empty"
        label_format = "{name}"


class AmountBlock(blocks.StructBlock):
    figure = FigureChooserBlock("guides.Figure", label="数据")
    label = blocks.CharBlock(
        label="名称", max_length=60, required=False, help_text="不填时用数据的名称。"
    )
    times = blocks.DecimalBlock(
        label="乘以", default=Decimal(1), min_value=Decimal("0.01"), max_value=Decimal(1000)
    )
    note = blocks.CharBlock(label="说明", max_length=120, required=False)
    is_apart = blocks.BooleanBlock(
        label="不算进合计", required=False, help_text="另外发的补贴等，列出来但不和其他金额相加。"
    )
    conditions = conditions_block("只在这样回答时计算")

    class Meta:
        label = "金额"
        icon = "decimal"


class NextStepBlock(AddressedBlock):
    label = blocks.CharBlock(label="做什么", max_length=40, help_text="用动词开头。")
    page = blocks.PageChooserBlock(label="打开页面", required=False)
    address = blocks.CharBlock(
        label="或者地址",
        required=False,
        max_length=200,
        help_text="站内地址、网址或应用名（marriage:index）。",
    )

    class Meta:
        label = "下一步"
        icon = "arrow-right"
        label_format = "{label}"


class FactBlock(blocks.StructBlock):
    question = blocks.CharBlock(label="题目代码", max_length=20)
    answer = blocks.CharBlock(label="回答", max_length=60, help_text="和选项文字完全相同。")
    fact = blocks.RegexBlock(
        regex=r"^[a-z_]+=[a-z_]+$",
        label="等于预约时的",
        max_length=60,
        help_text="例如 origin=hong_kong，与预约业务“办理材料”的“何时需要”同名。",
        error_messages={"invalid": "请写成“名称=值”，例如 origin=hong_kong。"},
    )

    class Meta:
        label = "对应"
        label_format = "{question}为“{answer}”：{fact}"


class OutcomeBlock(blocks.StructBlock):
    code = blocks.CharBlock(label="代码", max_length=20, help_text=CODE_HELP)
    title = blocks.CharBlock(label="结论", max_length=80)
    text = ParagraphBlock(label="说明", required=False)
    amounts = blocks.ListBlock(AmountBlock(), label="金额", default=[])
    amounts_note = blocks.CharBlock(label="金额的说明", max_length=200, required=False)
    list_key = ListChoiceBlock(
        choices=choices_of_lists,
        label="材料取自",
        required=False,
        help_text="选了预约业务，就用那里的材料清单，并给出预约的链接；下面只写清单以外的。",
    )
    facts = blocks.ListBlock(
        FactBlock(),
        label="回答和清单的对应",
        default=[],
        help_text="写了的，清单按回答减去不用带的；没写的，清单会注明什么情况才带。",
    )
    materials = blocks.ListBlock(MaterialItemBlock(), label="材料", default=[])
    places = blocks.ListBlock(
        SnippetChooserBlock("home.ServicePlace"),
        label="到哪里办、问谁",
        default=[],
        max_num=3,
        help_text="地址和电话取自服务网点，会印在告知单上。",
    )
    local_kind = blocks.ChoiceBlock(
        choices=[(kind.value, kind.label) for kind in Kind if kind in LOCAL_KINDS],
        label="每个街道各有一处的",
        required=False,
        help_text="例如街道政务服务中心：选了街道的人先看到自己街道的，没选的看到全部。",
    )
    next_steps = blocks.ListBlock(NextStepBlock(), label="下一步", default=[])

    class Meta:
        label = "结果"
        icon = "tick-inverse"
        label_format = "{code}：{title}"


TREE_BLOCKS = [
    ("question", QuestionBlock()),
    ("date_question", DateQuestionBlock()),
    ("outcome", OutcomeBlock()),
]
