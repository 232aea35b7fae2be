"""The editors' screens for service places."""

from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import ServicePlace


class ServicePlaceViewSet(SnippetViewSet):
    model = ServicePlace
    icon = "site"
    menu_label = "服务网点"
    menu_order = 320
    add_to_admin_menu = True
    list_display = ["name", "get_kind_display", "subdistrict_name", "phone", "is_public"]
    list_filter = ["kind", "is_public", "is_sample"]
    ordering = ["kind", "subdistrict_code"]
    search_fields = ["name", "address", "phone"]
    search_backend_name = None  # A few dozen rows: the database finds them by itself.
    list_per_page = 50
    copy_view_enabled = True
