"""Orders of signs, in the menu 地名."""

from django.contrib import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import EditView, IndexView, SnippetViewSet

from home.models.shown_form import ShownForm
from place_names.models import SignOrder
from place_names.signs import orders


class SignOrderForm(ShownForm):
    """What a new order leaves empty is written as the place has it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            self.fields["inscription"].required = False

    def clean(self):
        data = super().clean()
        place = data.get("place")
        if place and not self.instance.pk and not data.get("inscription"):
            data["inscription"] = place.name
            data["romanisation"] = data.get("romanisation") or place.romanisation
        return data


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
    _panels = [
        FieldPanel("place"),
        FieldRowPanel([FieldPanel("task"), FieldPanel("kind"), FieldPanel("quantity")]),
        FieldRowPanel(
            [FieldPanel("inscription"), FieldPanel("romanisation")],
            help_text="新的设置单可以不填：保存时照所选的地名写。",
        ),
        FieldRowPanel(
            [FieldPanel("state"), FieldPanel("ordered_on"), FieldPanel("done_on")],
            help_text="完成以后，更换的标志在登记里改成新名称，拆除的从登记里删除。",
        ),
        FieldPanel("remarks"),
    ]
    edit_handler = ObjectList(_panels, base_form_class=SignOrderForm)
