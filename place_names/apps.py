from django.apps import AppConfig


class PlaceNamesConfig(AppConfig):
    name = "place_names"
    verbose_name = "地名"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home import sitemap, subdistricts
        from home.desk.lists import register_desk_list
        from home.section_contents import register_kind
        from search import sources

        from . import check_runs, page_names, search, site_entries
        from .models import PublicationPage, Subdistrict
        from .one_box import PlaceNamesSource

        search.connect()
        sources.register(PlaceNamesSource())
        check_runs.connect()
        for part in site_entries.parts():
            sitemap.register(part)
        subdistricts.register_source(
            lambda: list(Subdistrict.objects.order_by("code").values_list("code", "name"))
        )
        register_kind("publication", "地名出版物", PublicationPage)
        register_desk_list("names", "用了非标准地名的页面", page_names.gather, order=50)
        register_desk_list(
            "register",
            "地名库里的问题",
            check_runs.waiting_faults,
            order=60,
            concerns=lambda user: user.has_perm("place_names.view_registerfault"),
        )
