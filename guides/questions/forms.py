from ..figures.forms import FigureTextForm
from .checks import problems


class QuestionTreeForm(FigureTextForm):
    """A draft may be unfinished; what is submitted, published or under review may not."""

    def _post_clean(self):
        super()._post_clean()
        under_review = self.instance.pk and self.instance.current_workflow_state
        if self.errors or (self.is_deferred_validation and not under_review):
            return
        for problem in problems(self.instance.tree):
            self.add_error("steps", problem)
        if self.errors:
            self.add_error(None, "问答还不能送审或发布，请先改正题目里列出的问题。可以先保存草稿。")
