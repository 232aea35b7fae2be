from django.contrib import messages
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from . import rich_text
from .completeness import blocking_gaps, gaps
from .figure_choices import choices
from .models import Figure, GuidePage, QuestionTreePage
from .questions.checking import problems
from .viewsets import FigureViewSet
from .word_import.views import WordImportView, policy_index_for

register_snippet(FigureViewSet)


@hooks.register("before_edit_page")
def stop_approval_of_a_tree_that_leads_nowhere(request, page):
    """A reviewer who approves a tree with a dead end or loop reads where it is."""
    approving = request.POST.get("workflow-action-name") == "approve"
    if not approving or not isinstance(page, QuestionTreePage):
        return None
    found = problems(page.get_latest_revision_as_object().tree)
    if not found:
        return None
    messages.error(request, f"还不能发布：{''.join(found)}请改正，或者退回编辑。")
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_edit_page")
def stop_approval_of_an_incomplete_guide(request, page):
    """A reviewer who approves what lacks an element reads what is missing, and it stays."""
    approving = request.POST.get("workflow-action-name") == "approve"
    if not approving or not isinstance(page, GuidePage):
        return None
    missing = blocking_gaps(page.get_latest_revision_as_object())
    if not missing:
        return None
    names = "、".join(gap.label for gap in missing)
    messages.error(request, f"还不能发布，缺少：{names}。请补齐，或者退回编辑。")
    return redirect("wagtailadmin_pages:edit", page.pk)


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
