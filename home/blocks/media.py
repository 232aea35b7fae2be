"""Pictures and files."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock


class PictureBlock(blocks.StructBlock):
    """A picture; its text for people who do not see it belongs to the image itself."""

    image = ImageChooserBlock(label="图片")
    caption = blocks.CharBlock(label="图注", required=False, max_length=120)

    class Meta:
        label = "图片"
        icon = "image"
        template = "home/blocks/picture.html"


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label="文件")
    note = blocks.CharBlock(label="说明", required=False, max_length=120)

    class Meta:
        label = "附件"
        icon = "doc-full"
        template = "home/blocks/attachment.html"
