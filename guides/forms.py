"""Checks in the editor: drafts may be unfinished, what is submitted or published may not."""

from home.page_forms import SitePageForm

from .completeness import blocking_gaps
from .page_text import source_text


class FigureTextForm(SitePageForm):
    """Refuses a mark of a figure that does not exist, in a draft too."""

    def _post_clean(self):
        from .figures import unknown_figures  # The models use these forms.

        super()._post_clean()
        unknown = unknown_figures(source_text(self.instance))
        if unknown:
            self.add_error(None, f"没有这些数据代码：{'、'.join(unknown)}。请到“数据”里查代码。")


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
