"""The editor's form of a figure."""

from wagtail.admin.forms import WagtailAdminModelForm

from ..models import Figure
from ..uses import is_used


class FigureForm(WagtailAdminModelForm):
    """Refuses a new code for a figure that pages name by the old one."""

    def clean_slug(self):
        slug = self.cleaned_data["slug"]
        before = Figure.objects.filter(pk=self.instance.pk).exclude(slug=slug).first()
        if before and is_used(before):
            self.add_error("slug", f"已有页面用到“{before.slug}”，代码不能再改。")
        return slug
