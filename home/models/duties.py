from django.contrib.auth.models import Group
from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import AbstractGroupApprovalTask


class SectionDuty(models.Model):
    """A group that looks after one section only: its members change nothing of the others."""

    changes_no_page = True

    group = models.ForeignKey(
        Group, verbose_name="用户组", on_delete=models.CASCADE, related_name="section_duties"
    )
    section = models.ForeignKey(
        "home.SectionPage",
        verbose_name="业务领域",
        on_delete=models.CASCADE,
        related_name="+",
        limit_choices_to={"is_area": True},
    )

    panels = [FieldPanel("group"), FieldPanel("section")]

    class Meta:
        verbose_name = "栏目分工"
        verbose_name_plural = "栏目分工"
        constraints = [
            models.UniqueConstraint(
                fields=["group", "section"],
                name="section_duty_once_a_group",
                violation_error_message="这个用户组已经负责这个领域。",
            )
        ]

    def __str__(self):
        return f"{self.group}：{self.section}"


class SectionReviewTask(AbstractGroupApprovalTask):
    """Review by a group, in which each person reviews the own sections only."""

    changes_no_page = True

    class Meta:
        verbose_name = "按栏目审核"
        verbose_name_plural = "按栏目审核"

    @staticmethod
    def _may_change(user, page) -> bool:
        from ..desk.duties import may_change  # Duties read the models of this module.

        return may_change(user, page)

    def user_can_access_editor(self, obj, user):
        return super().user_can_access_editor(obj, user) and self._may_change(user, obj)

    def locked_for_user(self, obj, user):
        return super().locked_for_user(obj, user) or not self._may_change(user, obj)

    def user_can_lock(self, obj, user):
        return super().user_can_lock(obj, user) and self._may_change(user, obj)

    def get_actions(self, obj, user):
        return super().get_actions(obj, user) if self._may_change(user, obj) else []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        own = [
            state.pk
            for state in states.select_related("workflow_state")
            if self._may_change(user, state.workflow_state.content_object)
        ]
        return states.filter(pk__in=own)

    @classmethod
    def get_description(cls):
        return "所选用户组的成员审核；有栏目分工的人只审核自己栏目的页面。"
