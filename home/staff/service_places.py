"""The editors' screens for service places."""

from django.template.defaultfilters import yesno
from wagtail.admin.ui.tables import Column

from home.models import ServicePlace

from .desk.reviewing import ReviewedViewSet


class ServicePlaceViewSet(ReviewedViewSet):
    model = ServicePlace
    icon = "site"
    menu_label = "服务网点"
    menu_order = 320
    add_to_admin_menu = True
    list_display = [
        "name",
        "kind",
        Column("subdistrict_name", label="街道", sort_key="subdistrict_code"),
        "phone",
        Column(
            "is_public",
            label="对公众显示",
            accessor=lambda place: yesno(place.is_public, "是,否"),
            sort_key="is_public",
        ),
    ]
    list_filter = ["kind", "is_public", "is_sample"]
    ordering = ["kind", "subdistrict_code"]
    search_fields = ["name", "address", "phone"]
    search_backend_name = None  # A few dozen rows: the database finds them by itself.
    list_per_page = 50
    copy_view_enabled = True
