"""Headings, paragraphs and callouts."""

import re

from wagtail import blocks
from wagtail.rich_text import RichText

from .families import PREVIEW, WORDS

# Headings are blocks of their own, so that the heading levels of a page stay in order.
PARAGRAPH_FEATURES = ["bold", "ol", "ul", "link", "document-link", "figure"]


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label="标题文字", max_length=60)
    level = blocks.ChoiceBlock(
        label="级别",
        choices=[("2", "一级小标题"), ("3", "二级小标题")],
        default="2",
        search_index=False,
    )

    class Meta:
        label = "小标题"
        group = WORDS
        description = "把长文分成几节。一级下面才用二级。"
        preview_template = PREVIEW
        preview_value = {"text": "申请前先准备什么", "level": "2"}
        icon = "title"
        template = "home/blocks/heading.html"
        label_format = "{text}"


NOTHING_WRITTEN = re.compile(r"(<p[^>]*>(<br ?/>)?</p>)*")


class ParagraphBlock(blocks.RichTextBlock):
    def __init__(self, **kwargs):
        kwargs.setdefault("features", PARAGRAPH_FEATURES)
        super().__init__(**kwargs)

    def clean(self, value):
        """The editor sends an empty paragraph where nothing was written."""
        cleaned = super().clean(value)
        return RichText("") if NOTHING_WRITTEN.fullmatch(cleaned.source) else cleaned

    class Meta:
        label = "正文段落"
        group = WORDS
        description = "一段或几段话，可以有列表、链接和数据。"
        preview_template = PREVIEW
        preview_value = (
            "<p>先看清<b>条件</b>，再准备材料：</p><ul><li>身份证</li><li>户口簿</li></ul>"
        )
        icon = "pilcrow"


class CalloutBlock(blocks.StructBlock):
    """A callout. Its kind is a word, not only a colour."""

    kind = blocks.ChoiceBlock(
        label="类型",
        choices=[("info", "说明"), ("good", "好消息"), ("warning", "注意")],
        default="info",
    )
    title = blocks.CharBlock(label="标题", max_length=40)
    text = ParagraphBlock(label="内容")

    class Meta:
        label = "提示框"
        group = WORDS
        description = "最要紧的一句话，放在显眼的框里。一页不超过两个。"
        preview_template = PREVIEW
        preview_value = {"kind": "warning", "title": "注意", "text": "<p>节假日不办理。</p>"}
        icon = "info-circle"
        template = "home/blocks/callout.html"
        label_format = "{title}"
