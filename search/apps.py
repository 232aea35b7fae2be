from datetime import timedelta

from django.apps import AppConfig
from django.db.models.signals import post_save


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "搜索"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home.jobs import register

        from .places import indexing
        from .site_search import catalogue
        from .site_search.answers import register_answers
        from .site_search.complaints import complaint_answer, complaint_documents
        from .site_search.documents import register_documents
        from .site_search.page_documents import page_documents
        from .site_search.page_entries import page_saved, rebuild
        from .site_search.service_place_answers import service_place_answer
        from .site_search.service_places import service_place_documents
        from .statistics import forget_old

        post_save.connect(page_saved, dispatch_uid="search-page-entries")
        catalogue.connect()
        register_documents("pages", page_documents)
        register_documents("service places", service_place_documents)
        register_documents("complaints", complaint_documents)
        register_answers("service places", service_place_answer, order=20)
        register_answers("complaints", complaint_answer, order=30)
        register("search.forget_old_counts", every=timedelta(days=1), run=forget_old)
        # Mends what changed without a signal: bulk updates, a restored database.
        register("search.site_search.page_entries", every=timedelta(days=1), run=rebuild)
        register("search.send_waiting", every=timedelta(seconds=30), run=indexing.send_waiting)
        register("search.repair", every=timedelta(days=1), run=indexing.repair)
