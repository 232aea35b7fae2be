"""Trouble with the cache never fails a page."""

import errno
import socket
import time

import pytest
from django.core.cache import caches
from django.core.cache.backends.base import InvalidCacheKey
from django.test import Client

from civil_affairs.settings.caching import caches as caches_at
from home.cache import backends, invalidation
from home.models import HomePage
from tests.home.factories import make_home


@pytest.fixture
def files(settings, tmp_path, monkeypatch):
    settings.CACHES = {**settings.CACHES, **caches_at("", tmp_path)}
    monkeypatch.setattr(backends.FileCache, "_logged_at", float("-inf"))
    return tmp_path / "cache"


def only_entry(folder):
    [path] = folder.glob("*.djcache")
    return path


BROKEN = {
    "empty": b"",
    "NUL-filled": bytes(4096),
    "noise": bytes(range(256)) * 4,
    "a class that is gone": b"\x80\x04N.x\x9cK\x00",
}


@pytest.mark.parametrize("content", [*BROKEN.values(), "first half", "last byte missing"])
def test_a_broken_entry_is_not_found_and_dropped(files, content):
    cache = caches["default"]
    cache.set("key", {"value": 1})
    path = only_entry(files)
    whole = path.read_bytes()
    if isinstance(content, str):
        content = whole[: len(whole) // 2] if content == "first half" else whole[:-1]
    path.write_bytes(content)
    assert cache.get("key") is None
    assert list(files.glob("*.djcache")) == []
    cache.set("key", 2)
    assert cache.get("key") == 2


def test_a_full_disk_only_means_that_nothing_is_stored(files, monkeypatch, caplog):
    cache = caches["default"]
    cache.set("key", 1)

    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("tempfile.mkstemp", full)
    for _ in range(3):
        cache.set("key", 2)
        cache.add("other", 2)
    assert cache.get("key") == 1
    assert cache.get("other") is None
    assert backends.state() == "unavailable"
    assert len([each for each in caplog.records if each.name == "civil_affairs.cache"]) == 1


def test_content_changes_on_a_full_disk_too(files, monkeypatch, db):
    before = invalidation.content_version()
    monkeypatch.setattr("tempfile.mkstemp", lambda **kwargs: 1 / 0)
    invalidation._change_version()
    assert invalidation.content_version() != before


def test_a_folder_that_cannot_be_made_is_no_error(settings, tmp_path):
    (tmp_path / "cache").write_text("a file stands where the folder should be")
    settings.CACHES = {**settings.CACHES, **caches_at("", tmp_path)}
    caches["default"].set("key", 1)
    assert caches["default"].get("key") is None
    assert backends.state() == "unavailable"


def test_a_wrong_key_is_still_an_error(settings, monkeypatch):
    settings.CACHES = {**settings.CACHES, **caches_at("redis://127.0.0.1:1/0", None)}

    def refuse(*args, **kwargs):
        raise InvalidCacheKey

    monkeypatch.setattr(caches["default"], "validate_key", refuse)
    with pytest.raises(InvalidCacheKey):
        caches["default"].set("key", 1)


@pytest.mark.django_db
@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
def test_pages_are_served_whatever_the_cache_holds(files, settings, content):
    settings.PAGE_CACHE_SECONDS = 600
    make_home()
    client = Client()
    first = client.get("/").content
    entries = list(files.rglob("*.djcache"))
    assert len(entries) >= 2
    for path in entries:
        path.write_bytes(content)
    response = client.get("/")
    assert response.status_code == 200
    assert response.content == first
    HomePage.objects.get().save()


@pytest.mark.django_db
def test_a_server_that_does_not_answer_costs_little_and_no_page(settings, monkeypatch):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        settings.CACHES = {**settings.CACHES, **caches_at(url, None)}
        settings.PAGE_CACHE_SECONDS = 600
        monkeypatch.setattr(backends.ServerCache, "_paused_until", float("-inf"))
        make_home()
        assert Client().get("/").status_code == 200
        assert backends.ServerCache._paused_until > time.monotonic()
        assert backends.state() == "unavailable"
    monkeypatch.setattr(backends.ServerCache, "_paused_until", float("-inf"))
    assert Client().get("/").status_code == 200


def test_the_state_is_that_of_the_cache(files):
    assert backends.state() == "ok"
    assert list(files.glob("*.djcache")) == []


@pytest.mark.parametrize("url", ["memcached://host", "redis", "file://relative/folder", "/folder"])
def test_another_kind_of_url_is_refused(url, tmp_path):
    with pytest.raises(ValueError, match="CACHE_URL"):
        caches_at(url, tmp_path)


def test_urls():
    at_server = caches_at("redis://cache:6379/1", None)
    assert at_server["default"]["LOCATION"] == "redis://cache:6379/1"
    assert at_server["default"]["KEY_PREFIX"] != at_server["pages"]["KEY_PREFIX"]
    assert str(caches_at("file:///var/cache%20site", None)["default"]["LOCATION"]) == (
        "/var/cache site"
    )
