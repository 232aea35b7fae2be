from django.apps import AppConfig

NAMES_HERE = "这里的地名"
FEW = 12


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
        subdistricts.register_section(NAMES_HERE, names_of_subdistrict)
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


def names_of_subdistrict(code: str) -> list[tuple[str, str]]:
    """(address, name) of some standard names of the subdistrict, and the way to all of them."""
    from django.urls import reverse

    from .models import PlaceName

    names = PlaceName.objects.standard().filter(subdistricts__code=code)
    links = [
        (reverse("place_names:place_name", args=[place_code]), name)
        for place_code, name in names.order_by("category__code", "code").values_list(
            "code", "name"
        )[:FEW]
    ]
    if links:
        links.append((reverse("place_names:subdistrict", args=[code]), "全部地名"))
    return links
