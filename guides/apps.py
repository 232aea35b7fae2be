from datetime import timedelta

from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = "办事指南"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_delete, post_save
        from wagtail.signals import page_published, page_unpublished

        from home import jobs
        from home.blocks.tables import offer_placeholders
        from home.material_lists import list_changed
        from home.models import ServicePlace
        from home.pages import placeholders, sitemap
        from home.pages.section_contents import (
            register_kind,
            register_links,
            register_local_links,
        )
        from home.pages.shared_things import register_shared
        from home.service_places.done_here import register_done_here
        from home.staff.desk.lists import register_desk_list
        from home.staff.teamwork.calendar import register_calendar_source
        from home.staff.text_search import register_searched
        from home.subdistricts import register_section
        from home.text_checks import register_text_check
        from search.site_search.answers import register_answers
        from search.site_search.documents import register_documents

        from .benefit_finder.listings import questionnaire_of
        from .benefit_finder.staff import misfits, misfits_of_draft
        from .figures import sitemap as figures_sitemap
        from .figures import uses
        from .figures.answers import amount_answer
        from .figures.rendering import FigureLookup
        from .figures.site_search import figure_documents
        from .figures.staff import desk as figures_desk
        from .figures.staff import picker
        from .figures.text_check import contradictions
        from .models import (
            Figure,
            FigureValue,
            GuidePage,
            InterpretationPage,
            PolicyPage,
            PublishedVersion,
            TopicPage,
        )
        from .pages.listings import (
            begun_online,
            figures_of_section,
            guides_of_place,
            guides_of_subdistrict,
            places_of_section,
        )
        from .policies.answers import policy_answer
        from .policies.disclosure import missing_fields, without_original
        from .policies.staff.laws import ending_policies, with_outdated_laws
        from .publishing.staff import desk as publishing_desk
        from .versions import recording
        from .word_import.uploads import forget_old_uploads

        page_published.connect(uses.page_was_published, dispatch_uid="figure_uses")
        page_unpublished.connect(uses.page_was_unpublished, dispatch_uid="figure_uses")
        page_published.connect(recording.page_was_published, dispatch_uid="versions")
        post_delete.connect(
            recording.version_was_withdrawn, PublishedVersion, dispatch_uid="versions"
        )
        list_changed.connect(recording.list_was_changed, dispatch_uid="versions")
        for changed in (post_save, post_delete):
            changed.connect(recording.value_changed, FigureValue, dispatch_uid="versions")
        register_section("在这里能办的事", guides_of_subdistrict)
        register_done_here(guides_of_place)
        register_shared(Figure, lambda figure: figure.uses.values_list("page_id", flat=True))
        register_shared(ServicePlace, lambda place: place.guides.values_list("pk", flat=True))
        register_desk_list("elements", "还不能发布的页面", publishing_desk.not_ready, order=20)
        register_desk_list("figures", "到期的数据", figures_desk.expired_figures, order=30)
        register_desk_list("benefits", "政策找人对不上的条件", misfits, order=25)
        register_desk_list("laws", "引用了失效文件的指南", with_outdated_laws, order=35)
        register_desk_list("originals", "还没有原文网址的政策摘要", without_original, order=36)
        register_text_check("benefits", misfits_of_draft)
        register_calendar_source("figures", figures_desk.ending_figures)
        register_calendar_source("policies", ending_policies)
        register_text_check("figures", contradictions)
        register_text_check("disclosure", missing_fields)
        register_searched(Figure.objects.all)
        register_kind("guide", "办事指南", GuidePage, in_tree_order=True, icon="steps")
        register_kind("policy", "政策文件", PolicyPage, icon="law")
        register_kind("interpretation", "政策解读", InterpretationPage)
        register_kind("topic", "人生大事", TopicPage, in_tree_order=True)
        register_links("先看看", questionnaire_of)
        register_links("现在就办", begun_online)
        register_local_links("到哪里办", places_of_section)
        register_links("有关数据", figures_of_section)
        sitemap.register(figures_sitemap.PART)
        register_documents("figures", figure_documents)
        register_answers("amounts", amount_answer)
        register_answers("policies", policy_answer)
        offer_placeholders(picker.placeholders)
        placeholders.register("figures", lambda: FigureLookup().fill_in_plain)
        jobs.register(
            "turning figures",
            every=timedelta(hours=1),
            run=recording.update_pages_of_turning_figures,
        )
        jobs.register("word uploads", every=timedelta(days=1), run=forget_old_uploads)
