"""Uploads that are not what they seem are refused in words."""

import zipfile
import zlib
from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from openpyxl import Workbook
from PIL import ExifTags, Image, ImageCms
from PIL.PngImagePlugin import PngInfo
from wagtail.images import get_image_model

from home import sandbox
from home.files import document_text
from home.files.examination import examine
from home.files.pictures import fit
from home.models import SiteDocument
from home.sandbox import FileRefusedError

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]

SRGB = ImageCms.createProfile("sRGB")


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


PLACE = b'<x:xmpmeta xmlns:x="adobe:ns:meta/" exif:GPSLatitude="23,5.0N"/>'


def picture_of(kind: str, size=(80, 50), mode="RGB", **options) -> BytesIO:
    file = BytesIO()
    Image.new(mode, size).save(file, kind, **options)
    return file


def with_text(**notes: str) -> PngInfo:
    info = PngInfo()
    for name, words in notes.items():
        info.add_itxt(name.replace("_", ":"), words)
    return info


@pytest.mark.parametrize(
    ("kind", "notes"),
    [
        ("JPEG", {"xmp": PLACE}),
        ("JPEG", {"comment": b"GPSLatitude"}),
        ("JPEG", {"extra": b"\xff\xed\x00\x14Photoshop 3.0 GPSLa"}),
        ("JPEG", {"extra": b"\xff\xe1\x00\x23http://ns.adobe.com/xmp/extension/"}),
        ("WEBP", {"xmp": PLACE}),
        ("AVIF", {"xmp": PLACE}),
        ("PNG", {"pnginfo": with_text(XML_com_adobe_xmp=PLACE.decode())}),
        ("PNG", {"pnginfo": with_text(Comment="GPSLatitude")}),
        ("GIF", {"comment": b"GPSLatitude"}),
    ],
)
def test_notes_of_every_kind_are_left_out(kind, notes):
    file = picture_of(kind, **notes)
    words = (b"GPSLa", b"ns.adobe.com")
    assert any(each in file.getvalue() for each in words)
    extension, content = fit(file, 10_000, 100)
    assert extension == {"JPEG": "jpg"}.get(kind, kind.lower())
    assert not any(each in content for each in words)
    with Image.open(BytesIO(content)) as kept:
        assert (kept.format, kept.size) == (kind, (80, 50))


def test_a_picture_without_notes_stays_byte_for_byte():
    for kind in ("PNG", "JPEG", "GIF", "WEBP", "AVIF"):
        assert fit(picture_of(kind), 10_000, 100)[1] is None
    with_profile = picture_of("JPEG", icc_profile=ImageCms.ImageCmsProfile(SRGB).tobytes())
    assert fit(with_profile, 10_000, 100)[1] is None


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
        *(("PNG", mode) for mode in ("RGBA", "P", "1", "LA", "I;16")),
        ("GIF", "P"),
        ("WEBP", "RGBA"),
    ],
)
def test_a_large_picture_is_scaled_down(kind, mode):
    _, content = fit(picture_of(kind, (3000, 1500), mode), 5_000_000, 2560)
    with Image.open(BytesIO(content)) as kept:
        assert (kept.format, kept.size) == (kind, (2560, 1280))


def test_a_photograph_of_50_megapixels_is_stored_as_pages_need_it(chief):
    sent = SimpleUploadedFile("p.jpg", picture_of("JPEG", (8192, 6144)).getvalue(), "image/jpeg")
    form = {"title": "图", "description": "图", "file": sent}
    assert chief.post(reverse("wagtailimages:add"), form).status_code == 302
    image = get_image_model().objects.get()
    assert (image.width, image.height) == (2560, 1920)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_goes_on_moving(kind):
    frames = [Image.new("RGB", (80, 50), colour) for colour in ("red", "blue", "green")]
    file = BytesIO()
    exif = Image.Exif()
    exif[ExifTags.Base.ImageDescription] = "x"
    notes = {"comment": b"x"} if kind == "GIF" else {"exif": exif}
    frames[0].save(
        file, kind, save_all=True, append_images=frames[1:], duration=80, loop=0, **notes
    )
    _, content = fit(file, 10_000, 100)
    with Image.open(BytesIO(content)) as kept:
        assert kept.n_frames == 3
        assert not kept.getexif()
        assert "comment" not in kept.info


@pytest.mark.parametrize("kind", ["TIFF", "PPM", "BMP", "TGA", "EPS", "ICO", "JPEG2000"])
def test_formats_that_browsers_do_not_show_are_no_pictures(kind):
    assert fit(picture_of(kind), 10_000, 100) is None


@pytest.mark.parametrize(
    ("extension", "content", "good"),
    [
        ("pdf", b"%PDF-1.7\n1 0 obj\nendobj", True),
        ("pdf", b"%PDF-1.4 not", False),
        ("pdf", b"<html>%PDF</html>", False),
        ("docx", archive("[Content_Types].xml"), True),
        ("docx", archive("other.xml"), False),
        ("docx", archive("[Content_Types].xml")[:40], False),
        ("xlsx", b"name,amount", False),
        ("zip", archive("a"), True),
        ("zip", b"", False),
        ("csv", b"name,amount", True),
    ],
    ids=range(10),
)
def test_a_file_has_the_format_of_its_name(tmp_path, extension, content, good):
    path = tmp_path / "file"
    path.write_bytes(content)
    found = document_text.inspect(path, extension)
    if good:
        assert next(found) == ""
        return
    with pytest.raises(FileRefusedError, match=rf"不是\.{extension}格式"):
        next(found)


def test_a_page_saved_as_pdf_is_refused_in_the_form(chief):
    file = SimpleUploadedFile("form.pdf", b"<html></html>", "application/pdf")
    response = chief.post(reverse("wagtaildocs:add"), {"title": "表", "file": file})
    assert "不是.pdf格式" in response.content.decode()
    assert len(response.context["form"].errors["file"]) == 1
    assert not SiteDocument.objects.exists()


def send(chief, name: str, content: bytes, url="wagtaildocs:add"):
    file = SimpleUploadedFile(name, content)
    return chief.post(reverse(url), {"title": "表", "file": file, "collection": 1})


def lying(content: bytes, size: int) -> bytes:
    """An archive whose directory and header say `size` of its only, deflated member."""
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", content)
    data = made.getvalue()
    real, told = len(content).to_bytes(4, "little"), size.to_bytes(4, "little")
    checksum = zlib.crc32(content).to_bytes(4, "little")
    honest = zlib.crc32(content[:size]).to_bytes(4, "little")
    return data.replace(real, told).replace(checksum, honest)


def test_an_archive_that_lies_about_its_sizes_is_refused(chief):
    """Libraries unpack a member whole, whatever its directory says: once to 2.3 GB."""
    response = send(chief, "a.docx", lying(bytes(3_000_000), 10))
    assert "不是.docx格式" in response.content.decode()


def test_an_archive_that_unpacks_beyond_measure_is_refused_in_words(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for number in range(11):
            packed.writestr(f"{number}", bytes(50 << 20))
    with pytest.raises(FileRefusedError, match="解开后超过500MB"):
        examine(path, "a.zip")


def test_a_document_has_a_limit_of_size(chief, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 1000
    response = send(chief, "a.txt", b"x" * 1001)
    assert response.status_code == 200
    assert "1000" in str(response.context["form"].errors["file"])
    assert not SiteDocument.objects.exists()


def test_a_file_is_read_once_and_outside_the_transaction(chief, monkeypatch):
    """400,000 empty rows were read inside it and held SQLite's write lock for 165 seconds."""
    depths = []

    def read(*args, **kwargs):
        depths.append(len(connection.savepoint_ids))
        return sandbox_read(*args, **kwargs)

    sandbox_read = sandbox.read
    monkeypatch.setattr(sandbox, "read", read)
    outside = len(connection.savepoint_ids)
    assert send(chief, "a.txt", "姓名".encode()).status_code == 302
    assert depths == [outside]
    assert SiteDocument.objects.get().text_preview == "姓名"
    SiteDocument.objects.all().delete()
    chief.post(
        reverse("wagtaildocs:add_multiple"),
        {"title": "表", "files[]": SimpleUploadedFile("b.txt", "电话".encode())},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    assert SiteDocument.objects.get().text_preview == "电话"
    assert len(depths) == 2


def test_a_workbook_of_empty_rows_is_kept_without_its_words(monkeypatch):
    made = BytesIO()
    book = Workbook(write_only=True)
    sheet = book.create_sheet("表")
    for _ in range(150_000):
        sheet.append([None])
    book.save(made)
    assert examine(made.getvalue(), "a.xlsx") == "表"


def test_a_text_that_cannot_be_read_in_time_is_no_reason_to_refuse(monkeypatch):
    pages = 400_000
    kids = b" ".join(b"3 0 R" for _ in range(pages))
    endless = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R>>endobj\n" + kids
    )
    assert examine(endless, "a.pdf") == ""
