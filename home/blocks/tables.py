"""Tables with a caption and a heading row, readable on a phone."""

from collections.abc import Callable

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .families import ILLUSTRATIONS, PREVIEW

# Returns (placeholder, label) for each value that is substituted when a page is shown.
PlaceholderSource = Callable[[], list[tuple[str, str]]]
_sources: list[PlaceholderSource] = []


def offer_placeholders(source: PlaceholderSource) -> None:
    """Offers the placeholders of `source` in cells of tables; call from AppConfig.ready."""
    if source not in _sources:
        _sources.append(source)


def placeholders() -> list[tuple[str, str]]:
    return [placeholder for source in _sources for placeholder in source()]


class NonEmptyBlock(blocks.StructBlock):
    """A block that cannot be submitted or published while it would show nothing."""

    EMPTY_MESSAGE = ""

    def is_empty(self, value) -> bool:
        raise NotImplementedError

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and self.is_empty(cleaned):
            raise blocks.StructBlockValidationError(non_block_errors=[self.EMPTY_MESSAGE])
        return cleaned


class DataTableBlock(NonEmptyBlock):
    EMPTY_MESSAGE = "表格里还没有内容。请填写，或者删去这个表格。"

    caption = blocks.CharBlock(
        label="表题", max_length=80, help_text="一句话说明表里是什么，读屏软件会先读出来。"
    )
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label="文字", required=False, max_length=2000)),
            ("number", blocks.DecimalBlock(label="数字", required=False)),
            (
                "mark",
                blocks.ChoiceBlock(
                    label="数据（随数据更新）", choices=placeholders, required=False
                ),
            ),
        ],
        label="表格",
    )

    class Meta:
        label = "按列填写的表格"
        group = ILLUSTRATIONS
        description = "每列一类内容：文字、数字，或者随“数据”更新的金额。"
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

    def is_empty(self, value) -> bool:
        cells = [cell for row in value["table"].row_data for cell in row["values"]]
        return not any(str(cell).strip() for cell in cells if cell is not None)
