"""The editors' screens for dated figures."""

from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Figure


class FigureViewSet(SnippetViewSet):
    model = Figure
    icon = "order"
    menu_label = "数据"
    menu_order = 310
    add_to_admin_menu = True
    list_display = ["name", "slug", "area", "kind", "unit"]
    list_filter = ["area", "kind", "is_sample"]
    search_fields = ["name", "slug"]
    search_backend_name = None  # A few hundred rows: the database finds them by itself.
    list_per_page = 50
