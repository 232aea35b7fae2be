"""A release is known by what makes its pages."""

import pytest
from django.apps import apps
from django.conf import settings

from home.cache.release import FOLDERS, fingerprint


@pytest.fixture
def root(tmp_path):
    for folder in FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "requirements.txt").write_text("wagtail==8.0\n")
    return tmp_path


@pytest.mark.parametrize(
    "changed", ["requirements.txt", "home/page.html", "static/page.css", "site/settings.py"]
)
def test_whatever_makes_pages_makes_a_release(root, changed):
    before = fingerprint(root)
    (root / changed).write_text("other")
    assert fingerprint(root) != before


def test_data_makes_no_release(root):
    before = fingerprint(root)
    (root / "home" / "__pycache__").mkdir()
    (root / "home" / "__pycache__" / "page.pyc").write_text("compiled")
    assert fingerprint(root) == before


def test_every_app_of_the_site_is_part_of_the_release():
    ours = {
        config.path.removeprefix(f"{settings.ROOT}/").split("/")[0]
        for config in apps.get_app_configs()
        if config.path.startswith(f"{settings.ROOT}/") and "site-packages" not in config.path
    }
    assert ours <= set(FOLDERS)
