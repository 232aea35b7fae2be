from django.contrib import messages
from django.shortcuts import redirect
from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from . import rich_text
from .completeness import blocking_gaps
from .figure_choices import choices
from .models import GuidePage, QuestionTreePage
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
