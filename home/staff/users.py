"""Administrators edit the accounts of others; their own e-mail address and password are changed
where the present password is asked for (`account`)."""

from django.core.exceptions import ValidationError
from wagtail.users.forms import UserEditForm
from wagtail.users.views.users import UserViewSet


class OthersEditForm(UserEditForm):
    def __init__(self, *args, **kwargs):
        self.editing_self = kwargs.get("editing_self", False)
        super().__init__(*args, **kwargs)

    def clean(self):
        cleaned = super().clean()
        if self.editing_self and {"email", "password1"} & set(self.changed_data):
            raise ValidationError("自己的邮箱和密码请在“帐户”里改，那里会核对当前密码。")
        return cleaned


class StaffUserViewSet(UserViewSet):
    def get_form_class(self, for_update=False):
        return OthersEditForm if for_update else super().get_form_class(for_update)
