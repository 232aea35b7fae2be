"""Orders of signs, in the menu 地名."""

from django.contrib import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from place_names.models import SignOrder
from place_names.signs import orders


class SignOrderIndexView(IndexView):
    def get_base_queryset(self):
        return super().get_base_queryset().select_related("place", "place__subdistrict")


class SignOrderEditView(EditView):
    def save_instance(self):
        was = SignOrder.objects.values_list("state", flat=True).get(pk=self.object.pk)
        order = super().save_instance()
        if order.state == SignOrder.State.DONE != was:
            messages.info(self.request, orders.carry_out(order, self.request.user))
        return order


class SignOrderViewSet(SnippetViewSet):
    model = SignOrder
    index_view_class = SignOrderIndexView
    edit_view_class = SignOrderEditView
    icon = "tag"
    menu_label = "标志设置单"
    list_display = [
        "inscription",
        Column("task", label="事项", accessor="get_task_display", sort_key="task"),
        Column("kind", label="类型", accessor="get_kind_display"),
        "quantity",
        Column("subdistrict", label="街道", accessor="place.subdistrict"),
        Column("state", label="状态", accessor="get_state_display", sort_key="state"),
        Column("ordered_on", label="下单日期"),
        Column("done_on", label="完成日期"),
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
        FieldRowPanel(
            [FieldPanel("state"), FieldPanel("ordered_on"), FieldPanel("done_on")],
            help_text="完成以后，更换的标志在登记里改成新名称，拆除的从登记里删除。",
        ),
        FieldPanel("remarks"),
    ]
