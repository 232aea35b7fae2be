from django.apps import AppConfig


class CivilAffairsConfig(AppConfig):
    """The project itself: settings, addresses, health, and what spans several apps."""

    name = "civil_affairs"
    verbose_name = "海珠民政"

    def ready(self):
        from . import deployment  # noqa: F401 - registers its checks
