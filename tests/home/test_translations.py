"""The words of the admin: no English comes back unnoticed with an upgrade of Wagtail."""

import functools
import json
import re
import string
from pathlib import Path

import django
import django_filters
import polib
import pytest
import wagtail
from django.apps import apps
from django.utils.translation import gettext, ngettext, override, trans_real

import home

OURS = Path(home.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")


def catalogues(package, language: str, domain: str) -> list[Path]:
    root = Path(package.__file__).parent
    return sorted(root.glob(f"**/locale/{language}/LC_MESSAGES/{domain}.po"))


def installed(language: str, domain: str) -> list[Path]:
    """The catalogues of the applications of others that this site installs."""
    paths = (
        Path(app.path, "locale", language, "LC_MESSAGES", f"{domain}.po")
        for app in apps.get_app_configs()
        if app.name != "home"
    )
    return [path for path in paths if path.exists()]


@functools.cache
def read(path: Path) -> list:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def entries(paths) -> dict:
    """Entries by (context, text), obsolete ones left out."""
    found = {}
    for path in paths:
        for entry in read(path):
            found.setdefault((entry.msgctxt, entry.msgid), entry)
    return found


def translated(paths) -> set:
    return {key for key, entry in entries(paths).items() if entry.translated()}


def ours(domain: str) -> dict:
    return entries([OURS / f"{domain}.po"])


def chinese(entry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def placeholders(text: str) -> set[str]:
    """What a program fills in, and the tags: %(name)s, %d, {name}, <b>."""
    percent = re.findall(r"%(?:\(\w+\))?[sdr]", text)
    braces = {f"{{{name}}}" for _, name, _, _ in string.Formatter().parse(text) if name}
    return {*percent, *braces, *re.findall(r"</?\w+[^>]*>", text)}


@pytest.mark.parametrize("domain", DOMAINS)
def test_all_words_of_wagtail_have_chinese(domain):
    english = entries(catalogues(wagtail, "en", domain))
    assert len(english) > 80
    known = translated(catalogues(wagtail, "zh_Hans", domain)) | translated([OURS / f"{domain}.po"])
    assert set(english) - known == set()


def test_django_finds_chinese_for_all_words_of_the_installed_applications():
    """At run time: a catalogue counts only where Django looks for it.

    django-filter, for one, has zh_CN, which Django does not take for zh-hans.
    """
    paths = [
        *installed("en", "django"),
        Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po",
        *catalogues(django_filters, "zh_CN", "django"),
    ]
    texts = entries(paths)
    assert len(texts) > 1500
    known = trans_real.translation("zh-hans")._catalog
    missing = []
    for (context, text), entry in texts.items():
        key = text if context is None else f"{context}\x04{text}"
        if ((key, 0) if entry.msgid_plural else key) not in known:
            missing.append(key)
    assert missing == []


@pytest.mark.parametrize("domain", DOMAINS)
def test_the_compiled_catalogue_holds_what_the_source_says(domain):
    compiled = {
        (entry.msgctxt, entry.msgid): (entry.msgstr, entry.msgstr_plural)
        for entry in polib.mofile(str(OURS / f"{domain}.mo"))
    }
    source = {
        key: (entry.msgstr, entry.msgstr_plural)
        for key, entry in ours(domain).items()
        if entry.translated()
    }
    assert compiled == source


@pytest.mark.parametrize("domain", DOMAINS)
def test_every_entry_is_filled_in_and_keeps_its_placeholders_and_tags(domain):
    entries_of_ours = ours(domain).values()
    assert entries_of_ours
    for entry in entries_of_ours:
        assert entry.translated(), entry.msgid
        allowed = [placeholders(entry.msgid), placeholders(entry.msgid_plural)]
        for text in chinese(entry):
            assert placeholders(text) in allowed, entry.msgid


@pytest.mark.parametrize("domain", DOMAINS)
def test_none_of_our_words_is_left_over(domain):
    """An entry that Wagtail no longer asks for, or translates the same way, should go."""
    english = entries(
        [
            *catalogues(wagtail, "en", domain),
            *catalogues(django, "en", domain),
            *catalogues(django_filters, "zh_CN", domain),
        ]
    )
    assert set(ours(domain)) - set(english) == set()
    upstream = entries(installed("zh_Hans", domain))
    same = {
        key
        for key, entry in ours(domain).items()
        if key in upstream and chinese(entry) == chinese(upstream[key])
    }
    assert same == set()


def test_the_admin_takes_our_words(client, db):
    with override("zh-hans"):
        assert gettext("Search all pages…") == "搜索所有页面…"
        # Wagtail's own catalogue says 片段 and 工作流.
        assert gettext("Snippets") == "资料"
        assert gettext("Workflow") == "审核流程"
        assert ngettext("1 page", "%(counter)s pages", 3) == "%(counter)s个页面"
    catalogue = client.get("/admin/jsi18n/").content.decode()
    words = json.loads(re.search(r"newcatalog = (\{.*?\n  \});", catalogue, re.DOTALL)[1])
    assert words["Insert a block"] == "插入内容块"
    assert words["Enter your comments..."] == "写下批注…"
    assert words["Cancel"] == "取消"
    assert words["%(num)s error"] == ["%(num)s处错误"]


def test_names_of_many_have_no_english_ending():
    names = [str(model._meta.verbose_name_plural) for model in apps.get_models()]
    assert [name for name in names if name.endswith("s") and not name.isascii()] == []
