"""Images that always carry a text for people who do not see them, and documents."""

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.search import index

from ..document_text import preview


class SiteImage(AbstractImage):
    description = models.CharField(
        "替代文字", max_length=255, help_text="图里有什么？看不见图的人会听到这句话。"
    )

    admin_form_fields = (*Image.admin_form_fields,)

    class Meta(AbstractImage.Meta):
        verbose_name = "图片"
        verbose_name_plural = "图片"
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.description


class SiteRendition(AbstractRendition):
    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    changes_no_page = True  # Made while a page is made; a change of the image itself counts.

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]


class SiteDocument(AbstractDocument):
    text_preview = models.TextField("文字预览", blank=True, editable=False)

    admin_form_fields = Document.admin_form_fields
    search_fields = [*AbstractDocument.search_fields, index.SearchField("text_preview")]

    def save(self, *args, **kwargs):
        """Reads the preview from a file that is new or has been replaced."""
        if self.file and not self.file._committed:
            self.file_size = self.file.size
            with self.open_file() as opened:
                self.text_preview = preview(self.filename, opened.read())
                opened.seek(0)
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, "text_preview", "file_size"}
        super().save(*args, **kwargs)

    def clean(self):
        if self.file:  # Of a file that was refused nothing more is said.
            super().clean()

    @property
    def is_mute(self) -> bool:
        """Whether no words were found in a file that usually has some: a scan, as a rule."""
        return self.file_extension.lower() in ("pdf", "docx") and not self.text_preview

    class Meta(AbstractDocument.Meta):
        verbose_name = "文件"
        verbose_name_plural = "文件"
        permissions = [("choose_document", "Can choose document")]
