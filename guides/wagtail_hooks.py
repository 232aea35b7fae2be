from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet

from . import rich_text
from .completeness import gaps
from .figure_choices import choices
from .models import Figure, GuidePage, PolicyPage
from .version_views import WITHDRAWN, VersionsView, may_withdraw
from .viewsets import FigureViewSet
from .word_import.views import WordImportView, policy_index_for

register_snippet(FigureViewSet)


class WordImportMenuItem(MenuItem):
    def is_shown(self, request) -> bool:
        return policy_index_for(request.user) is not None


def tell_what_else_is_usual(request, page):
    """After submission or publication: what a guide usually says and this one does not yet."""
    sent = "action-submit" in request.POST or "action-publish" in request.POST
    if not sent or not isinstance(page, GuidePage):
        return
    usual = [gap.label for gap in gaps(page.get_latest_revision_as_object()) if not gap.blocks]
    if usual:
        messages.info(request, f"不影响发布，但最好也写上：{'、'.join(usual)}。")


def tell_of_replaced_policies(request, page):
    """A replaced document stays in force to readers until its own last day is written down."""
    sent = "action-submit" in request.POST or "action-publish" in request.POST
    if not sent or not isinstance(page, PolicyPage):
        return
    for policy in page.get_latest_revision_as_object().still_in_force():
        messages.warning(
            request,
            f"被取代的《{policy.title}》还没有写“有效期至”，公众看到的仍是现行有效。请补写。",
        )


hooks.register("after_create_page", tell_of_replaced_policies)
hooks.register("after_edit_page", tell_of_replaced_policies)
hooks.register("after_create_page", tell_what_else_is_usual)
hooks.register("after_edit_page", tell_what_else_is_usual)


@hooks.register("before_delete_snippet")
def keep_figures_that_pages_show(request, instances):
    """A figure that a page shows is not deleted: the page would have a hole."""
    used = [item for item in instances if isinstance(item, Figure) and item.is_written_in_pages]
    if not used:
        return None
    names = "、".join(figure.name for figure in used)
    messages.error(request, f"还有页面用到：{names}。请先在那些页面里换掉，再删除。")
    return redirect("wagtailsnippets_guides_figure:list")


@hooks.register("insert_editor_js")
def help_with_codes_in_trees():
    return format_html('<script src="{}" defer></script>', static("js/question-tree.js"))


@hooks.register("register_rich_text_features")
def figures_in_rich_text(features):
    rich_text.register(features)


@hooks.register("register_admin_urls")
def figure_choices_address():
    return [path("figures/choices/", choices, name="figure_choices")]


@hooks.register("register_admin_urls")
def word_import_address():
    return [path("policies/word-import/", WordImportView.as_view(), name="word_import")]


@hooks.register("register_admin_menu_item")
def word_import_menu_item():
    return WordImportMenuItem("导入Word", reverse("word_import"), icon_name="upload", order=315)


@hooks.register("register_admin_urls")
def published_versions_address():
    return [
        path("pages/<int:page>/versions/", VersionsView.as_view(), name="published_versions"),
    ]


@hooks.register("register_page_header_buttons")
def published_versions_button(page, user, view_name, next_url=None):
    if isinstance(page, GuidePage | PolicyPage) and page.pk and may_withdraw(user, page):
        address = reverse("published_versions", args=[page.pk])
        yield Button("公开的版本", address, icon_name="history", priority=66)


@hooks.register("register_log_actions")
def version_log_actions(actions):
    @actions.register_action(WITHDRAWN)
    class WithdrawnFormatter(LogFormatter):
        label = "撤回版本"

        def format_message(self, log_entry):
            return f"撤回了公开的第{log_entry.data['version']}版"
