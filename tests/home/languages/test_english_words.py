"""The English around the pages under `/en/`: everything that is asked for is there, and compiled."""

import re
from pathlib import Path

import polib

import home
from home.languages.locales import HAN

ROOT = Path(home.__file__).parents[1]
CATALOGUE = ROOT / "home" / "locale" / "en" / "LC_MESSAGES" / "django.po"
IN_TEMPLATE = re.compile(r"""\{% translate (["'])(.*?)\1""")
IN_CODE = re.compile(r"""\b(?:gettext|gettext_lazy|_)\(\s*"([^"]*)"\s*\)""")


def asked_for() -> set[str]:
    """The Chinese texts that templates and code translate."""
    found = set()
    for path in ROOT.glob("*/**/templates/**/*.html"):
        found |= {match[1] for match in IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))}
    for path in [*ROOT.glob("site/templates/**/*.html")]:
        found |= {match[1] for match in IN_TEMPLATE.findall(path.read_text(encoding="utf-8"))}
    for folder in ("home", "guides", "marriage", "search", "place_names", "site"):
        for path in (ROOT / folder).glob("**/*.py"):
            found |= set(IN_CODE.findall(path.read_text(encoding="utf-8")))
    return {text for text in found if HAN.search(text)}


def test_all_words_around_the_pages_have_english():
    known = {entry.msgid for entry in polib.pofile(str(CATALOGUE)) if entry.translated()}
    assert len(asked_for()) > 80
    assert asked_for() - known == set()


def test_the_english_is_english_and_keeps_its_placeholders():
    for entry in polib.pofile(str(CATALOGUE)):
        assert not HAN.search(entry.msgstr), entry.msgid
        placed = re.findall(r"%\(\w+\)s", entry.msgid)
        assert re.findall(r"%\(\w+\)s", entry.msgstr) == placed, entry.msgid


def test_the_compiled_catalogue_holds_what_the_source_says():
    compiled = polib.mofile(str(CATALOGUE.with_suffix(".mo")))
    source = polib.pofile(str(CATALOGUE))
    assert {e.msgid: e.msgstr for e in compiled} == {e.msgid: e.msgstr for e in source}
