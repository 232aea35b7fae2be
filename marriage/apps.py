from django.apps import AppConfig


class MarriageConfig(AppConfig):
    name = "marriage"
    verbose_name = "婚姻登记"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_published

        from .jobs import register_all
        from .material_changes import guide_published

        register_all()
        page_published.connect(guide_published, dispatch_uid="marriage_guide_published")
