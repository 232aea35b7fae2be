"""Replaces `wagtail.users` in INSTALLED_APPS to use our user form."""

from wagtail.users.apps import WagtailUsersAppConfig


class StaffUsersConfig(WagtailUsersAppConfig):
    user_viewset = "home.staff.users.StaffUserViewSet"
