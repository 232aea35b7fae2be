from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.search_promotions.forms import SearchPromotionsFormSet
from wagtail.snippets.models import register_snippet

from .editors import SearchesView, SynonymViewSet, promote

register_snippet(SynonymViewSet)

# The one label of that form which Wagtail does not offer for translation.
SearchPromotionsFormSet.form.base_fields["external_link_text"].label = "外部链接的文字"


@hooks.register("register_admin_urls")
def editors_addresses():
    return [
        path("searches/", SearchesView.as_view(), name="search_searches"),
        path("searches/promote/", promote, name="search_promote"),
    ]


class SearchesMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("search.view_querycount")


class SynonymsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("search.change_synonym")


@hooks.register("register_reports_menu_item")
def searches_in_reports():
    return SearchesMenuItem("搜索统计", reverse("search_searches"), icon_name="search", order=850)


@hooks.register("register_settings_menu_item")
def synonyms_in_settings():
    address = reverse("wagtailsnippets_search_synonym:list")
    return SynonymsMenuItem("同义词", address, icon_name="tag", order=880)
