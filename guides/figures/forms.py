"""Validation of placeholders in the page editor."""

from home.pages.page_forms import SitePageForm

from ..publishing.notes import ChangeNoteForm
from .page_text import source_text
from .placeholders import LIKE_A_PLACEHOLDER, wrong_placeholders


class FigureTextForm(ChangeNoteForm, SitePageForm):
    """Refuses a placeholder that shows no figure, in a draft too."""

    def _post_clean(self):
        super()._post_clean()
        if wrong := wrong_placeholders(source_text(self.instance)):
            self.add_error(
                None,
                f"这些数据标记不对：{'、'.join(wrong)}。"
                "请写成 {figure:代码} 或 {figure:代码@2025-01-31}，代码到“数据”里查。",
            )
        for field in ("title", "seo_title"):
            if field in self.fields and LIKE_A_PLACEHOLDER.search(getattr(self.instance, field)):
                self.add_error(field, "标题里不能放数据，请写文字。")
