"""Tables with a caption and a heading row, readable on a phone."""

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock


class DataTableBlock(blocks.StructBlock):
    caption = blocks.CharBlock(
        label="表题", max_length=80, help_text="一句话说明表里是什么，读屏软件会先读出来。"
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="文字", required=False, max_length=300)),
            ("number", blocks.DecimalBlock(label="数字", required=False)),
        ],
        label="表格",
    )

    class Meta:
        label = "表格"
        icon = "table"
        template = "home/blocks/table.html"
        label_format = "{caption}"
