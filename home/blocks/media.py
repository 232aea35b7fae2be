"""Pictures and files."""

from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageChooserBlock

from .families import ILLUSTRATIONS, PREVIEW


def _any_picture() -> dict:
    return {"image": get_image_model().objects.first(), "caption": "图注写在图的下面"}


def _any_file() -> dict:
    return {"document": get_document_model().objects.first(), "note": "填好后带到窗口"}


class PictureBlock(blocks.StructBlock):
    """A picture; its alternative text belongs to the image itself."""

    image = ImageChooserBlock(label="图片")
    caption = blocks.CharBlock(label="图注", required=False, max_length=120)

    class Meta:
        label = "图片"
        group = ILLUSTRATIONS
        description = "照片、示意图。宽度自动适应屏幕；不要把文字做成图片。"
        preview_template = PREVIEW
        preview_value = staticmethod(_any_picture)
        icon = "image"
        template = "home/blocks/picture.html"


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="文件")
    note = blocks.CharBlock(label="说明", required=False, max_length=120)

    class Meta:
        label = "附件"
        group = ILLUSTRATIONS
        description = "供下载的文件，自动写出类型、大小，能先看里面的文字。"
        preview_template = PREVIEW
        preview_value = staticmethod(_any_file)
        icon = "doc-full"
        template = "home/blocks/attachment.html"
