from django.apps import AppConfig


class PlaceNamesConfig(AppConfig):
    name = "place_names"
    verbose_name = "地名"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import check_runs, search

        search.connect()
        check_runs.connect()
