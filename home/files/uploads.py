"""What may be uploaded: pictures that can be drawn, and files that are what their name says."""

import os

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.sandbox import FileRefusedError, limited

from .examination import examine
from .pictures import fit


class WholeImageField(WagtailImageField):
    """A picture that can be shown, upright, without notes and not larger than pages need."""

    def to_python(self, data):
        """The picture; a ValidationError where it is none or ends too soon."""
        if data in self.empty_values:
            return super().to_python(data)
        self.check_image_file_size(data)
        name, extension = os.path.splitext(data.name)
        if extension[1:].lower() in self.allowed_image_extensions:
            # Before Wagtail looks: it would refuse what is only too large, and HEIC as no JPEG.
            pixels = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS
            with limited():
                found = fit(data, pixels, settings.MAX_PICTURE_EDGE)
            if found and found[1] is not None:
                is_changed = extension.lower() in (".heic", ".heif")
                kept = f"{name}.{found[0]}" if is_changed else data.name
                data = SimpleUploadedFile(kept, found[1], f"image/{found[0]}")
            if found is None:
                raise ValidationError(self.unfit())
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # Pillow raises many things.
            raise ValidationError(self.unfit()) from error

    def unfit(self) -> str:
        pixels = settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 10_000
        return f"这幅图片不完整，或者超过{pixels}万像素，不能显示。请重新导出或者缩小后再上传。"


class SiteImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if given := self.fields.get("file"):
            self.fields["file"] = WholeImageField(
                label=given.label, required=given.required, widget=given.widget
            )


OFFICE = "请用Word或WPS打开，“另存为”{new}，再上传；只给公众看、不要别人改的，也可以另存为PDF。"
INSTEAD = {
    "doc": f"这是旧的Word格式，很多手机打不开。{OFFICE.format(new='.docx')}",
    "wps": f"这是WPS自己的格式，没有装WPS的人打不开。{OFFICE.format(new='.docx')}",
    "xls": f"这是旧的Excel格式。{OFFICE.format(new='.xlsx')}",
    "et": f"这是WPS自己的表格格式。{OFFICE.format(new='.xlsx')}",
    "ppt": f"这是旧的演示文稿格式。{OFFICE.format(new='.pptx')}",
    "dps": f"这是WPS自己的演示文稿格式。{OFFICE.format(new='.pptx')}",
    "ofd": "这是公文系统的版式格式，多数人打不开。请用OFD阅读器打开，“另存为”或“打印”成PDF，再上传。",
    "rar": "这是RAR压缩包，很多电脑打不开。请改成.zip，或者把文件一个一个上传。",
    "7z": "这是7z压缩包，很多电脑打不开。请改成.zip，或者把文件一个一个上传。",
}
"""What to do with files that are not taken, by extension."""


class SiteDocumentForm(BaseDocumentForm):
    def clean_file(self):
        """Looks into the file here, before the transaction in which it is saved."""
        file = self.cleaned_data.get("file")
        if "file" in self.changed_data and file:
            extension = os.path.splitext(file.name)[1][1:].lower()
            if extension not in settings.WAGTAILDOCS_EXTENSIONS:
                taken = "、".join(settings.WAGTAILDOCS_EXTENSIONS)
                words = INSTEAD.get(extension, f"可以上传的是：{taken}。")
                raise ValidationError(f"不能上传.{extension or '没有扩展名'}文件。{words}")
            try:
                file.text_preview = examine(file, file.name)
            except FileRefusedError as error:
                raise ValidationError(str(error)) from error
        return file
