from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = "首页与栏目"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from . import page_cache
        from .models import DownloadPage, EventPage, NoticePage
        from .section_contents import register_kind

        page_cache.connect()
        register_kind("notice", "通知公告", NoticePage)
        register_kind("event", "活动", EventPage)
        register_kind("download", "下载", DownloadPage)
