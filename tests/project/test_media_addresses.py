"""Uploaded files by their address on the disk: pictures yes, documents no."""

import pytest
from django.core.files.base import ContentFile
from wagtail.models import Collection, CollectionViewRestriction

from home.models import SiteDocument

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.txt").write_text("picture")
    return tmp_path


def test_a_private_document_is_not_read_around_its_login(client):
    collection = Collection.get_first_root_node().add_child(name="内部")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    document = SiteDocument(title="内部文件", collection=collection)
    document.file.save("inner.txt", ContentFile(b"inner"))
    name = document.file.name.removeprefix("documents/")
    for address in (
        f"/media/documents/{name}",
        f"/media//documents/{name}",
        f"/media/documents//{name}",
        f"/media/images/../documents/{name}",
        f"/media/images/%2e%2e/documents/{name}",
    ):
        assert client.get(address).status_code == 404, address
    assert client.get(document.url).status_code == 302
    assert client.get("/media/images/a.txt").status_code == 200


@pytest.mark.parametrize("path", ["x" * 300, "x/" * 3000, "../settings", "images/a.txt/b"])
def test_a_name_that_is_no_file_is_missing(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_pictures_of_staff_that_were_taken_once_are_shown_to_nobody(client, folder):
    (folder / "avatar_images").mkdir()
    (folder / "avatar_images" / "me.tiff").write_bytes(b"II")
    assert client.get("/media/avatar_images/me.tiff").status_code == 404
