from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_save


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "搜索"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home.jobs import register

        from . import catalogue, indexing, sources
        from .page_entries import page_saved, rebuild
        from .service_places import ServicePlacesSource
        from .statistics import forget_old

        post_save.connect(page_saved, dispatch_uid="search-page-entries")
        catalogue.connect()
        sources.register(ServicePlacesSource())
        register("search.forget_old_counts", every=timedelta(days=1), run=forget_old)
        # Mends what changed without a signal: bulk updates, a restored database.
        register("search.page_entries", every=timedelta(days=1), run=rebuild)
        register("search.send_waiting", every=timedelta(seconds=30), run=indexing.send_waiting)
        register("search.repair", every=timedelta(days=1), run=indexing.repair)
