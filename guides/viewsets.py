"""The editors' screens for dated figures."""

from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.chooser import ChooseResultsView, ChooseView, SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Figure


class ValueColumn:
    """What each figure is today, beside its name."""

    @property
    def columns(self):
        return [*super().columns, Column("shown_today", label="今天的数值")]

    def get_object_list(self):
        return super().get_object_list().prefetch_related("values")


class FigureChooseView(ValueColumn, ChooseView):
    pass


class FigureChooseResultsView(ValueColumn, ChooseResultsView):
    pass


class FigureChooserViewSet(SnippetChooserViewSet):
    choose_view_class = FigureChooseView
    choose_results_view_class = FigureChooseResultsView


class FigureViewSet(SnippetViewSet):
    model = Figure
    icon = "order"
    menu_label = "数据"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "shown_today", "slug", "area", "kind"]
    list_filter = ["area", "kind", "is_sample"]
    search_fields = ["name", "slug"]
    search_backend_name = None  # A few hundred rows: the database finds them by itself.
    list_per_page = 50
    chooser_viewset_class = FigureChooserViewSet

    def get_queryset(self, request):
        return Figure.objects.prefetch_related("values")
