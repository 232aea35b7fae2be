"""The editor's form of a guide."""

from ..figures.forms import FigureTextForm
from .completeness import FROM_ORIGINAL, blocking_gaps, is_translation

# What only the Chinese guide has, or decides.
OF_CHINESE = (
    *("eligibility", "action_address", "by_counter", "by_internet", "by_post"),
    *("online_address", "no_materials"),
)


class GuideForm(FigureTextForm):
    """Lists the missing ones of the eight elements at submission and publication."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.locale_id and is_translation(self.instance):
            for name in (*FROM_ORIGINAL, "places", *OF_CHINESE):
                self.fields.pop(name, None)

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
