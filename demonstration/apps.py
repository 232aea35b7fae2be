from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    """The commands that make and load sample content; it has no models."""

    name = "demonstration"
    verbose_name = "演示数据"
