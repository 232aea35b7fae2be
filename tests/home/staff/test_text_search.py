"""The search of the admin reads every word, in drafts too, and says where it stands."""

import re
from urllib.parse import quote

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse

import home.roles
from home.models import NoticeIndexPage, NoticePage, ServicePlace
from home.pages.full_text import folded, hits
from home.trash import move_to_trash
from tests.guides.factories import make_guide
from tests.home.factories import make_home, publish

pytestmark = pytest.mark.django_db


def make_notice(**fields) -> NoticePage:
    index = NoticeIndexPage.objects.first() or publish(
        make_home(), NoticeIndexPage(slug="notices", title="通知公告")
    )
    return publish(index, NoticePage(**{"title": "通知", "slug": "notice", **fields}))


def text(html: str) -> dict:
    return {"type": "paragraph", "value": html}


@pytest.fixture
def editor(client, django_user_model):
    home.roles.set_up_roles()
    user = django_user_model.objects.create_user("editor")
    user.groups.add(Group.objects.get(name=home.roles.EDITOR))
    client.force_login(user)
    return client


def search(client, words: str) -> str:
    return client.get(reverse("text_search"), {"q": words}).content.decode()


@pytest.mark.parametrize(
    ("written", "typed"),
    [("ＡＢＣ", "abc"), ("“户口簿”", "户口簿"), ("２０２６年", "2026年"), ("ﬁ", "ﬁ")],
)
def test_width_and_case_do_not_count(written, typed):
    assert folded(typed) in folded(written)
    assert len(folded(written)) == len(written)


def test_each_place_is_told_with_the_words_around_it():
    guide = make_guide(
        title="办证",
        summary="带户口簿。",
        materials=[
            {
                "type": "material",
                "value": {
                    "name": "户口簿",
                    "form": "original",
                    "copies": 1,
                    "required": True,
                    "note": "",
                },
            }
        ],
        body=[text("<p>先来。</p><p>再带上<b>户口</b>簿原件。</p>")],
    )
    found = [(hit.field, hit.before, hit.found, hit.after) for hit in hits(guide, ["户口簿"])]
    assert found == [
        ("摘要", "带", "户口簿", "。"),
        ("办理材料，第1块（材料）", "", "户口簿", ""),
        ("更多说明，第1块（正文段落）", "先来。 再带上", "户口簿", "原件。"),
    ]


def test_several_words_must_all_stand_there(editor):
    make_notice(title="甲", slug="a", body=[text("<p>户口簿在这里</p>"), text("<p>身份证</p>")])
    make_notice(title="乙", slug="b", body=[text("<p>户口簿</p>")])
    shown = search(editor, "户口簿 身份证")
    assert ">甲</a>" in shown
    assert ">乙</a>" not in shown


def test_drafts_records_and_public_pages_are_told_apart(editor):
    notice = make_notice(title="甲", slug="a", summary="带户口簿")
    notice.summary = "带身份证"
    notice.save_revision()
    ServicePlace.objects.create(
        name="窗口", slug="w", kind="hall", address="路1号", note="带户口簿原件"
    )
    shown = search(editor, "户口簿")
    assert "公开，草稿里已去掉" in shown
    assert "窗口" in shown
    assert "<mark>户口簿</mark>原件" in shown
    assert "甲，草稿" not in shown
    assert "通知公告，草稿" in search(editor, "身份证")


def test_what_lies_in_the_trash_is_not_found(editor, admin_user):
    move_to_trash(make_notice(summary="带户口簿"), admin_user)
    assert "没有地方写着" in search(editor, "户口簿")


def test_odd_words_are_searched_as_they_are(editor):
    make_notice(summary="收费(5元)[注]")
    assert "<mark>(5元)[</mark>" in search(editor, "(5元)[")
    assert "没有地方写着" in search(editor, "<script>")
    assert search(editor, "\x00 ")


def test_the_search_box_of_the_menu_leads_there(editor):
    home_screen = editor.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("text_search") in home_screen


def test_the_box_of_the_first_page_searches_the_whole_text(editor):
    make_notice(body=[text("<p>请带户口簿。</p>")])
    first_page = editor.get(reverse("wagtailadmin_home")).content.decode()
    [form] = re.findall(r'<form[^>]*role="search"[^>]*>', first_page)
    assert f'action="{reverse("text_search")}"' in form
    assert "户口簿" in search(editor, "户口簿")


def test_a_search_of_pages_that_finds_nothing_leads_to_the_whole_text(editor):
    make_notice(body=[text("<p>请带户口簿。</p>")])
    address = f"{reverse('text_search')}?q={quote('户口簿')}"
    found = editor.get(reverse("wagtailadmin_pages:search"), {"q": "户口簿"}).content.decode()
    assert address in found
