"""The pages in English, as translations of the Chinese where there is one.

`load` adds what is missing and never touches a page that is there. The texts are in `pages.toml`,
in the notation of `demonstration.notation` and two lines more: `@materials caption | service |
facts` shows the list of a booking service, `@places slug …` service places.
"""

import re
import tomllib
from pathlib import Path

from wagtail.models import Locale, Page

from demonstration.guides.loading import material_lists, questions
from demonstration.notation import blocks, rows
from demonstration.pages import add_page
from guides.models import GuideIndexPage, GuidePage, PolicyPage
from home.languages.locales import CHINESE, ENGLISH
from home.models import HomePage, PlainPage, ServicePlace

PATH = Path(__file__).with_name("pages.toml")


def body(text: str) -> list[dict]:
    """The notation as raw StreamField data."""
    found: list[dict] = []
    for chunk in re.split(r"\n\s*\n", text.strip()):
        name, _space, rest = chunk.partition(" ")
        if name == "@materials":
            found += material_lists(chunk)[0]
        elif name == "@places":
            keys = dict(ServicePlace.objects.values_list("slug", "pk"))
            places = [keys[slug] for slug in rest.split() if slug in keys]
            found.append({"type": "places", "value": {"places": places}})
        else:
            found += blocks(chunk)
    return found


def translation(page: Page, **fields) -> Page:
    """The English translation of a page with these fields; the one that is there stays."""
    locale = Locale.objects.get(language_code=ENGLISH)
    if found := page.get_translation_or_none(locale):
        return found
    translated = page.copy_for_translation(locale)
    for name, value in fields.items():
        setattr(translated, name, value)
    translated.draft_title = translated.title
    translated.save_revision().publish()
    translated.refresh_from_db()
    return translated


def home_page(data: dict) -> HomePage:
    cards = {
        name: [
            {"type": "task", "value": {**row, "page": None}}
            for row in rows(data[name], "title", "text", "icon", "address")
        ]
        for name in ("tasks", "shortcuts")
    }
    chinese = HomePage.objects.get(locale__language_code=CHINESE)
    return translation(chinese, **{**data, **cards, "search_words": "", "asked": ""})


def load_guides(entries: list[dict]) -> None:
    policies = dict(PolicyPage.objects.values_list("slug", "pk"))
    for entry in entries:
        original = GuidePage.objects.get(slug=entry["slug"], locale__language_code=CHINESE)
        laws = rows(entry["legal_basis"], "law", "article", "number", "content", "policy")
        steps = rows(entry["steps"], "title", "text", "time")
        translation(
            original,
            **{
                **entry,
                "conditions": body(entry["conditions"]),
                "body": body(entry["body"]),
                "steps": [{"type": "step", "value": row} for row in steps],
                "legal_basis": [
                    {"type": "law", "value": {**row, "policy": policies.get(row["policy"])}}
                    for row in laws
                ],
                "faq": questions(entry["faq"]),
                "materials": [],
                "eligibility": [],
                "related": [],
            },
        )


def load(progress=print) -> None:
    """Adds the English pages that are missing."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    home = home_page(data["home"])
    chinese = GuideIndexPage.objects.get(locale__language_code=CHINESE)
    translation(chinese, **data["guides"], show_in_menus=True, asked="")
    load_guides(data["guide"])
    for entry in data["plain"]:
        page = PlainPage(**{**entry, "body": body(entry["body"])}, locale=home.locale)
        add_page(home, page, in_menu=True)
    progress(f"  英文页面{home.get_descendants().count() + 1}个")
