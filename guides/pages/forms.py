"""The editor's form of a guide."""

from ..figures.forms import FigureTextForm
from .completeness import blocking_gaps


class GuideForm(FigureTextForm):
    """Lists the missing ones of the eight elements at submission and publication."""

    def _post_clean(self):
        super()._post_clean()
        if self.is_deferred_validation or self.errors:
            return
        missing = blocking_gaps(self.instance)
        for gap in missing:
            if gap.field in self.fields:
                self.add_error(gap.field, f"请填写{gap.label}。")
        if missing:
            names = "、".join(gap.label for gap in missing)
            self.add_error(None, f"还不能送审或发布，缺少：{names}。可以先保存草稿。")
