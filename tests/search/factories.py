"""Pages and other things for the tests of search."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Page
from wagtail.rich_text import RichText

from guides.models import GuideIndexPage, GuidePage
from home.models import NoticeIndexPage, NoticePage, PlainPage
from search import roles
from tests.home.factories import make_home


def plain_page(title: str, body: str = "", summary: str = "", **fields) -> PlainPage:
    """A published plain page under the home page."""
    fields.setdefault("slug", f"page-{Page.objects.count()}")
    page = PlainPage(title=title, summary=summary, body=paragraphs(body), **fields)
    return make_home().add_child(instance=page)


def paragraphs(text: str) -> list:
    """A body with one paragraph, or none for an empty text."""
    return [("paragraph", RichText(f"<p>{text}</p>"))] if text else []


def notice_page(title: str, body: str = "", **fields) -> NoticePage:
    """A published notice."""
    index = NoticeIndexPage.objects.first() or make_home().add_child(
        instance=NoticeIndexPage(title="通知", slug="notices")
    )
    fields.setdefault("slug", f"page-{Page.objects.count()}")
    return index.add_child(instance=NoticePage(title=title, body=paragraphs(body), **fields))


def guide_page(title: str, **fields) -> GuidePage:
    """A published guide."""
    index = GuideIndexPage.objects.first() or make_home().add_child(
        instance=GuideIndexPage(title="办事", slug="guides")
    )
    fields.setdefault("slug", f"page-{Page.objects.count()}")
    return index.add_child(instance=GuidePage(title=title, **fields))


def log_in_editor(client):
    """Logs in somebody who may keep the words of search; pages are others' matter."""
    roles.set_up_roles()
    user = get_user_model().objects.create_user("editor", password="x")
    user.groups.add(Group.objects.get(name="审核"))
    client.force_login(user)
    return user
