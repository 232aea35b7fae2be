"""One page type as a newcomer to Wagtail writes it: a stream of rich text."""

from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page


class StockPage(Page):
    body = StreamField([("text", blocks.RichTextBlock())])

    class Meta:
        app_label = "stock"
