"""The list of 繁體用字 in the admin."""

from wagtail.snippets.views.snippets import SnippetViewSet

from home.models import TraditionalForm


class TraditionalFormViewSet(SnippetViewSet):
    model = TraditionalForm
    icon = "globe"
    menu_label = "繁體用字"
    menu_order = 915
    add_to_settings_menu = True
    list_display = ["phrase", "form", "source", "checked_on"]
    search_fields = ["phrase", "form", "source"]
    search_backend_name = None
    list_per_page = 100
