"""An open session alone changes neither the e-mail address nor the password."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image
from wagtail.users.models import UserProfile

from home.staff.login_limits import REFUSED

pytestmark = pytest.mark.django_db
ACCOUNT = "/admin/account/"


@pytest.fixture
def own(client, admin_user):
    admin_user.email, admin_user.first_name, admin_user.last_name = "old@a.example", "三", "张"
    admin_user.set_password("right-and-long-1")
    admin_user.save()
    client.force_login(admin_user)
    return client


def send(client, **more):
    data = {
        "name_email-first_name": "三",
        "name_email-last_name": "张",
        "name_email-email": "old@a.example",
        "theme-theme": "system",
        "theme-contrast": "system",
        "theme-density": "default",
        "theme-keyboard_shortcuts": "on",
    }
    return client.post(ACCOUNT, data | {key.replace("__", "-"): v for key, v in more.items()})


@pytest.mark.parametrize(
    ("password", "words"),
    [(None, "更换邮箱要填写当前密码"), ("", "更换邮箱要填写当前密码"), ("wrong", "密码不对")],
)
def test_another_address_needs_the_password(own, admin_user, password, words):
    more = {} if password is None else {"name_email__current_password": password}
    response = send(own, name_email__email="new@a.example", **more)
    assert response.status_code == 200
    assert words in response.content.decode()
    admin_user.refresh_from_db()
    assert admin_user.email == "old@a.example"


def test_with_the_password_it_changes(own, admin_user):
    response = send(
        own, name_email__email="new@a.example", name_email__current_password="right-and-long-1"
    )
    assert response.status_code == 302
    admin_user.refresh_from_db()
    assert admin_user.email == "new@a.example"


def test_a_name_changes_without_it(own, admin_user):
    assert send(own, name_email__first_name="四").status_code == 302
    admin_user.refresh_from_db()
    assert admin_user.first_name == "四"


@pytest.mark.parametrize("field", ["email", "password"])
def test_the_password_cannot_be_guessed_there(own, admin_user, field):
    def guess(password):
        if field == "email":
            more = {"name_email__email": "new@a.example", "name_email__current_password": password}
        else:
            more = {
                "password__old_password": password,
                "password__new_password1": "another-long-one-7",
                "password__new_password2": "another-long-one-7",
            }
        return send(own, **more)

    for number in range(10):
        assert REFUSED not in guess(f"wrong{number}").content.decode()
    assert REFUSED in guess("right-and-long-1").content.decode()
    admin_user.refresh_from_db()
    assert admin_user.email == "old@a.example"
    assert admin_user.check_password("right-and-long-1")


def test_administrators_change_their_own_there_only(own, admin_user, django_user_model):
    def edit(user, email):
        data = {
            "username": user.username,
            "email": email,
            "first_name": "三",
            "last_name": "张",
            "is_active": "on",
            "is_superuser": "on",
        }
        return own.post(reverse("wagtailusers_users:edit", args=[user.pk]), data)

    assert "核对当前密码" in edit(admin_user, "new@a.example").content.decode()
    admin_user.refresh_from_db()
    assert admin_user.email == "old@a.example"
    other = django_user_model.objects.create_user("other", email="o@a.example")
    assert edit(other, "new@a.example").status_code == 302


def test_no_picture_of_oneself_is_taken(own, admin_user, settings, tmp_path):
    """Whatever it was, it lay open for everybody below /media/avatar_images/."""
    settings.MEDIA_ROOT = tmp_path
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "TIFF")
    sent = SimpleUploadedFile("me.tiff", file.getvalue(), "image/tiff")
    assert send(own, name_email__first_name="四", avatar__avatar=sent).status_code == 302
    admin_user.refresh_from_db()
    assert admin_user.first_name == "四"
    assert not UserProfile.get_for_user(admin_user).avatar
    assert not list(tmp_path.iterdir())
    assert "avatar-avatar" not in own.get(ACCOUNT).content.decode()
