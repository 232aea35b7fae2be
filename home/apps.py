from datetime import timedelta

from django.apps import AppConfig, apps
from django.core.management import call_command


def name_many_like_one() -> None:
    """Chinese has no plural; Django would put an “s” behind the name of a model."""
    for model in apps.get_models():
        named = model._meta.original_attrs
        if "verbose_name" in named and "verbose_name_plural" not in named:
            model._meta.verbose_name_plural = model._meta.verbose_name


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "首页与栏目"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_published

        from . import jobs, page_cache, site_map, sitemap
        from .desk.lists import register_desk_list
        from .desk.pages import dead_links, due_for_review, waiting_reports
        from .desk.shared import register_shared
        from .encryption import register_sealed
        from .links import check_quietly as check_links
        from .models import DownloadPage, EventPage, FeedbackReport, NoticePage, SignUp
        from .section_contents import register_kind
        from .sign_ups import rules

        name_many_like_one()
        page_cache.connect()
        register_sealed(SignUp)
        page_published.connect(rules.event_was_published, dispatch_uid="event_places")
        for part in site_map.sitemap_parts():
            sitemap.register(part)
        register_desk_list("review", "到期要复核的页面", due_for_review, order=10)
        register_desk_list(
            "feedback",
            "待处理的找错反映",
            waiting_reports,
            order=5,
            concerns=lambda user: user.has_perm("home.change_feedbackreport"),
        )
        register_shared(FeedbackReport, lambda report: {report.page_id} - {None})
        register_desk_list("links", "失效链接", dead_links, order=40)
        jobs.register(
            "publish_scheduled",
            every=timedelta(minutes=1),
            run=lambda: call_command("publish_scheduled"),
        )
        jobs.register("check_links", every=timedelta(days=1), run=check_links)
        jobs.register("forget_sign_ups", every=timedelta(days=1), run=rules.forget_past)
        register_kind("notice", "通知公告", NoticePage)
        register_kind("event", "活动", EventPage)
        register_kind("download", "下载", DownloadPage)
