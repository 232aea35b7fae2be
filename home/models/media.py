"""Images that always carry a text for people who do not see them, and documents."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from django.db import models
from wagtail.documents.models import AbstractDocument, Document
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    Image,
    SourceImageIOError,
)
from wagtail.search import index

from home.files.examination import preview


class SiteImage(AbstractImage):
    description = models.CharField(
        "替代文字", max_length=255, help_text="图里有什么？看不见图的人会听到这句话。"
    )

    admin_form_fields = (*Image.admin_form_fields,)
    # The chooser filters what it has found by tags.
    search_fields = [
        *AbstractImage.search_fields,
        index.RelatedFields("tags", [index.FilterField("name")]),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = "图片"
        verbose_name_plural = "图片"
        permissions = [("choose_image", "Can choose image")]

    @property
    def default_alt_text(self) -> str:
        return self.description

    @contextmanager
    def open_file(self) -> Iterator[IO[bytes]]:
        """The file, opened for this reader alone: threads share the images of memoized pages,
        and Wagtail's one handle was closed by the thread that was done first."""
        if not self.file._committed:
            with super().open_file() as file:
                yield file
            return
        try:
            file = self.file.storage.open(self.file.name)
        except OSError as error:
            raise SourceImageIOError(str(error)) from error
        with file:
            yield file


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
        """Reads the preview of a file that is new or replaced, unless its form has done so."""
        if self.file and not self.file._committed:
            self.file_size = self.file.size
            self.text_preview = getattr(self.file.file, "text_preview", None)
            if self.text_preview is None:
                self.text_preview = preview(self.filename, self.file.file)
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
