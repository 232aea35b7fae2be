"""Pages and other things for the tests of search."""

from wagtail.models import Page, Site

from home.models import HomePage, PlainPage


def home_page() -> HomePage:
    """The home page of the default site, made on first use."""
    found = HomePage.objects.first()
    if found:
        return found
    root = Page.get_first_root_node()
    page = root.add_child(instance=HomePage(title="首页", slug="haizhu-home"))
    site = Site.objects.filter(is_default_site=True).first() or Site(
        hostname="localhost", is_default_site=True
    )
    site.root_page = page
    site.save()
    return page


def plain_page(title: str, body: str = "", summary: str = "", **fields) -> PlainPage:
    """A published plain page under the home page."""
    fields.setdefault("slug", f"page-{Page.objects.count()}")
    page = PlainPage(title=title, summary=summary, body=f"<p>{body}</p>" if body else "", **fields)
    return home_page().add_child(instance=page)
