"""Tables with a caption and a heading row, readable on a phone."""

from collections.abc import Callable

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .families import ILLUSTRATIONS, PREVIEW

# Gives (mark, words) for each piece of data that is filled in when a page is shown.
Marks = Callable[[], list[tuple[str, str]]]
_sources: list[Marks] = []


def offer_marks(source: Marks) -> None:
    """Lets cells of tables be filled from `source`; call from AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)


def marks() -> list[tuple[str, str]]:
    return [mark for source in _sources for mark in source()]


class TellingBlock(blocks.StructBlock):
    """A block that is refused at submission and publication while it would show nothing."""

    SAYS_NOTHING = ""

    def says_nothing(self, value) -> bool:
        raise NotImplementedError

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and self.says_nothing(cleaned):
            raise blocks.StructBlockValidationError(non_block_errors=[self.SAYS_NOTHING])
        return cleaned


class DataTableBlock(TellingBlock):
    SAYS_NOTHING = "表格里还没有内容。请填写，或者删去这个表格。"

    caption = blocks.CharBlock(
        label="表题", max_length=80, help_text="一句话说明表里是什么，读屏软件会先读出来。"
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="文字", required=False, max_length=2000)),
            ("number", blocks.DecimalBlock(label="数字", required=False)),
            ("mark", blocks.ChoiceBlock(label="数据（随数据更新）", choices=marks, required=False)),
        ],
        label="表格",
    )

    class Meta:
        label = "表格"
        group = ILLUSTRATIONS
        description = "第一行是各列的标题；手机上每一行变成一张卡片。金额请用“数据”一类的列。"
        preview_template = PREVIEW
        preview_value = {
            "caption": "各街道的窗口",
            "table": {
                "columns": [
                    {"type": "text", "heading": "街道"},
                    {"type": "text", "heading": "窗口"},
                ],
                "rows": [{"values": ["滨江街道", "3号"]}, {"values": ["沙园街道", "5号"]}],
            },
        }
        icon = "table"
        template = "home/blocks/table.html"
        label_format = "{caption}"

    def says_nothing(self, value) -> bool:
        cells = [cell for row in value["table"].row_data for cell in row["values"]]
        return not any(str(cell).strip() for cell in cells if cell is not None)
