from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.contrib.search_promotions.forms import SearchPromotionsFormSet
from wagtail.snippets.models import register_snippet

from .staff.views import (
    AskedWordsViewSet,
    SafetyCardViewSet,
    SearchesView,
    SynonymViewSet,
    add_asked,
    promote,
)

register_snippet(SynonymViewSet)
register_snippet(SafetyCardViewSet)
register_snippet(AskedWordsViewSet)

# The one label of that form which Wagtail does not offer for translation.
SearchPromotionsFormSet.form.base_fields["external_link_text"].label = "外部链接的文字"


@hooks.register("register_admin_urls")
def editors_addresses():
    return [
        path("searches/", SearchesView.as_view(), name="search_searches"),
        path("searches/promote/", promote, name="search_promote"),
        path("searches/asked/", add_asked, name="search_add_asked"),
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


class SafetyCardsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("search.change_safetycard")


class AskedWordsMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("search.change_askedwords")


@hooks.register("register_settings_menu_item")
def safety_cards_in_settings():
    address = reverse("wagtailsnippets_search_safetycard:list")
    return SafetyCardsMenuItem("求助和投诉提示", address, icon_name="warning", order=882)


@hooks.register("register_settings_menu_item")
def asked_words_in_settings():
    address = reverse("wagtailsnippets_search_askedwords:list")
    return AskedWordsMenuItem("群众怎么问", address, icon_name="comment", order=881)
