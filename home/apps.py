from datetime import timedelta

from django.apps import AppConfig, apps
from django.core.management import call_command


def use_singular_as_plural() -> None:
    """Chinese has no plural; Django would append an “s” to the name of a model."""
    for model in apps.get_models():
        named = model._meta.original_attrs
        if "verbose_name" in named and "verbose_name_plural" not in named:
            model._meta.verbose_name_plural = model._meta.verbose_name


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "首页与栏目"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from django.db.models.signals import post_migrate, pre_delete, pre_save
        from wagtail.contrib.simple_translation.models import SimpleTranslation
        from wagtail.models import Revision
        from wagtail.signals import page_published

        from . import jobs, trash
        from .cache import invalidation
        from .fields import read_written_dates, use_json_form_field
        from .files import picture_sizes
        from .housekeeping import clear_expired, turn_banner
        from .links.checker import check_outside_quietly
        from .links.checker import check_quietly as check_links
        from .models import (
            DownloadPage,
            EventPage,
            FeedbackReport,
            NoticePage,
            ServicePlace,
            SignUp,
            SiteDocument,
            SiteImage,
            Subscriber,
            SubscriptionMail,
        )
        from .pages import sitemap
        from .pages.section_contents import register_kind
        from .pages.shared_things import register_shared
        from .personal_data.encryption import register_encrypted
        from .sign_ups import rules
        from .staff import choosers, first_revisions, in_use, security_log
        from .staff.desk import decisions
        from .staff.desk.lists import register_desk_list
        from .staff.desk.pages import (
            dead_links,
            due_for_review,
            outdated_translations,
            waiting_reports,
        )
        from .staff.permission_names import name_permissions
        from .staff.sites import name_columns
        from .staff.teamwork import calendar
        from .staff.teamwork.assignments import assigned_to
        from .staff.teamwork.previews import forget_old_links
        from .subscriptions import announcing
        from .subscriptions.rules import forget_old as forget_old_subscriptions
        from .table_export import guard_wagtail_exports
        from .text_checks import avoided_words, refusals, register_text_check
        from .typed_text import stored
        from .untranslated import untranslated
        from .views import site_map

        SimpleTranslation._meta.verbose_name = "译文"  # Wagtail gives it no name of its own.
        use_singular_as_plural()
        use_json_form_field()
        read_written_dates()
        guard_wagtail_exports()
        choosers.guard_snippet_choosers()
        stored.connect()
        name_columns()
        post_migrate.connect(name_permissions, dispatch_uid="permission names")
        picture_sizes.connect()
        for model in (ServicePlace, SiteDocument, SiteImage):
            pre_delete.connect(in_use.refuse_deletion, model, dispatch_uid="in use")
        pre_save.connect(first_revisions.keep_what_was, Revision, dispatch_uid="first revisions")
        invalidation.connect()
        security_log.connect()
        register_encrypted(SignUp, Subscriber, SubscriptionMail)
        page_published.connect(rules.event_was_published, dispatch_uid="event_places")
        for part in site_map.sitemap_parts():
            sitemap.register(part)
        register_desk_list(
            "returned",
            "退回给我的资料",
            decisions.returned_records,
            order=2,
            concerns=decisions.has_submitted,
        )
        register_desk_list("assigned", "交给我的事", assigned_to, order=1)
        calendar.register_calendar_source("pages", calendar.of_pages)
        calendar.register_calendar_source("work", calendar.of_work)
        jobs.register("preview links", every=timedelta(days=1), run=forget_old_links)
        register_text_check("wording", avoided_words)
        register_text_check("publishing", refusals)
        register_text_check("untranslated", untranslated)
        register_desk_list("review", "到期要复核的页面", due_for_review, order=10)
        register_desk_list(
            "feedback",
            "待处理的找错反映",
            waiting_reports,
            order=5,
            concerns=lambda user: user.has_perm("home.change_feedbackreport"),
        )
        register_shared(FeedbackReport, lambda report: {report.page_id} - {None})
        register_desk_list("translations", "英文要跟着改的页面", outdated_translations, order=12)
        register_desk_list("links", "失效链接", dead_links, order=40)
        jobs.register("trash", every=timedelta(days=1), run=trash.empty_old_trash)
        jobs.register(
            "publish_scheduled",
            every=timedelta(minutes=1),
            run=lambda: call_command("publish_scheduled"),
        )
        jobs.register("banner", every=timedelta(minutes=1), run=turn_banner)
        jobs.register("picture_sizes", every=timedelta(minutes=5), run=picture_sizes.make_missing)
        jobs.register("check_links", every=timedelta(days=1), run=check_links)
        jobs.register("links outside", every=timedelta(days=7), run=check_outside_quietly)
        jobs.register(
            "forget_sign_ups",
            every=timedelta(days=1),
            run=rules.forget_past,
            judges_by_date=True,
        )
        jobs.register("gather_changes", every=timedelta(minutes=10), run=announcing.gather)
        jobs.register("subscription_mails", every=timedelta(seconds=5), run=announcing.send)
        jobs.register(
            "forget_subscriptions",
            every=timedelta(days=1),
            run=forget_old_subscriptions,
            judges_by_date=True,
        )
        jobs.register("clear_sessions", every=timedelta(days=1), run=clear_expired)
        register_kind("notice", "通知公告", NoticePage, icon="speaker")
        register_kind("event", "活动", EventPage, icon="calendar")
        register_kind("download", "下载", DownloadPage, icon="download")
