"""The editors' screens for dated figures."""

from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet

from home.staff.desk.reviewing import ReviewedViewSet

from ..models import Figure
from ..rendering import shown_today
from .effects import EffectsPanel, FigureEditView, FigureUsageView
from .forms import FigureForm
from .values import ValuesPanel

VALUE_PANELS = [
    FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_to")]),
    FieldPanel("period"),
    FieldRowPanel([FieldPanel("qualifier"), FieldPanel("amount")]),
    FieldPanel("text"),
    FieldPanel("is_target"),
]
FIGURE_PANELS = [
    MultiFieldPanel(
        [
            FieldPanel("name"),
            FieldRowPanel([FieldPanel("slug"), FieldPanel("number")]),
            FieldRowPanel([FieldPanel("unit"), FieldPanel("decimals")]),
            FieldRowPanel([FieldPanel("area"), FieldPanel("kind")]),
            FieldPanel("description"),
        ],
        "数据",
    ),
    MultiFieldPanel(
        [
            FieldPanel("source"),
            FieldPanel("source_page"),
            FieldRowPanel([FieldPanel("review_due"), FieldPanel("is_sample")]),
        ],
        "出处",
    ),
    ValuesPanel("values", VALUE_PANELS, heading="数值", label="数值", min_num=1),
    EffectsPanel(heading="改了，哪里会变"),
]

TODAY = Column("shown_today", label="今天的数值", accessor=shown_today)


class ValueColumn:
    """What each figure is today, beside its name."""

    @property
    def columns(self):
        return [*super().columns, TODAY]

    def get_object_list(self):
        return super().get_object_list().prefetch_related("values")


class FigureChooseView(ValueColumn, ChooseView):
    pass


class FigureChooseResultsView(ValueColumn, ChooseResultsView):
    pass


class FigureChooserViewSet(SnippetChooserViewSet):
    choose_view_class = FigureChooseView
    choose_results_view_class = FigureChooseResultsView


class FigureViewSet(ReviewedViewSet):
    model = Figure
    edit_handler = ObjectList(FIGURE_PANELS, base_form_class=FigureForm)
    icon = "order"
    edit_view_class = FigureEditView
    usage_view_class = FigureUsageView
    menu_label = "数据"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", TODAY, "slug", "area", "kind"]
    list_filter = ["area", "kind", "is_sample"]
    search_fields = ["name", "slug"]
    search_backend_name = None  # A few hundred rows: the database finds them by itself.
    list_per_page = 50
    chooser_viewset_class = FigureChooserViewSet

    def get_queryset(self, request):
        return Figure.objects.prefetch_related("values")
