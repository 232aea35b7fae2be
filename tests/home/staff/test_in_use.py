"""Nothing that the public sees changes unreviewed: service places, files and pictures."""

import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import WorkflowState
from wagtail.test.utils.form_data import inline_formset, nested_form_data

import guides.roles
import home.roles
from home.models import NoticeIndexPage, NoticePage, ServicePlace, SiteDocument, SiteImage
from home.staff.in_use import InUseError, in_title_marks, settled_pages_showing
from home.trash import move_to_trash
from tests.guides.factories import make_guide
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def roles(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    home.roles.set_up_roles()
    guides.roles.set_up_roles()


@pytest.fixture
def log_in(client, django_user_model):
    def log_in(role: str):
        user = django_user_model.objects.create_user(role)
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return log_in


def make_service_place(**fields) -> ServicePlace:
    given = {"name": "示例窗口", "slug": "place", "kind": "hall", "address": "示例路1号"}
    return ServicePlace.objects.create(**(given | fields))


def form_of(place: ServicePlace, **changes) -> dict:
    empty = inline_formset([])
    fields = {
        "name": place.name,
        "slug": place.slug,
        "kind": place.kind,
        "subdistrict_code": "",
        "address": place.address,
        "phone": place.phone,
        "is_public": "on",
        "weekly_hours": empty,
        "hours_exceptions": empty,
    }
    return nested_form_data(fields | changes)


def edit_url(place: ServicePlace) -> str:
    return reverse("wagtailsnippets_home_serviceplace:edit", args=[place.pk])


def test_the_change_of_an_editor_waits_for_the_review(log_in, client):
    place = make_service_place(phone="020-1111")
    editor = log_in(home.roles.EDITOR)
    answer = editor.post(
        edit_url(place), form_of(place, phone="020-2222") | {"action-publish": "x"}
    )
    assert answer.status_code == 302
    assert ServicePlace.objects.get().phone == "020-1111"
    editor.post(edit_url(place), form_of(place, phone="020-2222") | {"action-submit": "x"})
    assert ServicePlace.objects.get().phone == "020-1111"
    state = ServicePlace.objects.get().current_workflow_state
    assert state.status == WorkflowState.STATUS_IN_PROGRESS
    reviewer = log_in(home.roles.REVIEWER)
    reviewer.post(
        edit_url(place),
        form_of(place, phone="020-2222")
        | {"action-workflow-action": "x", "workflow-action-name": "approve"},
    )
    assert ServicePlace.objects.get().phone == "020-2222"


def test_a_new_place_of_an_editor_is_not_public(log_in):
    draft = ServicePlace(name="新网点", slug="new", kind="hall", address="示例路1号")
    log_in(home.roles.EDITOR).post(reverse("wagtailsnippets_home_serviceplace:add"), form_of(draft))
    assert ServicePlace.objects.get().live is False
    assert not ServicePlace.objects.public().exists()


def test_a_place_that_a_guide_names_is_not_deleted(admin_client):
    place = make_service_place(name="江南中街窗口")
    guide = make_guide(title="低保申请", places=[place])
    url = reverse("wagtailsnippets_home_serviceplace:delete", args=[place.pk])
    shown = admin_client.post(url, follow=True).content.decode()
    assert "正在《低保申请》使用，不能删除" in shown
    guide.places = []
    guide.save_revision().publish()
    admin_client.post(url)
    assert not ServicePlace.objects.exists()


@pytest.fixture
def document():
    found = SiteDocument(title="申请表", file=ContentFile(b"old", name="form.txt"))
    found.save()
    return found


def show(document: SiteDocument, **fields) -> NoticePage:
    index = NoticeIndexPage.objects.first() or publish(
        make_home(), NoticeIndexPage(slug="notices", title="通知公告")
    )
    body = [("attachment", {"document": document, "note": ""})]
    return publish(index, NoticePage(slug="one", title="放假通知", body=body, **fields))


def test_a_file_that_a_public_page_shows_is_neither_replaced_nor_deleted(admin_client, document):
    show(document)
    new = {"title": "申请表", "file": SimpleUploadedFile("form.txt", b"new"), "collection": 1}
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    shown = admin_client.post(edit, new | {"tags": ""}).content.decode()
    assert "《放假通知》正在使用它" in shown
    assert SiteDocument.objects.get().file.read() == b"old"
    delete = reverse("wagtaildocs:delete", args=[document.pk])
    assert "不能删除" in admin_client.post(delete, follow=True).content.decode()
    with pytest.raises(InUseError, match="放假通知"), transaction.atomic():
        document.delete()
    assert SiteDocument.objects.exists()


@pytest.mark.parametrize("state", ["draft", "draft of a public page", "trash"])
def test_a_file_that_only_a_draft_shows_is_not_deleted(
    admin_client, document, state, django_user_model
):
    page = show(document)
    if state == "draft":
        page.unpublish()
    elif state == "trash":
        move_to_trash(page, django_user_model.objects.get(username="admin"))
    else:
        page.body = []
        page.save_revision().publish()
        page.body = [("attachment", {"document": document, "note": ""})]
        page.save_revision()
    delete = reverse("wagtaildocs:delete", args=[document.pk])
    shown = admin_client.post(delete, follow=True).content.decode()
    assert (
        f"《放假通知》{'（回收站）' if state == 'trash' else '' if 'public' in state else '（草稿）'}"
        in shown
    )
    assert SiteDocument.objects.exists()


def test_a_file_that_nothing_shows_is_deleted(admin_client, document):
    page = show(document)
    page.body = []
    page.save_revision().publish()
    page.save_revision()
    admin_client.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert not SiteDocument.objects.exists()


def test_who_may_not_publish_changes_no_file_of_a_public_page(log_in, document):
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    editor = log_in(home.roles.EDITOR)
    assert editor.get(edit).status_code == 200
    page = show(document)
    refused = editor.get(edit, follow=True)
    assert refused.redirect_chain == [(reverse("wagtaildocs:index"), 302)]
    assert "“申请表”正在《放假通知》使用，您不能直接改它" in refused.content.decode()
    page.unpublish()
    assert editor.get(edit).status_code == 200


def waiting(document: SiteDocument, state: str) -> NoticePage:
    """A page whose draft shows the document, and which is in review or approved for tomorrow."""
    page = show(document)
    page.unpublish()
    if state == "scheduled":
        page.go_live_at = timezone.now() + datetime.timedelta(days=1)
        page.save_revision().publish()
        return NoticePage.objects.get()
    page.save_revision()
    page.get_workflow().start(page, None)
    return NoticePage.objects.get()


@pytest.mark.parametrize("state", ["in review", "scheduled"])
def test_a_file_that_was_submitted_stays_as_it_was_read(log_in, client, document, state):
    waiting(document, state)
    edit = reverse("wagtaildocs:edit", args=[document.pk])
    new = {"title": "申请表", "file": SimpleUploadedFile("form.txt", b"new"), "collection": 1}
    editor = log_in(home.roles.EDITOR)
    assert editor.post(edit, new | {"tags": ""}).status_code == 302
    shown = log_in(home.roles.REVIEWER).post(edit, new | {"tags": ""}).content.decode()
    assert "《放假通知》" in shown
    assert SiteDocument.objects.get().file.read() == b"old"


def test_the_review_of_a_record_holds_no_file_of_a_page(document):
    page = show(document)
    page.unpublish()
    page.save_revision()
    place = make_service_place(pk=page.pk)
    place.save_revision()
    place.get_workflow().start(place, None)
    assert settled_pages_showing(document) == []


def test_the_words_of_a_submitted_picture_stay_as_they_were_read(log_in, client):
    picture = SiteImage.objects.create(
        title="图", file=get_test_image_file(), description="大厅入口"
    )
    document = SiteDocument.objects.create(title="表", file=ContentFile(b"old", name="a.txt"))
    page = show(document)
    page.body = [("picture", {"image": picture, "caption": ""})]
    page.save_revision()
    page.get_workflow().start(page, None)
    edit = reverse("wagtailimages:edit", args=[picture.pk])
    fields = {"title": "图", "description": "别的话", "collection": 1, "tags": ""}
    assert log_in(home.roles.EDITOR).post(edit, fields).status_code == 302
    assert SiteImage.objects.get().description == "大厅入口"


def decided(client, place: ServicePlace, what: str, words: str = "") -> str:
    """Presses the button on the form of the place; gives what the next page says."""
    fields = {
        "action-workflow-action": "x",
        "workflow-action-name": what,
        "workflow-action-extra-data": f'{{"comment": "{words}"}}',
    }
    return shown_messages(client.post(edit_url(place), form_of(place) | fields, follow=True))


def shown_messages(response) -> str:
    return "".join(str(message) for message in response.context["messages"])


def submitted(editor, place: ServicePlace, **changes) -> None:
    editor.post(edit_url(place), form_of(place, **changes) | {"action-submit": "x"})


def test_decisions_on_a_record_are_told_as_those_on_a_page(log_in, client, django_user_model):
    place = make_service_place(name="江南中街窗口")
    submitted(log_in(home.roles.EDITOR), place, phone="020-2222")
    reviewer = log_in(home.roles.REVIEWER)
    told = decided(reviewer, place, "reject", "请写分机")
    assert "“江南中街窗口”已退回，请编辑修改" in told
    assert "现在不等您审核" in decided(reviewer, place, "approve")
    client.force_login(django_user_model.objects.get(username=home.roles.EDITOR))
    assert "审核退回了“江南中街窗口”：请写分机" in shown_messages(client.get(edit_url(place)))
    assert "审核退回：请写分机" in client.get("/admin/").content.decode()
    submitted(client, place, phone="020-3333")
    client.force_login(django_user_model.objects.get(username=home.roles.REVIEWER))
    state = ServicePlace.objects.get().current_workflow_task_state.pk
    action = reverse(
        "wagtailsnippets_home_serviceplace:workflow_action", args=[place.pk, "approve", state]
    )
    client.post(f"{action}?next=/admin/", {"comment": ""})
    assert "“江南中街窗口”已批准并发布" in shown_messages(client.get("/admin/"))
    assert ServicePlace.objects.get().phone == "020-3333"


def test_an_open_form_of_a_record_replaces_nothing_submitted_since(log_in):
    place = make_service_place()
    editor = log_in(home.roles.EDITOR)
    submitted(editor, place, phone="020-2222")
    revision = ServicePlace.objects.get().latest_revision
    form = {
        "loaded_revision_id": str(revision.pk),
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }
    editor.post(edit_url(place), form_of(place) | {"action-cancel-workflow": "x"})
    submitted(editor, place, phone="020-3333")
    approve = {"action-workflow-action": "x", "workflow-action-name": "approve"}
    shown = log_in(home.roles.REVIEWER).post(
        edit_url(place), form_of(place, phone="020-9999") | form | approve
    )
    assert "又保存了新的内容" in shown.content.decode()
    assert "020-9999" in shown.content.decode()
    assert ServicePlace.objects.get().phone == ""


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("放假通知", "《放假通知》"),
        ("《海珠地名志》", "《海珠地名志》"),
        ("《海珠地名志》样章", "《〈海珠地名志〉样章》"),
        ("《甲》和《乙》", "《〈甲〉和〈乙〉》"),
    ],
)
def test_a_title_stands_in_one_pair_of_marks(title, shown):
    assert in_title_marks(title) == shown


def test_a_second_window_of_ones_own_replaces_no_record_unseen(log_in):
    place = make_service_place()
    editor = log_in(home.roles.EDITOR)
    editor.post(edit_url(place), form_of(place, phone="020-1111"))
    revision = ServicePlace.objects.get().latest_revision
    form = {
        "loaded_revision_id": str(revision.pk),
        "loaded_revision_created_at": revision.created_at.isoformat(),
    }
    editor.post(edit_url(place), form_of(place, phone="020-2222"))
    shown = editor.post(edit_url(place), form_of(place, phone="020-9999") | form)
    assert "您在另一个窗口" in shown.text
    assert ">2222</span>" in shown.text
    assert 'value="020-9999"' in shown.text
    assert ServicePlace.objects.get().get_latest_revision_as_object().phone == "020-2222"
