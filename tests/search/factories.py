"""Pages and other things for the tests of search."""

from wagtail.models import Page, Site
from wagtail.rich_text import RichText

from guides.models import GuideIndexPage, GuidePage
from home.models import HomePage, NoticeIndexPage, NoticePage, PlainPage


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
    page = PlainPage(title=title, summary=summary, body=paragraphs(body), **fields)
    return home_page().add_child(instance=page)


def paragraphs(text: str) -> list:
    """A body with one paragraph, or none for an empty text."""
    return [("paragraph", RichText(f"<p>{text}</p>"))] if text else []


def notice_page(title: str, body: str = "", **fields) -> NoticePage:
    """A published notice."""
    index = NoticeIndexPage.objects.first() or home_page().add_child(
        instance=NoticeIndexPage(title="通知", slug="notices")
    )
    fields.setdefault("slug", f"page-{Page.objects.count()}")
    return index.add_child(instance=NoticePage(title=title, body=paragraphs(body), **fields))


def guide_page(title: str, **fields) -> GuidePage:
    """A published guide."""
    index = GuideIndexPage.objects.first() or home_page().add_child(
        instance=GuideIndexPage(title="办事", slug="guides")
    )
    fields.setdefault("slug", f"page-{Page.objects.count()}")
    return index.add_child(instance=GuidePage(title=title, **fields))
