"""The register of non-standard names, in the menu 地名."""

from django.template.defaultfilters import yesno
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from place_names.models import NonStandardName


class NonStandardNameIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("subdistrict", "place")


class NonStandardNameViewSet(SnippetViewSet):
    model = NonStandardName
    index_view_class = NonStandardNameIndexView
    icon = "warning"
    menu_label = "不规范地名"
    list_display = [
        "name",
        Column("kind", label="问题", accessor="get_kind_display"),
        Column("subdistrict", label="街道"),
        Column("place", label="标准地名"),
        Column("state", label="状态", accessor="get_state_display"),
        DateColumn("listed_on", label="列入日期"),
        Column("is_public", label="公开", accessor=lambda each: yesno(each.is_public, "是,否")),
    ]
    list_filter = ["kind", "state", "is_public"]
    search_fields = ["name", "reason"]
    search_backend_name = None
    list_per_page = 50
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("kind")]),
        FieldPanel("subdistrict"),
        FieldPanel("place"),
        FieldPanel("reason"),
        FieldPanel("basis"),
        FieldPanel("measures"),
        FieldRowPanel([FieldPanel("state"), FieldPanel("listed_on"), FieldPanel("done_on")]),
        FieldPanel("is_public"),
    ]
