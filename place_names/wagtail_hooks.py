from wagtail import hooks

from place_names.check_views import CheckViewSet


@hooks.register("register_admin_viewset")
def register_checks():
    return CheckViewSet()
