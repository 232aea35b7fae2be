"""Checks in the editor: drafts may be unfinished, what is submitted or published may not."""

from home.page_forms import SitePageForm

from .completeness import blocking_gaps
from .page_text import source_text


class FigureTextForm(SitePageForm):
    """Refuses a mark that shows no figure, in a draft too."""

    def _post_clean(self):
        from .figures import LIKE_A_MARK, wrong_marks  # The models use these forms.

        super()._post_clean()
        if wrong := wrong_marks(source_text(self.instance)):
            self.add_error(
                None,
                f"这些数据标记不对：{'、'.join(wrong)}。"
                "请写成 {figure:代码} 或 {figure:代码@2025-01-31}，代码到“数据”里查。",
            )
        for field in ("title", "seo_title"):
            if field in self.fields and LIKE_A_MARK.search(getattr(self.instance, field)):
                self.add_error(field, "标题里不能放数据，请写文字。")


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
