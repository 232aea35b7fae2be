"""Photographs of telephones are taken whatever their format and size; old office files are not,
and the editor reads what to do."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image

from home.files.pictures import fit
from home.models import SiteDocument, SiteImage

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def photograph(kind: str, size: tuple[int, int], **options) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, "teal").save(file, kind, **options)
    return file.getvalue()


def upload(client, name: str, content: bytes):
    form = {"title": "图", "description": "图", "file": SimpleUploadedFile(name, content)}
    return client.post(reverse("wagtailimages:add"), form)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_photograph_of_an_iphone_becomes_a_jpeg_without_its_place(admin_client):
    notes = Image.Exif()
    notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (23.0, 5.0, 0.0)
    content = photograph("HEIF", (64, 48), exif=notes.tobytes())
    assert upload(admin_client, "IMG_0001.HEIC", content).status_code == 302
    stored = SiteImage.objects.get()
    assert stored.file.name.endswith(".jpg")
    with Image.open(stored.file) as picture:
        assert picture.format == "JPEG"
        assert picture.size == (64, 48)
        assert not picture.getexif().get_ifd(ExifTags.IFD.GPSInfo)


def test_fifty_million_pixels_are_scaled(admin_client, settings):
    content = photograph("JPEG", (8192, 6144), quality=30)
    assert upload(admin_client, "p.jpg", content).status_code == 302
    stored = SiteImage.objects.get()
    assert max(stored.width, stored.height) == settings.MAX_PICTURE_EDGE


def test_more_pixels_than_a_telephone_makes_are_refused(admin_client, settings):
    settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS = 1000
    answer = upload(admin_client, "p.jpg", photograph("JPEG", (64, 48)))
    assert "请重新导出或者缩小" in answer.content.decode()
    assert not SiteImage.objects.exists()


def test_a_heic_that_is_none_is_refused(admin_client):
    answer = upload(admin_client, "p.heic", b"not a picture at all")
    assert answer.status_code == 200
    assert "图片" in answer.content.decode()
    assert not SiteImage.objects.exists()
    assert fit(BytesIO(b"ftypheic" * 20), 10_000, 100) is None


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("申请表.doc", "“另存为”.docx"),
        ("申请表.WPS", "“另存为”.docx"),
        ("台账.xls", "“另存为”.xlsx"),
        ("台账.et", "“另存为”.xlsx"),
        ("公文.ofd", "成PDF"),
        ("资料.rar", "改成.zip"),
        ("程序.exe", "可以上传的是"),
        ("没有扩展名", "可以上传的是"),
    ],
)
@pytest.mark.parametrize("view", ["add", "add_multiple"])
def test_files_that_are_not_taken_are_refused_with_what_to_do(admin_client, view, name, advice):
    file = SimpleUploadedFile(name, b"x" * 100)
    form = {"files[]": file} if view == "add_multiple" else {"title": "表", "file": file}
    answer = admin_client.post(
        reverse(f"wagtaildocs:{view}"), form, headers={"x-requested-with": "XMLHttpRequest"}
    )
    is_json = "json" in answer["Content-Type"]
    assert advice in (str(answer.json()) if is_json else answer.content.decode())
    assert not SiteDocument.objects.exists()
