"""One's own account: another e-mail address or password only for who knows the password.

An open session that somebody else finds must not become theirs for good: with another address
the password could be reset.
"""

from django import forms
from django.contrib.auth import get_user_model
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.forms.auth import PasswordChangeForm
from wagtail.admin.views.account import (
    AccountView,
    AvatarSettingsPanel,
    ChangePasswordPanel,
    NameEmailSettingsPanel,
)

from . import security_log
from .login import is_own_password, is_refused
from .login_limits import REFUSED

WRONG = "密码不对，没有改动。"


class ConfirmedNameEmailForm(NameEmailForm):
    current_password = forms.CharField(
        label="当前密码",
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="只在更换邮箱时需要填写。",
    )

    def clean(self):
        cleaned = super().clean()
        if self.changes_email(cleaned):
            password = cleaned.get("current_password", "")
            if not password:
                self.add_error("current_password", "更换邮箱要填写当前密码。")
            elif not is_own_password(self.request, password):
                self.add_error("current_password", REFUSED if is_refused(self.request) else WRONG)
        return cleaned

    def changes_email(self, cleaned: dict) -> bool:
        # Asked of the database: Wagtail makes the form twice, and the first one has already
        # written what was typed into the user of the request.
        stored = get_user_model().objects.values_list("email", flat=True).get(pk=self.instance.pk)
        return "email" in cleaned and cleaned["email"] != stored

    def save(self, *args, **kwargs):
        if self.changes_email(self.cleaned_data):
            security_log.write("e-mail changed", self.request, user=self.instance.pk)
        return super().save(*args, **kwargs)


class LimitedPasswordChangeForm(PasswordChangeForm):
    def clean_old_password(self):
        password = self.cleaned_data["old_password"]
        if not is_own_password(self.request, password) and is_refused(self.request):
            raise forms.ValidationError(REFUSED)
        return super().clean_old_password()

    def save(self, *args, **kwargs):
        security_log.write("password changed", self.request, user=self.user.pk)
        return super().save(*args, **kwargs)


class _AsksForPassword:
    def get_form(self):
        form = super().get_form()
        form.request = self.request
        return form


class ConfirmedNameEmailPanel(_AsksForPassword, NameEmailSettingsPanel):
    form_class = ConfirmedNameEmailForm


class LimitedPasswordPanel(_AsksForPassword, ChangePasswordPanel):
    form_class = LimitedPasswordChangeForm


INSTEAD_OF = {
    NameEmailSettingsPanel: ConfirmedNameEmailPanel,
    ChangePasswordPanel: LimitedPasswordPanel,
}


class StaffAccountView(AccountView):
    def get_panels(self):
        return [
            INSTEAD_OF.get(type(panel), type(panel))(panel.request, panel.user, panel.profile)
            for panel in super().get_panels()
            # Pictures of staff would be public, of any format, with the place they were taken.
            if not isinstance(panel, AvatarSettingsPanel)
        ]
