"""Logging in to the admin: passwords cannot be tried one after another."""

from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm

from .visitor import forget_count, within_limit

TRIES_AN_HOUR = 10
"""Wrong ones, from one network address for one name: others who work there, and the same person
elsewhere, still get in."""


class LimitedLoginForm(LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = "密码"  # Wagtail leaves it in English.

    def clean(self):
        action = f"login:{self.cleaned_data.get('username', '')}"
        if not within_limit(self.request, action, TRIES_AN_HOUR):
            raise ValidationError("试了太多次，请一小时后再试，或者请系统管理员重设密码。")
        cleaned = super().clean()
        forget_count(self.request, action)  # Logging in is no try.
        return cleaned
