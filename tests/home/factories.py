"""A small tree of pages for tests."""

from wagtail.models import Page, Site

from home.models import HomePage, SectionPage


def publish(parent: Page, page: Page) -> Page:
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def make_home() -> HomePage:
    """The home page of the default site, made once."""
    found = HomePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    home = publish(root, HomePage(slug="start", title="首页"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"hostname": "localhost", "root_page": home}
    )
    return home


def make_area(slug: str = "marriage", title: str = "婚姻登记") -> SectionPage:
    home = make_home()
    home.refresh_from_db()
    return publish(home, SectionPage(slug=slug, title=title, is_area=True))
