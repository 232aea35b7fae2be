from io import BytesIO

import docx
import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

import home.roles
from guides.models import PolicyIndexPage, PolicyPage
from guides.readiness import NotReadyError
from home.models import SectionDuty
from tests.home.factories import make_area, make_home, publish

from .documents import long_document, picture, policy_document, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def index_page(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return publish(make_home(), PolicyIndexPage(slug="policies", title="政策文件"))


def upload(client, data: bytes, name: str = "通知.docx"):
    file = SimpleUploadedFile(name, data)
    return client.post(reverse("word_import"), {"file": file}, follow=True)


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
    ("data", "name", "words"),
    [
        (b"broken", "a.docx", "不是能打开的.docx文件"),
        (b"x", "a.doc", "请先另存为.docx".replace("请先", "")),
        (b"", "a.docx", "这个文件是空的"),
        (long_document(300), "a.docx", "约300页"),
    ],
)
def test_bad_files_are_refused_in_words_and_leave_nothing(
    admin_client, index_page, data, name, words
):
    assert words in upload(admin_client, data, name).content.decode()
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
    SectionDuty.objects.create(group=group, section=section)
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
    table = document.add_table(rows=2, cols=1)
    table.rows[0].cells[0].text = "说明"
    table.rows[1].cells[0].text = "长" * 900
    upload(admin_client, saved(document))
    block = PolicyPage.objects.get().body[0]
    (row,) = block.block.clean(block.value)["table"].rows
    assert row[0].value == "长" * 900


def test_a_picture_without_words_stops_the_publication(admin_client, index_page):
    document = docx.Document()
    document.add_picture(BytesIO(picture()))
    upload(admin_client, saved(document))
    policy = PolicyPage.objects.get()
    with pytest.raises(NotReadyError, match="第1幅图还没有替代文字"):
        policy.get_latest_revision().publish()
    image = get_image_model().objects.get()
    image.description = "红色的示意图"
    image.save()
    policy.get_latest_revision().publish()
    assert PolicyPage.objects.get().live
