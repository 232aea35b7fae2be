"""A handful of large files does not keep everybody else waiting."""

from contextlib import ExitStack
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from home import sandbox
from home.sandbox import concurrency

from . import readers


@pytest.fixture
def busy(monkeypatch):
    monkeypatch.setattr(concurrency, "WAIT_SECONDS", 0.01)
    with ExitStack() as taken:
        for _ in range(concurrency.AT_ONCE):
            taken.enter_context(sandbox.limited())
        yield taken


def test_the_next_reads_when_one_is_done(busy):
    with pytest.raises(sandbox.BusyError):
        sandbox.read_all(readers.words, b"a")
    busy.close()
    for _ in range(concurrency.AT_ONCE + 1):
        assert sandbox.read_all(readers.words, b"a") == ["a"]
        with pytest.raises(sandbox.FileRefusedError):
            sandbox.read_all(readers.fail, b"a")
        values = sandbox.read(readers.words, b"a b")
        next(values)
        values.close()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "file"), [("wagtailimages:add", "a.png"), ("wagtaildocs:add", "a.txt")]
)
def test_who_finds_too_many_is_asked_to_come_again(admin_client, busy, name, file):
    content = BytesIO(b"words")
    if file.endswith("png"):
        Image.new("RGB", (20, 20)).save(content, "PNG")
    given = {"title": "表", "description": "图", "collection": 1}
    given["file"] = SimpleUploadedFile(file, content.getvalue())
    response = admin_client.post(reverse(name), given)
    assert response.status_code == 503
    assert "请过一分钟再试" in response.content.decode()
    assert response["Retry-After"] == "60"
