from wagtail.models import AbstractGroupApprovalTask

from home.pages.shared_things import may_review


class SectionReviewTask(AbstractGroupApprovalTask):
    """Review by a group whose members each review only their own sections."""

    changes_no_page = True

    class Meta:
        verbose_name = "按栏目审核"
        verbose_name_plural = "按栏目审核"

    def user_can_access_editor(self, obj, user):
        return super().user_can_access_editor(obj, user) and may_review(user, obj)

    def locked_for_user(self, obj, user):
        return super().locked_for_user(obj, user) or not may_review(user, obj)

    def user_can_lock(self, obj, user):
        return super().user_can_lock(obj, user) and may_review(user, obj)

    def get_actions(self, obj, user):
        return super().get_actions(obj, user) if may_review(user, obj) else []

    def get_task_states_user_can_moderate(self, user, **kwargs):
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        own = [
            state.pk
            for state in states.select_related("workflow_state")
            if may_review(user, state.workflow_state.content_object)
        ]
        return states.filter(pk__in=own)

    @classmethod
    def get_description(cls):
        return (
            "所选用户组的成员审核；有栏目分工的人只审核自己栏目的页面，和只有这些页面用到的资料。"
        )
