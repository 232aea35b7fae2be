import datetime
from datetime import timedelta
from io import BytesIO

import docx
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.images import get_image_model
from wagtail.models import Site

import home.roles
from guides.models import GuideIndexPage, GuidePage, PolicyIndexPage, PolicyPage, WordUpload
from guides.word_import.models import WordImportSettings
from guides.word_import.uploads import forget_old_uploads
from home.models import NoticeIndexPage, NoticePage, SectionPermission
from home.pages.publishing_checks import PublishingRefusedError
from tests.home.factories import make_area, make_home, publish

from .documents import long_document, picture, policy_document, saved

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


@pytest.fixture
def index_page(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return publish(make_home(), PolicyIndexPage(slug="policies", title="政策文件"))


DETAILS = {
    "title": "关于做好某项工作的通知",
    "document_number": "示例海民〔2026〕7号",
    "issuing_body": "广州市海珠区民政局",
    "issued_on": "2026-05-01",
    "state": "in_force",
}


def send(client, data: bytes, name: str = "通知.docx", **given):
    """The response to the first form: the page with what was read, or the form again."""
    fields = {"file": SimpleUploadedFile(name, data), "kind": "policy", **given}
    return client.post(reverse("word_import"), fields, follow=True)


def upload(client, data: bytes, name: str = "通知.docx", **details):
    """The response to both forms, one after the other."""
    review = send(client, data, name)
    return client.post(review.redirect_chain[-1][0], DETAILS | details, follow=True)


def test_a_document_becomes_a_draft_that_can_be_published(admin_client, client, index_page):
    page = upload(admin_client, policy_document()).content.decode()
    assert "已导入为草稿：6段内容，1幅图片" in page
    policy = PolicyPage.objects.get()
    assert (policy.title, policy.live) == ("关于做好某项工作的通知", False)
    assert client.get(policy.url).status_code == 404
    policy.get_latest_revision().publish()
    shown = client.get(policy.url).content.decode()
    for words in ("一、总的要求", "三日内", "各项标准", "红色的示意图"):
        assert words in shown
    upload(admin_client, policy_document())
    assert PolicyPage.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "is_read"),
    [("2026年5月1日", True), ("2026/5/1", True), ("二〇二六年五月一日", True), ("5月1日", False)],
)
def test_dates_are_read_as_documents_write_them(admin_client, index_page, typed, is_read):
    review = send(admin_client, policy_document())
    assert "date-time-chooser.js" in review.content.decode()
    address = review.redirect_chain[-1][0]
    answer = admin_client.post(address, DETAILS | {"issued_on": typed}, follow=True)
    if is_read:
        assert PolicyPage.objects.get().issued_on == datetime.date(2026, 5, 1)
    else:
        assert "例如2026-09-01或者2026年9月1日" in answer.content.decode()
        assert not PolicyPage.objects.exists()


def test_what_is_to_be_checked_is_one_message(admin_client, index_page):
    done = upload(admin_client, policy_document())
    warned = [one for one in done.context["messages"] if one.level_tag == "warning"]
    assert len(warned) <= 1


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"broken", "a.docx", "不是能打开的.docx文件"),
        (b"x", "a.doc", "另存为.docx"),
        (b"x", "a.wps", "另存为.docx"),
        (b"x", "a.ofd", "另存为PDF，再作为附件上传"),
        (b"", "a.docx", "这个文件是空的"),
        (long_document(300), "a.docx", "约300页"),
    ],
)
def test_bad_files_are_refused_in_words_and_leave_nothing(
    admin_client, index_page, data, name, words
):
    assert words in send(admin_client, data, name).content.decode()
    assert not WordUpload.objects.exists()
    assert not PolicyPage.objects.exists()
    assert not get_image_model().objects.exists()


def test_a_failure_leaves_no_page_and_no_picture(admin_client, index_page, monkeypatch, tmp_path):
    monkeypatch.setattr(
        PolicyPage, "save_revision", lambda *a, **k: (_ for _ in ()).throw(RuntimeError)
    )
    with pytest.raises(RuntimeError):
        upload(admin_client, policy_document())
    assert not get_image_model().objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_only_who_may_add_policies_sees_the_screen(client, django_user_model, index_page):
    from django.contrib.auth.models import Permission

    user = django_user_model.objects.create_user("officer", "", "x")
    user.user_permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(user)
    assert client.get(reverse("word_import")).status_code == 302
    assert "导入Word" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_an_editor_of_one_section_finds_the_draft_there(client, django_user_model, index_page):
    home.roles.set_up_roles()
    section = make_area("charity", "慈善事业")
    group = Group.objects.create(name="慈善组")
    SectionPermission.objects.create(group=group, section=section)
    user = django_user_model.objects.create_user("editor")
    user.groups.add(Group.objects.get(name=home.roles.EDITOR), group)
    client.force_login(user)
    assert "已导入为草稿" in upload(client, policy_document()).content.decode()
    assert PolicyPage.objects.get().section == section


def test_half_a_picture_is_left_out_and_the_rest_imported(admin_client, index_page):
    noise = BytesIO()
    Image.effect_noise((300, 300), 80).convert("RGB").save(noise, "JPEG")
    whole = noise.getvalue()
    document = docx.Document()
    document.add_paragraph("正文")
    document.add_picture(BytesIO(whole))
    part = next(p for p in document.part.package.iter_parts() if p.blob == whole)
    part._blob = whole[:2000]
    assert "不能在网页上显示" in upload(admin_client, saved(document)).content.decode()
    assert PolicyPage.objects.count() == 1
    assert not get_image_model().objects.exists()


def test_a_long_cell_makes_a_draft_that_can_be_saved(admin_client, index_page):
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text = "说明"
    table.rows[1].cells[0].text = "长" * 900
    upload(admin_client, saved(document))
    block = PolicyPage.objects.get().body[0]
    assert "长" * 900 in block.block.clean(block.value)["table"]


def test_a_picture_without_words_stops_the_publication(admin_client, index_page):
    document = docx.Document()
    document.add_picture(BytesIO(picture()))
    upload(admin_client, saved(document))
    policy = PolicyPage.objects.get()
    with pytest.raises(PublishingRefusedError, match="第1幅图还没有替代文字"):
        policy.get_latest_revision().publish()
    image = get_image_model().objects.get()
    image.description = "红色的示意图"
    image.save()
    policy.get_latest_revision().publish()
    assert PolicyPage.objects.get().live


def test_nothing_is_saved_before_the_editor_has_seen_it(admin_client, index_page):
    review = send(admin_client, policy_document())
    page = review.content.decode()
    assert "一、总的要求" in page
    assert "Word文件里的字" in page
    assert not PolicyPage.objects.exists()
    assert not get_image_model().objects.exists()
    upload = WordUpload.objects.get()
    assert str(upload.pk) in review.redirect_chain[-1][0]


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"issued_on": ""}, "请填写成文日期"),
        ({"state": ""}, "请选择这份文件今天的效力"),
        ({"state": "ended"}, "已失效的文件，请写明有效期到哪一天"),
        ({"state": "coming"}, "施行日期要晚于今天"),
        ({"ends_on": "2020-01-01"}, "文件不再有效"),
    ],
)
def test_date_and_state_are_asked_for(admin_client, index_page, details, words):
    assert words in upload(admin_client, policy_document(), **details).content.decode()
    assert not PolicyPage.objects.exists()
    assert WordUpload.objects.count() == 1


def test_the_document_of_another_person_is_not_shown(
    admin_client, client, django_user_model, index_page
):
    url = send(admin_client, policy_document()).redirect_chain[-1][0]
    client.force_login(django_user_model.objects.create_superuser("second"))
    assert "一、总的要求" not in client.get(url, follow=True).content.decode()


def test_a_document_becomes_a_notice_or_a_guide(admin_client, index_page):
    site = index_page.get_parent()
    publish(site, NoticeIndexPage(slug="notices", title="通知公告"))
    publish(site, GuideIndexPage(slug="guides", title="办事指南"))
    for kind in ("notice", "guide"):
        review = send(admin_client, policy_document(), kind=kind)
        admin_client.post(review.redirect_chain[-1][0], DETAILS)
    notice, guide = NoticePage.objects.get(), GuidePage.objects.get()
    assert (notice.live, f"{notice.issued_on}") == (False, "2026-05-01")
    for page in (notice, guide):
        assert "三日内" in str(page.body)


def test_a_document_replaces_the_text_of_a_page_as_a_draft(admin_client, client, index_page):
    upload(admin_client, policy_document())
    policy = PolicyPage.objects.get()
    policy.get_latest_revision().publish()
    document = docx.Document()
    document.add_paragraph("新的正文")
    url = reverse("word_import_into_page", args=[policy.pk])
    review = admin_client.post(
        url, {"file": SimpleUploadedFile("a.docx", saved(document))}, follow=True
    )
    assert "换掉“关于做好某项工作的通知”的正文" in review.content.decode()
    admin_client.post(review.redirect_chain[-1][0])
    assert "三日内" in client.get(policy.url).content.decode()
    draft = PolicyPage.objects.get().get_latest_revision_as_object()
    assert "新的正文" in str(draft.body)
    assert draft.document_number == "示例海民〔2026〕7号"


def test_uploads_that_nobody_used_are_forgotten(admin_client, index_page):
    send(admin_client, policy_document())
    forget_old_uploads()
    assert WordUpload.objects.count() == 1
    WordUpload.objects.update(uploaded_at=timezone.now() - timedelta(days=3))
    forget_old_uploads()
    assert not WordUpload.objects.exists()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_document_that_may_no_longer_be_read_is_refused_in_words(
    admin_client, index_page, method
):
    """The limit is lowered between upload and import, or the second reading takes too long."""
    review = send(admin_client, policy_document()).redirect_chain[-1][0]
    WordImportSettings.objects.update_or_create(site=Site.objects.get(), defaults={"max_pages": 0})
    response = getattr(admin_client, method)(review, DETAILS, follow=True)
    assert response.redirect_chain[-1] == (reverse("word_import"), 302)
    assert "最多能导入0页" in response.content.decode()
    assert not PolicyPage.objects.exists()
