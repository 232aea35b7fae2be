from django import forms
from wagtail.admin.forms import WagtailAdminPageForm

from home.pages.section_permissions import sections_of
from home.pages.slugs import belongs_to_the_site, free_slug
from home.typed_text.characters import one_line


class SitePageForm(WagtailAdminPageForm):
    """The admin form of every page type, for drafts too.

    The slug may be left empty; the page derives one from its title. Users with section
    permissions may file pages only in their sections.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
        if "title" in self.fields:
            # The field has no frame until the pointer is over it.
            self.fields["title"].widget.attrs["placeholder"] = "在这里写标题"

    def clean_title(self) -> str:
        """Without invisible characters: a title of nothing else is none."""
        title = one_line(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError("请填写标题。")
        return title

    def clean(self):
        cleaned = super().clean()
        if "slug" in self.fields and not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = self._slug(cleaned.get("title", ""))
        slug = cleaned.get("slug", "")
        # ApplicationPages have such slugs and keep them.
        if (
            slug
            and slug != self.initial.get("slug")
            and belongs_to_the_site(slug, self.parent_page)
        ):
            self.add_error("slug", f"“{slug}”是网站自己的地址，请换一个。")
        return cleaned

    def _slug(self, title: str) -> str:
        """From the title; a page that readers know keeps the one that it has."""
        if self.instance.live and self.instance.slug:
            return self.instance.slug
        return free_slug(title, self.parent_page, self.instance)

    def _post_clean(self):
        super()._post_clean()
        own = sections_of(self.for_user) if self.for_user else None
        if own is None or "section" not in self.fields:
            return
        if self.instance.section_id not in own:
            self.add_error("section", "请选择您负责的业务领域。")
