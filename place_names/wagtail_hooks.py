"""What of the register stands in the admin: one menu, 地名, with all its screens."""

from django.urls import include, path
from wagtail import hooks
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from place_names import boundary_views, sign_views
from place_names.check_views import CheckViewSet
from place_names.models import WordingRule


class WordingRuleViewSet(SnippetViewSet):
    model = WordingRule
    icon = "openquote"
    menu_label = "用词规则"
    list_display = [
        "word",
        Column("kind", label="类型", accessor="get_kind_display"),
        "reason",
        "active",
    ]
    list_filter = ["kind", "active"]
    search_fields = ["word", "reason"]
    search_backend_name = None  # some dozen rows
    list_per_page = 100


class PlaceNameGroup(SnippetViewSetGroup):
    menu_label = "地名"
    menu_name = "place-names"
    menu_icon = "site"
    menu_order = 200
    items = (
        CheckViewSet,
        boundary_views.BoundaryLineViewSet,
        sign_views.SignViewSet,
        WordingRuleViewSet,
    )


register_snippet(PlaceNameGroup)


@hooks.register("register_admin_urls")
def register_urls():
    signs = (sign_views.sign_urls(), "place_name_signs")
    boundaries = (boundary_views.boundary_urls(), "place_name_boundaries")
    return [
        path("place-names/signs/", include(signs)),
        path("place-names/boundaries/", include(boundaries)),
    ]
