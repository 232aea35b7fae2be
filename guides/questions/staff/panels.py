"""The picture of the tree in the editor."""

from wagtail.admin.panels import Panel

from ..checks import problems
from ..drawing import draw


class TreePanel(Panel):
    """Draws the saved draft and lists what is wrong with it."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "guides/questions/tree_panel.html"

        def get_context_data(self, parent_context=None):
            context = super().get_context_data(parent_context)
            tree = self.instance.tree
            context["picture"] = draw(tree) if tree.questions else None
            context["problems"] = problems(tree)
            return context
