from django.apps import AppConfig


class MarriageConfig(AppConfig):
    name = "marriage"
    verbose_name = "婚姻登记"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from .jobs import register_all

        register_all()
