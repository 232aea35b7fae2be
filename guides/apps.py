from django.apps import AppConfig


class GuidesConfig(AppConfig):
    name = "guides"
    verbose_name = "办事指南"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from home.section_contents import register_kind
        from search import fillers

        from .figures import FigureLookup
        from .models import GuidePage, InterpretationPage, PolicyPage, TopicPage

        register_kind("guide", "办事指南", GuidePage)
        register_kind("policy", "政策文件", PolicyPage)
        register_kind("interpretation", "政策解读", InterpretationPage)
        register_kind("topic", "人生大事", TopicPage)
        fillers.register("figures", lambda: FigureLookup().fill_in_plain)
