"""What may be uploaded: pictures that can be drawn, and files that are what their name says."""

import zipfile
from io import BytesIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageOps
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

# A file of these formats is an archive that holds this part.
PARTS = {
    "docx": "[Content_Types].xml",
    "xlsx": "[Content_Types].xml",
    "pptx": "[Content_Types].xml",
    "odt": "mimetype",
    "zip": "",
}
PDF_STARTS_WITHIN = 1024  # ISO 32000-1, annex H.3.4.1: as readers accept it


def is_drawable(file) -> bool:
    """Whether the picture can be read to its last line; `file` is open and is rewound."""
    try:
        file.seek(0)
        with Image.open(file) as picture:
            if picture.width * picture.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
                return False
            picture.load()
    except Exception:  # Pillow raises what its many decoders happen to raise.
        return False
    finally:
        file.seek(0)
    return True


def upright(file):
    """The picture as it is looked at, and without the place where it was taken.

    Phones store a picture lying, with a note of how to turn it: a focal point chosen on the
    turned picture would lie elsewhere in the stored one. Other files come back as they are.
    """
    file.seek(0)
    with Image.open(file) as picture:
        notes = picture.getexif()
        lying = notes.get(ExifTags.Base.Orientation, 1) != 1
        if not lying and ExifTags.IFD.GPSInfo not in notes:
            file.seek(0)
            return file
        turned = BytesIO()
        profile = picture.info.get("icc_profile")
        ImageOps.exif_transpose(picture).save(
            turned, picture.format, quality=92, icc_profile=profile
        )
    return SimpleUploadedFile(file.name, turned.getvalue(), file.content_type)


def is_what_it_says(file, extension: str) -> bool:
    """Whether a document has the format that its name ends with; others are not looked into."""
    file.seek(0)
    try:
        if extension == "pdf":
            return b"%PDF-" in file.read(PDF_STARTS_WITHIN)
        if extension in PARTS:
            with zipfile.ZipFile(file) as archive:
                return not PARTS[extension] or PARTS[extension] in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    finally:
        file.seek(0)
    return True


class WholeImageField(WagtailImageField):
    def to_python(self, data):
        """The picture; a ValidationError where it is none or ends too soon."""
        try:
            file = super().to_python(data)
            is_whole = file is None or is_drawable(data)
            if file is not None and is_whole and (turned := upright(data)) is not data:
                file = super().to_python(turned)
        except ValidationError:
            raise
        except Exception:  # As above: Wagtail asks for the size before we do.
            is_whole = False
        if not is_whole:
            raise ValidationError(
                f"这幅图片不完整，或者超过{settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 10_000}万像素，不能显示。"
                "请重新导出或者缩小后再上传。"
            )
        return file


class SiteImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                label=given.label, required=given.required, widget=given.widget
            )


class SiteDocumentForm(BaseDocumentForm):
    def clean_file(self):
        file = self.cleaned_data.get("file")
        if "file" in self.changed_data and file:
            extension = file.name.rsplit(".", 1)[-1].lower()
            if not is_what_it_says(file, extension):
                raise ValidationError(
                    f"文件已损坏，或者不是.{extension}格式。请打开看看，重新保存后再上传。"
                )
        return file
