"""The frame of the demonstration: settings, home page, areas, notices, plain pages.

`load` adds what is missing and never touches a page that is there: an editor's changes
stay. The texts are in `site.toml`.
"""

import tomllib
from pathlib import Path

from wagtail.models import Page, Site

from demonstration.notation import blocks, rows
from demonstration.pages import add_page
from demonstration.pictures import AREAS, picture, picture_block
from home.models import (
    ApplicationPage,
    EventPage,
    HomePage,
    NoticeIndexPage,
    NoticePage,
    PlainPage,
    SectionPage,
    SiteSettings,
)

from . import service_places

PATH = Path(__file__).with_name("site.toml")


def home_page(data: dict) -> HomePage:
    """The home page of the default site; takes the place of the one that Wagtail installs."""
    found = HomePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()
    root.refresh_from_db()
    cards = {
        name: [
            {"type": "task", "value": {**row, "page": None}}
            for row in rows(data[name], "title", "text", "icon", "address")
        ]
        for name in ("tasks", "shortcuts")
    }
    home = add_page(root, HomePage(slug="home", **{**data, **cards}))
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname = site.hostname or "localhost"
    site.site_name = data["title"]
    site.root_page = home
    site.save()
    return home


def load_areas(home: Page, data: dict) -> None:
    parent = add_page(
        home,
        SectionPage(slug="areas", title=data["title"], summary=data["summary"]),
        in_menu=True,
    )
    for row in rows(data["rows"], "slug", "title", "icon", "summary"):
        body = blocks(data["bodies"].get(row["slug"], ""))
        cover = picture(AREAS[row["slug"]])
        add_page(parent, SectionPage(**row, is_area=True, body=body, share_image=cover))


def load_notices(home: Page, data: dict) -> None:
    areas = {section.slug: section for section in SectionPage.objects.filter(is_area=True)}
    parent = add_page(home, NoticeIndexPage(slug="notices", **data["notices"]), in_menu=True)
    for key, model in (("notice", NoticePage), ("event", EventPage)):
        for entry in data[key]:
            if parent.get_children().filter(slug=entry["slug"]).exists():
                continue
            fields = {**entry, "section": areas.get(entry["section"]), "is_sample": True}
            fields["body"] = blocks(entry["body"])
            if name := fields.pop("picture", ""):
                fields["body"].insert(0, picture_block(name))
                fields["share_image"] = picture(name)
            add_page(parent, model(**fields))


def load(progress=print) -> None:
    """Adds the pages and settings of the frame that are missing."""
    data = tomllib.loads(PATH.read_text(encoding="utf-8"))
    home = home_page(data["home"])
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.get_or_create(site=site, defaults=data["settings"])
    for row in rows(data["applications"]["rows"], "slug", "title", "view_name", "summary"):
        add_page(home, ApplicationPage(**row), in_menu=True)
    load_areas(home, data["areas"])
    load_notices(home, data)
    for entry in data["plain"]:
        add_page(home, PlainPage(**{**entry, "body": blocks(entry["body"])}))
    progress(f"  栏目页面{home.get_descendants().count()}个")
    service_places.load(progress)
