"""The review of pages and of records (服务网点, 数据, 地名): each decision is told, and counts for
the text that was read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.panels import Panel
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.snippets.views import snippets

from ..editing import SiteEditView
from ..english_left import SiteUnpublishView
from ..text_check_panel import ShowsTextCheck
from ..text_checks import ChecksText
from .decisions import (
    TellsDecision,
    tell,
    tell_that_nothing_was_decided,
    tell_why_it_came_back,
)
from .overtaken import ShowsNewerText


class DecisionView(TellsDecision, WorkflowActionView):
    pass


class CheckedCreateView(ShowsTextCheck, ChecksText, CreateView):
    pass


class CheckedEditView(ShowsNewerText, ShowsTextCheck, ChecksText, SiteEditView):
    """What is saved, submitted, decided or published replaces only what this person has read."""

    def get_panel(self) -> Panel:
        return self.edit_handler

    @property
    def action_name_and_method(self):
        name, method = super().action_name_and_method
        is_decision = self.request.POST.get("action-workflow-action")
        if name == "save" and is_decision and not self.expects_json_response:
            return ("decide in vain", self.decide_in_vain)
        return name, method

    def form_valid(self, form):
        if self.text_differences:
            self.tell_of_newer_text(self.page, self.get_edit_url())
            self.has_unsaved_changes = True
            return self.render_to_response(self.get_context_data())
        return super().form_valid(form)

    def perform_workflow_action(self):
        decided = self.page.current_workflow_task_state
        response = super().perform_workflow_action()
        decided.refresh_from_db()
        if decided.finished_at:
            tell(self.request, self.page, self.workflow_action)
        return response

    def decide_in_vain(self) -> HttpResponse:
        if self.has_content_changes:
            self.save_action()
        tell_that_nothing_was_decided(self.request, self.page, self.has_content_changes)
        return self.redirect_and_remain()


class SitePageViewSet(PageViewSet):
    add_view_class = CheckedCreateView
    edit_view_class = CheckedEditView
    unpublish_view_class = SiteUnpublishView
    workflow_action_view_class = DecisionView


class RecordDecisionView(TellsDecision, snippets.WorkflowActionView):
    pass


class ReviewedEditView(ShowsNewerText, snippets.EditView):
    """The form of a record that is reviewed; the same rules as for a page."""

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        tell_why_it_came_back(request, self.object)
        return super().get(request, *args, **kwargs)

    def get_action(self, request: HttpRequest) -> str:
        """An autosave saves, whatever else the form holds."""
        return "edit" if self.expects_json_response else super().get_action(request)

    def is_valid(self, form) -> bool:
        if not super().is_valid(form):
            return False
        self.form = form
        if not self.text_differences:
            return True
        self.produced_error_message = None
        self.tell_of_newer_text(self.object, self.get_edit_url())
        return False

    def form_valid(self, form):
        is_decision = self.request.POST.get("action-workflow-action")
        if is_decision and self.action == "edit" and not self.expects_json_response:
            is_kept = form.has_changed()
            again = redirect(self.get_edit_url())
            response = super().form_valid(form) if is_kept else again
            tell_that_nothing_was_decided(self.request, self.object, is_kept)
            return response
        return super().form_valid(form)

    def run_action_method(self):
        if self.action != "workflow-action":
            return super().run_action_method()
        decided = self.object.current_workflow_task_state
        response = super().run_action_method()
        decided.refresh_from_db()
        if decided.finished_at:
            tell(self.request, self.object, self.workflow_action)
        return response

    def get_success_message(self, instance=None):
        """Nothing beside what was told of the decision."""
        return None if self.action == "workflow-action" else super().get_success_message(instance)


class ReviewedViewSet(snippets.SnippetViewSet):
    edit_view_class = ReviewedEditView
    workflow_action_view_class = RecordDecisionView
