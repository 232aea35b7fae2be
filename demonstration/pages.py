"""Pages of the demonstration are added where they are missing."""

from wagtail.models import Page


def add_page(parent: Page, page: Page, *, in_menu: bool = False) -> Page:
    """Publishes `page` under `parent`, unless a page with its slug is there; returns that page."""
    found = parent.get_children().filter(slug=page.slug).first()
    if found:
        return found.specific
    page.show_in_menus = in_menu
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page
