from datetime import timedelta

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = "办事指南"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published, page_unpublished

        from home import fillers, jobs, sitemap
        from home.blocks.tables import offer_marks
        from home.desk.lists import register_desk_list
        from home.desk.shared import register_shared
        from home.models import ServicePlace
        from home.section_contents import register_kind
        from home.service_places.done_here import register_done_here
        from home.subdistricts import register_section

        from . import desk, figure_uses, versions
        from .figure_choices import marks
        from .figures import FigureLookup
        from .models import (
            Figure,
            FigureValue,
            GuidePage,
            InterpretationPage,
            PolicyPage,
            TopicPage,
        )

        page_published.connect(figure_uses.page_was_published, dispatch_uid="figure_uses")
        for changed in (post_save, post_delete):
            changed.connect(figure_uses.value_changed, FigureValue, dispatch_uid="figure_uses")
        page_published.connect(versions.page_was_published, dispatch_uid="versions")
        page_unpublished.connect(figure_uses.page_was_unpublished, dispatch_uid="figure_uses")
        register_section("在这里能办的事", guides_of_subdistrict)
        register_done_here(guides_of_place)
        register_shared(Figure, lambda figure: figure.uses.values_list("page_id", flat=True))
        register_shared(ServicePlace, lambda place: place.guides.values_list("pk", flat=True))
        register_desk_list("elements", "还不能发布的页面", desk.not_ready, order=20)
        register_desk_list("figures", "到期的数据", desk.expired_figures, order=30)
        register_kind("guide", "办事指南", GuidePage, in_tree_order=True)
        register_kind("policy", "政策文件", PolicyPage)
        register_kind("interpretation", "政策解读", InterpretationPage)
        register_kind("topic", "人生大事", TopicPage)
        sitemap.register(
            sitemap.Part("figures", lambda: Figure.objects.count() + 1, figure_entries, "民政数据")
        )
        offer_marks(marks)
        fillers.register("figures", lambda: FigureLookup().fill_in_plain)
        jobs.register(
            "turning figures",
            every=timedelta(hours=1),
            run=figure_uses.read_pages_of_turning_figures,
        )


def guides_of_subdistrict(code: str) -> list[tuple[str, str]]:
    """(address, title) of the live guides that are done at a place of the subdistrict."""
    return _guides(places__subdistrict_code=code, places__is_public=True)


def guides_of_place(place) -> list[tuple[str, str]]:
    """(address, title) of the live guides that are done at the place."""
    return _guides(places=place)


def _guides(**wanted) -> list[tuple[str, str]]:
    from home.visibility import open_to_all

    from .models import GuidePage

    guides = open_to_all(GuidePage.objects).defer_streamfields().distinct().order_by("path")
    return [(guide.url, guide.title) for guide in guides.filter(**wanted)]


def figure_entries(start: int, stop: int) -> list:
    """The list of the figures and the page of each, for the sitemap."""
    from django.urls import reverse

    from home.sitemap import Entry

    from .models import Figure

    all_of_them = Entry(reverse("guides:figure_index"), "所有数据")
    figures = [
        Entry(figure.get_absolute_url(), figure.name) for figure in Figure.objects.order_by("pk")
    ]
    return [all_of_them, *figures][start:stop]
