"""Uploads that are not what they seem are refused in words."""

import zipfile
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import ExifTags, Image
from wagtail.images import get_image_model

from home.models import SiteDocument
from home.uploads import is_what_it_says

pytestmark = pytest.mark.django_db


def jpeg() -> bytes:
    file = BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(file, "JPEG")
    return file.getvalue()


def archive(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name in names:
            made.writestr(name, "x")
    return file.getvalue()


@pytest.fixture
def chief(client):
    client.force_login(get_user_model().objects.create_superuser("chief"))
    return client


@pytest.mark.parametrize(
    "name", ["wagtailimages:add", "wagtailimages:add_multiple", "wagtailimages_chooser:create"]
)
def test_a_damaged_picture_is_refused_wherever_it_is_uploaded(chief, name):
    def send(content: bytes):
        file = SimpleUploadedFile("p.jpg", content, "image/jpeg")
        prefix = "image-chooser-upload-" if "chooser" in name else ""
        words = {f"{prefix}title": "图", f"{prefix}description": "图"}
        multiple = {"files[]": file} if "multiple" in name else {f"{prefix}file": file}
        return chief.post(
            reverse(name), words | multiple, headers={"x-requested-with": "XMLHttpRequest"}
        )

    response = send(jpeg()[:2000])
    assert response.status_code == 200
    words = response.json() if "json" in response["Content-Type"] else response.content.decode()
    assert "这幅图片不完整" in str(words)
    assert not get_image_model().objects.exists()
    accepted = send(jpeg())
    if "multiple" in name:  # It is saved once it has been described.
        assert accepted.json()["success"]
    else:
        assert get_image_model().objects.count() == 1


def test_a_picture_from_a_phone_is_kept_upright_and_without_its_place(chief):
    file, notes = BytesIO(), Image.Exif()
    notes[ExifTags.Base.Orientation] = 6
    notes.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (23.0, 5.0, 0.0)
    Image.new("RGB", (80, 50)).save(file, "JPEG", exif=notes)
    sent = SimpleUploadedFile("p.jpg", file.getvalue(), "image/jpeg")
    form = {"title": "图", "description": "图", "file": sent}
    assert chief.post(reverse("wagtailimages:add"), form).status_code == 302
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (50, 80)
    with image.open_file() as kept, Image.open(kept) as picture:
        assert picture.size == (50, 80)
        assert not picture.getexif()


@pytest.mark.parametrize(
    ("extension", "content", "good"),
    [
        ("pdf", b"%PDF-1.7 ...", True),
        ("pdf", b"<html>%PDF</html>", False),
        ("docx", archive("[Content_Types].xml"), True),
        ("docx", archive("other.xml"), False),
        ("docx", archive("[Content_Types].xml")[:40], False),
        ("xlsx", b"name,amount", False),
        ("zip", archive("a"), True),
        ("zip", b"", False),
        ("csv", b"name,amount", True),
    ],
    ids=range(9),
)
def test_a_file_has_the_format_of_its_name(extension, content, good):
    assert is_what_it_says(BytesIO(content), extension) is good


def test_a_page_saved_as_pdf_is_refused_in_the_form(chief):
    file = SimpleUploadedFile("form.pdf", b"<html></html>", "application/pdf")
    response = chief.post(reverse("wagtaildocs:add"), {"title": "表", "file": file})
    assert "不是.pdf格式" in response.content.decode()
    assert len(response.context["form"].errors["file"]) == 1
    assert not SiteDocument.objects.exists()
