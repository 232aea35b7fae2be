"""A file is public while a public page shows it, and not before."""

import datetime

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import PageViewRestriction

import home.roles
from home.models import NoticeIndexPage, NoticePage, PreviewLink, SiteDocument
from tests.home.factories import make_home, publish
from tests.home.staff.desk.test_editing import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return SiteDocument.objects.create(title="表", file=ContentFile(b"%PDF", name="form.pdf"))


@pytest.fixture
def page(document):
    index = publish(make_home(), NoticeIndexPage(slug="notices", title="通知公告"))
    return publish(index, NoticePage(slug="one", title="通知"))


def attach(document, page) -> NoticePage:
    """A draft with the file as an attachment."""
    page.body = [("attachment", {"document": document, "note": ""})]
    page.save_revision()
    return page


def test_a_file_is_public_with_its_page(client, document, page):
    assert client.get(document.url).status_code == 404
    attach(document, page)
    assert client.get(document.url).status_code == 404
    page.get_latest_revision().publish()
    assert client.get(document.url).status_code == 200
    NoticePage.objects.get().unpublish()
    assert client.get(document.url).status_code == 404


def test_a_link_in_the_text_counts(client, document, page):
    link = f'<p><a linktype="document" id="{document.pk}">表</a></p>'
    page.body = [("paragraph", link)]
    page.save_revision().publish()
    assert client.get(document.url).status_code == 200


def test_a_file_of_a_restricted_page_is_for_its_readers(client, admin_client, document, page):
    attach(document, page).get_latest_revision().publish()
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(document.url).status_code == 404
    assert admin_client.get(document.url).status_code == 200


def test_staff_and_who_has_a_preview_link_read_the_file_of_a_draft(client, document, page):
    attach(document, page)
    home.roles.set_up_roles()
    assert Person(home.roles.EDITOR).browser.get(document.url).status_code == 200
    link = PreviewLink.objects.create(page=page, last_day=timezone.localdate())
    came_from = {"Referer": f"http://testserver{link.get_absolute_url()}page/"}
    assert client.get(document.url, headers=came_from).status_code == 200
    link.last_day -= datetime.timedelta(days=1)
    link.save()
    assert client.get(document.url, headers=came_from).status_code == 404
    other = {"Referer": "http://testserver/preview/x/page/"}
    assert client.get(document.url, headers=other).status_code == 404
