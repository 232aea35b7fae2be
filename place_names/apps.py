from django.apps import AppConfig


class PlaceNamesConfig(AppConfig):
    name = "place_names"
    verbose_name = "地名"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from datetime import timedelta

        from home import jobs, subdistricts
        from home.languages.latin_names import register_latin
        from home.pages import sitemap
        from home.pages.section_contents import register_kind
        from home.personal_data.encryption import register_encrypted
        from home.staff.desk.lists import register_desk_list
        from home.text_checks import register_text_check
        from home.traditional.forms import register_forms
        from search.site_search import answers, documents, sources

        from . import search, site_entries
        from .checks import check_runs
        from .downloads import snapshots
        from .models import NamingApplication, PublicationPage, Subdistrict
        from .models.place_name import register_preview
        from .names import coming_into_force
        from .names.answers import place_answer
        from .names.latin_addresses import latin_address, latin_name
        from .names.of_subdistrict import TITLE, names_of_subdistrict
        from .names.traditional import forms_of_lanes
        from .naming import procedure
        from .naming.answers import progress_answer
        from .ogc import casei, like
        from .site_search import PlaceNamesSource, area_documents
        from .staff import naming_comments, naming_desk, naming_papers
        from .standard_names import pages
        from .views.one_name import preview_context

        search.connect()
        like.connect()
        casei.connect()
        sources.register(PlaceNamesSource())
        documents.register_documents("place names", area_documents)
        answers.register_answers("places", place_answer, order=60)
        answers.register_answers("naming progress", progress_answer, order=20)
        check_runs.connect()
        jobs.register("downloads", every=timedelta(days=1), run=snapshots.make_tonight)
        jobs.register(
            "planned names",
            every=timedelta(days=1),
            run=coming_into_force.bring_into_force,
            judges_by_date=True,
        )
        jobs.register(
            "naming applicants",
            every=timedelta(days=1),
            run=procedure.forget_applicants,
            judges_by_date=True,
        )
        register_encrypted(NamingApplication)
        register_preview(preview_context)
        register_forms("lanes", forms_of_lanes)
        register_latin("name", latin_name)
        register_latin("address", latin_address)
        for part in site_entries.parts():
            sitemap.register(part)
        subdistricts.register_section(TITLE, names_of_subdistrict)
        subdistricts.register_source(
            lambda: list(Subdistrict.objects.order_by("code").values_list("code", "name"))
        )
        register_kind("publication", "地名出版物", PublicationPage)
        register_text_check("standard names", pages.non_standard)
        register_desk_list("names", "用了非标准地名的页面", pages.gather, order=50)
        register_desk_list("naming_notices", "地名公告的草稿", naming_papers.waiting, order=52)
        register_desk_list(
            "naming_due",
            "今天到期和逾期的命名申请",
            naming_desk.pressing,
            order=51,
            concerns=lambda user: user.has_perm("place_names.change_namingapplication"),
        )
        register_desk_list(
            "naming_comments",
            "对地名的意见待审核",
            naming_comments.waiting,
            order=53,
            concerns=lambda user: user.has_perm("place_names.change_namingcomment"),
        )
        register_desk_list(
            "planned_names",
            "到年没有生效的地名变更",
            coming_into_force.held_up,
            order=55,
            concerns=lambda user: user.has_perm("place_names.add_succession"),
        )
        register_desk_list(
            "register",
            "地名库里的问题",
            check_runs.waiting_faults,
            order=60,
            concerns=lambda user: user.has_perm("place_names.view_registerfault"),
        )
