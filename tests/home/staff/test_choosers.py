"""Choosers and bulk actions show records only to those who may see them elsewhere."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from wagtail.models import Page
from wagtail.snippets.models import get_snippet_models

from home.models import FeedbackReport, SectionPage, SiteDocument
from tests.home.factories import add, make_area

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    user = get_user_model().objects.create_user("clerk")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    return user


def named(model) -> str:
    return f"{model._meta.app_label}/{model._meta.model_name}"


def is_refused(response) -> bool:
    return response.status_code == 403 or response.get("Location", "").endswith("/admin/")


@pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
def test_without_the_right_no_record_is_shown(client, staff, model):
    choose = f"/admin/snippets/choose/{named(model)}"
    addresses = [
        f"{choose}/",
        f"{choose}/results/",
        f"{choose}/chosen/1/",
        f"{choose}/chosen-multiple/?id=1",
        f"/admin/bulk/{named(model)}/delete/?id=1",
        f"/admin/bulk/{named(model)}/delete/?id=all",
    ]
    assert [each for each in addresses if not is_refused(client.get(each))] == []
    permission = Permission.objects.get(
        content_type__app_label=model._meta.app_label, codename=f"view_{model._meta.model_name}"
    )
    staff.user_permissions.add(permission)
    assert [client.get(each).status_code for each in addresses[:2]] == [200, 200]


def test_the_number_of_a_report_stays_with_its_sender_and_the_editors(client, staff):
    report = FeedbackReport.objects.create(number="FK-2345-6789", kind="other", text="x", path="/")
    choose = "/admin/snippets/choose/home/feedbackreport"
    bulk = f"/admin/bulk/home/feedbackreport/delete/?id={report.pk}"
    for address in (f"{choose}/results/", f"{choose}/chosen/{report.pk}/", bulk):
        assert "2345" not in client.get(address, follow=True).content.decode()
    staff.user_permissions.add(Permission.objects.get(codename="view_feedbackreport"))
    assert "2345" in client.get(f"{choose}/results/").content.decode()


TITLE = "尚未公布的调整"


@pytest.fixture
def addresses(staff):
    """Where Wagtail tells titles of pages and documents by their number or by a word."""
    area = make_area()
    draft = add(area, SectionPage(title=TITLE, slug="draft", live=False))
    document = SiteDocument.objects.create(
        title=TITLE, file=ContentFile("文字".encode(), name="draft.txt")
    )
    pages = [
        f"/admin/bulk/wagtailcore/page/{action}/?id={draft.pk}"
        for action in ("publish", "unpublish", "delete", "move")
    ]
    return [
        *pages,
        f"/admin/pages/{draft.pk}/move/{area.get_parent().pk}/confirm/",
        f"/admin/choose-page/search/?q={TITLE}",
        f"/admin/choose-page/{area.pk}/",
        f"/admin/choose-page/chosen-multiple/?id={draft.pk}",
        f"/admin/api/main/pages/{draft.pk}/",
        f"/admin/api/main/pages/?child_of={area.pk}",
        f"/admin/bulk/home/sitedocument/delete/?id={document.pk}",
        f"/admin/bulk/home/sitedocument/add_to_collection/?id={document.pk}",
    ]


def told(client, address: str) -> bool:
    text = client.get(address, follow=True).content.decode("utf-8")
    shown = text.replace(TITLE.encode("unicode_escape").decode(), TITLE)
    return TITLE in shown.replace(f'value="{TITLE}"', "").replace(f"“{TITLE}”", "")


def test_titles_of_drafts_and_documents_are_for_those_who_edit(client, staff, addresses):
    assert [each for each in addresses if told(client, each)] == []
    staff.is_superuser = True
    staff.save()
    assert [each for each in addresses if not told(client, each)] == []


def test_who_edits_no_page_still_links_to_public_ones(client, staff, addresses):
    area = Page.objects.get(slug="marriage")
    found = client.get(f"/admin/choose-page/{area.get_parent().pk}/").json()
    assert area.title in found["html"]
    chosen = client.get(f"/admin/choose-page/chosen-multiple/?id={area.pk}")
    assert area.title in str(chosen.json())
