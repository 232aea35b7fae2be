from wagtail.admin.forms import WagtailAdminPageForm

from .desk.duties import sections_of
from .slugs import belongs_to_the_site, free_slug


class SitePageForm(WagtailAdminPageForm):
    """What holds for the form of every page, drafts too.

    The address may be left empty: the page makes one from its title. Who looks after certain
    sections files pages in those only.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = free_slug(cleaned.get("title", ""), self.parent_page, self.instance)
        slug = cleaned.get("slug", "")
        # The doors of the applications have such addresses, and keep them.
        if (
            slug
            and slug != self.initial.get("slug")
            and belongs_to_the_site(slug, self.parent_page)
        ):
            self.add_error("slug", f"“{slug}”是网站自己的地址，请换一个。")
        return cleaned

    def _post_clean(self):
        super()._post_clean()
        own = sections_of(self.for_user) if self.for_user else None
        if own is None or "section" not in self.fields:
            return
        if self.instance.section_id not in own:
            self.add_error("section", "请选择您负责的业务领域。")
