"""Logging in to the admin, and asking for the password again."""

from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.views.account import LoginView

from .login_limits import REFUSED, remember_device


def is_refused(request: HttpRequest) -> bool:
    """Whether the password was not even looked at, after too many wrong ones."""
    return getattr(request, "password_refused", False)


def is_own_password(request: HttpRequest, password: str) -> bool:
    """Whether it is the password of who is logged in; the limits of the login hold here too.

    A form may ask several times in one request; that is one try.
    """
    checked = request.__dict__.setdefault("own_password_checked", {})
    if password not in checked:
        user = authenticate(request, username=request.user.get_username(), password=password)
        checked[password] = user is not None and user.pk == request.user.pk
    return checked[password]


class StaffLoginForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "密码"  # Wagtail leaves it in English.

    def get_invalid_login_error(self):
        if is_refused(self.request):
            return ValidationError(REFUSED)
        return super().get_invalid_login_error()


class StaffLoginView(LoginView):
    def form_valid(self, form):
        response = super().form_valid(form)
        remember_device(response, self.request, form.get_user().get_username())
        return response
