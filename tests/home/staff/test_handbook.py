"""The handbook: each task has a page, steps and a picture of this site."""

import re
from pathlib import Path

import pytest
import wagtail
from django.urls import reverse

from home.staff.handbook import TEXTS, tasks

ROOT = Path(__file__).resolve().parents[3]
# Made of two words, a sign, an example.
NOT_ON_A_SCREEN = {"写通知公告", "＋", "…", "户口簿"}
WRITTEN = {".py", ".html", ".js", ".po"}


def words_of_screens() -> str:
    """The source of whatever the admin shows: ours, and the translations of Wagtail."""
    ours = [ROOT / app for app in ("home", "guides", "place_names", "static/js")]
    files = [
        *(path for folder in ours for path in folder.rglob("*") if path.suffix in WRITTEN),
        *Path(wagtail.__file__).parent.rglob("locale/zh_Hans/LC_MESSAGES/*.po"),
    ]
    return "".join(path.read_text(encoding="utf-8") for path in files)


def test_what_the_handbook_quotes_stands_on_a_screen():
    quoted = re.findall("“([^”]+)”", TEXTS.read_text(encoding="utf-8"))
    names = {part for words in quoted for part in words.split(" → ")} - NOT_ON_A_SCREEN
    screens = words_of_screens()
    assert len(names) > 20
    assert {name for name in names if name not in screens} == set()


def test_each_task_has_steps_and_a_picture():
    assert len(tasks()) > 10
    for task in tasks():
        assert len(task.steps) > 1, task.slug
        assert task.picture, task.slug


@pytest.mark.django_db
def test_each_task_has_its_page(admin_client):
    listed = admin_client.get(reverse("handbook")).content.decode()
    for task in tasks():
        assert reverse("handbook_task", args=[task.slug]) in listed
        page = admin_client.get(reverse("handbook_task", args=[task.slug])).content.decode()
        assert task.steps[0] in page.replace("&quot;", '"')
    assert admin_client.get(reverse("handbook_task", args=["none"])).status_code == 404
