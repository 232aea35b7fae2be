"""Registers the menu 地名 and the staff screens of the register."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.defaultfilters import yesno
from django.urls import include, path, reverse, reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from place_names.models import PlaceName, WordingRule
from place_names.staff.bulk_actions import ACTIONS
from place_names.staff.referring import referrers, refusal
from place_names.staff.viewsets import (
    CategoryViewSet,
    ImportMappingViewSet,
    PlaceNameViewSet,
    SubdistrictViewSet,
)

from .staff import (
    boundaries,
    change_log,
    history,
    imports,
    naming,
    naming_access,
    naming_applicant,
    signs,
)
from .staff.checks import CheckViewSet
from .staff.naming_comments import NamingCommentViewSet
from .staff.naming_lists import GenericRuleViewSet, NamingKindViewSet, NamingLetterViewSet
from .staff.non_standard import NonStandardNameViewSet
from .staff.sign_orders import SignOrderViewSet
from .staff.spellings import DecidedSpellingViewSet


class WordingRuleViewSet(SnippetViewSet):
    model = WordingRule
    icon = "openquote"
    menu_label = "用词规则"
    list_display = [
        "word",
        Column("kind", label="类型", accessor="get_kind_display"),
        "reason",
        Column("severity", label="预审时", accessor="get_severity_display"),
        Column("active", label="启用", accessor=lambda rule: yesno(rule.active, "是,否")),
    ]
    list_filter = ["kind", "scope", "active"]
    search_fields = ["word", "reason"]
    search_backend_name = None  # some dozen rows
    list_per_page = 100


class PlaceNameGroup(SnippetViewSetGroup):
    menu_label = "地名"
    menu_name = "place-names"
    menu_icon = "site"
    menu_order = 200
    items = (
        PlaceNameViewSet,
        CheckViewSet,
        DecidedSpellingViewSet,
        SubdistrictViewSet,
        boundaries.BoundaryLineViewSet,
        signs.SignViewSet,
        SignOrderViewSet,
        NamingCommentViewSet,
        NonStandardNameViewSet,
        WordingRuleViewSet,
        GenericRuleViewSet,
        NamingKindViewSet,
        NamingLetterViewSet,
        CategoryViewSet,
        ImportMappingViewSet,
    )


register_snippet(PlaceNameGroup)


@hooks.register("register_log_actions")
def register_log_actions(actions):
    for action, label in change_log.LABELS.items():
        formatter = type("Formatter", (change_log.ChangeFormatter,), {"label": label})
        actions.register_action(action)(formatter)


@hooks.register("register_admin_urls")
def register_urls():
    return [
        path("place-names/signs/", include((signs.sign_urls(), "place_name_signs"))),
        path(
            "place-names/boundaries/",
            include((boundaries.boundary_urls(), "place_name_boundaries")),
        ),
        path("place-names/imports/", include((imports.urls(), "place_name_imports"))),
        path("place-names/naming/", include((naming.urls(), "place_name_naming"))),
        path("place-names/history/", include((history.urls(), "place_name_history"))),
    ]


class ImportMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm("place_names.view_importrecord")


@hooks.register("register_admin_menu_item")
def import_menu_item():
    address = reverse_lazy("place_name_imports:list")
    return ImportMenuItem("地名导入", address, name="place-imports", icon_name="upload", order=201)


class NamingMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.has_perm(naming_access.VIEW)


@hooks.register("register_admin_menu_item")
def naming_menu_item():
    address = reverse_lazy("place_name_naming:desk")
    return NamingMenuItem("命名申请", address, name="place-naming", icon_name="tag", order=202)


@hooks.register("register_log_actions")
def naming_log_actions(actions):
    actions.register_action(naming_applicant.SEEN, "查看申请人电话", "查看了申请人的完整电话")


for action in ACTIONS:
    hooks.register("register_bulk_action", action)


@hooks.register("before_delete_snippet")
def keep_what_is_referred_to(request, instances):
    """Deleting a name that others refer to is refused with the reason."""
    places = [each for each in instances if isinstance(each, PlaceName)]
    found = referrers(places) if places else {}
    if not found:
        return None
    for place in places:
        if place.pk in found:
            messages.error(request, refusal(place, found[place.pk]))
    return redirect(reverse(PlaceName.snippet_viewset.get_url_name("list")))
