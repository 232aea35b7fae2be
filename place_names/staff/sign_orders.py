"""Orders of signs, in the menu 地名."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from place_names.models import SignOrder


class SignOrderIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("place", "place__subdistrict")


class SignOrderViewSet(SnippetViewSet):
    model = SignOrder
    index_view_class = SignOrderIndexView
    icon = "tag"
    menu_label = "标志设置单"
    list_display = [
        "inscription",
        Column("task", label="事项", accessor="get_task_display", sort_key="task"),
        Column("kind", label="类型", accessor="get_kind_display"),
        "quantity",
        Column("subdistrict", label="街道", accessor="place.subdistrict"),
        Column("state", label="状态", accessor="get_state_display", sort_key="state"),
        DateColumn("ordered_on", label="下单日期"),
        DateColumn("done_on", label="完成日期"),
    ]
    list_filter = ["task", "state", "kind"]
    search_fields = ["inscription", "place__code", "remarks"]
    search_backend_name = None  # some hundred rows
    list_per_page = 50
    list_export = [
        "inscription", "romanisation", "task", "kind", "quantity", "place", "state",
        "ordered_on", "done_on", "remarks",
    ]  # fmt: skip
    export_filename = "sign-orders"
    panels = [
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("task"), FieldPanel("kind"), FieldPanel("quantity")]),
        FieldRowPanel([FieldPanel("inscription"), FieldPanel("romanisation")]),
        FieldRowPanel([FieldPanel("state"), FieldPanel("ordered_on"), FieldPanel("done_on")]),
        FieldPanel("remarks"),
    ]
