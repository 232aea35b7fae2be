"""Images carry a text and come in small modern formats; files tell what is in them."""

import io
import re

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from openpyxl import Workbook
from PIL import Image

import home.roles
from home.files.document_text import MAX_LENGTH
from home.files.examination import preview
from home.files.picture_sizes import has_sizes, make_missing, make_sizes
from home.models import DownloadPage, SiteDocument, SiteImage
from home.templatetags.content import file_facts
from tests.home.factories import make_home, publish


@pytest.fixture
def admin(client, settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(get_user_model().objects.create_superuser("chief", "", "secret"))
    return client


def picture(width: int = 1600, height: int = 900) -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", (width, height), "#0B5563").save(data, "PNG")
    data.seek(0)
    return data


def upload(admin, name: str, data: bytes, **fields):
    file = SimpleUploadedFile(name, data, "image/png")
    fields = {"title": "图", "file": file, "collection": "1", "tags": "", **fields}
    return admin.post("/admin/images/add/", fields, follow=True)


def test_an_image_needs_a_text(admin):
    upload(admin, "a.png", picture(40, 40).getvalue(), description="")
    assert not SiteImage.objects.exists()
    upload(admin, "a.png", picture(40, 40).getvalue(), description="蓝色方块")
    assert SiteImage.objects.get().default_alt_text == "蓝色方块"


@pytest.mark.parametrize("name", ["a.svg", "a.png"])
def test_an_svg_with_script_is_refused(admin, name):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    response = upload(admin, name, svg, description="图")
    assert response.status_code == 200
    assert "error" in response.content.decode()
    assert not SiteImage.objects.exists()


def test_a_picture_is_offered_in_sizes_and_modern_formats(admin):
    image = SiteImage(title="图", description="河", file=ImageFile(picture(), "river.png"))
    image.save()
    make_sizes.func(image.pk)
    html = Template(
        '{% include "home/blocks/picture.html" %}',
    ).render(Context({"value": {"image": image, "caption": "珠江"}}))
    assert 'type="image/avif"' in html
    assert 'type="image/webp"' in html
    assert len(re.findall(r" 480w", html)) == 3
    assert 'alt="河"' in html
    assert "1440w" in html


def test_no_visitor_waits_for_the_sizes_of_a_picture(admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        upload(admin, "a.png", picture().getvalue(), description="河")
    image = SiteImage.objects.get()
    made = set(image.renditions.values_list("filter_spec", flat=True))
    Template(
        '{% include "home/blocks/picture.html" %}{% load content %}{% shared_picture value.image %}',
    ).render(Context({"value": {"image": image}}))
    shown = set(image.renditions.values_list("filter_spec", flat=True))
    assert len(shown) > 9
    assert shown == made


@pytest.mark.django_db
def test_a_picture_without_its_sizes_is_shown_in_one_and_made_later(settings, tmp_path):
    """Four visitors made nine sizes each, side by side, and waited a minute."""
    settings.MEDIA_ROOT = tmp_path
    image = SiteImage(title="图", description="河", file=ImageFile(picture(), "river.png"))
    broken = SiteImage(title="图", description="河", file=ImageFile(picture(), "no.png"))
    image.save()
    broken.save()
    (tmp_path / broken.file.name).write_bytes(b"none")
    page = Template('{% include "home/blocks/picture.html" %}')
    html = page.render(Context({"value": {"image": image}}))
    assert image.renditions.count() == 1
    assert 'alt="河"' in html
    assert 'loading="lazy"' in html
    make_missing()
    assert has_sizes(image)
    assert not has_sizes(broken)


def test_visitors_share_the_image_of_a_memoized_page_but_no_open_file(admin):
    """The first to be done closed the file of the others: ValueError, 500."""
    upload(admin, "a.png", picture().getvalue(), description="河")
    image = SiteImage.objects.get()
    first, second = image.open_file(), image.open_file()
    opened, also_opened = first.__enter__(), second.__enter__()
    assert opened.read(4) == b"\x89PNG"
    first.__exit__(None, None, None)
    assert also_opened.read(4) == b"\x89PNG"
    second.__exit__(None, None, None)


def test_previews_of_files():
    book = Workbook()
    book.active.append(["街道", "电话"])
    data = io.BytesIO()
    book.save(data)
    assert "街道 电话" in preview("表.xlsx", data.getvalue())
    assert preview("a.txt", "民政".encode("gb18030")) == "民政"
    assert preview("a.csv", b"\xef\xbb\xbfa,b") == "a,b"
    assert len(preview("a.txt", b"x" * 1_000_000)) == MAX_LENGTH
    for encoding in ("utf-8", "gb18030"):
        assert (
            preview("a.txt", ("民政局" * 4000).encode(encoding)) == ("民政局" * 4000)[:MAX_LENGTH]
        )
    for name in ("a.docx", "a.xlsx", "a.pdf"):
        assert preview(name, b"PK broken") == ""


@pytest.mark.django_db
def test_a_document_tells_type_size_and_words(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument(title="表", file=ContentFile("申请人姓名".encode(), "form.txt"))
    document.save()
    document.refresh_from_db()
    document.get_file_size()
    assert document.text_preview == "申请人姓名"
    assert file_facts(document).startswith("TXT，15")


def pdf(words: str) -> bytes:
    """The smallest PDF of one page with these (Latin) words; none for a page without text."""
    stream = f"BT /F1 12 Tf 72 720 Td ({words}) Tj ET".encode() if words else b"0 0 9 9 re f"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    return body + (
        b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (table, start)
    )


@pytest.mark.django_db
@pytest.mark.parametrize(("words", "mute"), [("Application form", False), ("", True)])
def test_a_pdf_shows_its_words_or_says_that_it_has_none(client, settings, tmp_path, words, mute):
    settings.MEDIA_ROOT = tmp_path
    document = SiteDocument(title="申请表", file=ContentFile(pdf(words), "form.pdf"))
    document.save()
    assert (document.text_preview, document.is_mute) == (words, mute)
    files = [{"type": "file", "value": document.pk}]
    page = publish(make_home(), DownloadPage(slug="forms", title="下载", files=files))
    html = client.get(page.url).content.decode()
    assert ("可能是扫描件" in html) == mute
    assert words in html
    assert "PDF，" in html


def test_an_editor_uploads_pictures_and_files(client, settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    home.roles.set_up_roles()
    editor = get_user_model().objects.create_user("editor")
    editor.groups.add(Group.objects.get(name=home.roles.EDITOR))
    client.force_login(editor)
    upload(client, "a.png", picture(40, 40).getvalue(), description="蓝色方块")
    assert SiteImage.objects.get().uploaded_by_user == editor
    file = SimpleUploadedFile("表.txt", "姓名".encode())
    client.post("/admin/documents/add/", {"title": "表", "file": file, "collection": "1"})
    assert SiteDocument.objects.get().text_preview == "姓名"
    menu = client.get("/admin/").content.decode()
    assert "/admin/images/" in menu
    assert "/admin/documents/" in menu
