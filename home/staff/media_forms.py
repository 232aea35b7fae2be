"""The forms of pictures and files in the admin."""

from home.files import uploads

from .in_use import named, settled_pages_showing


class KeepsFileInUse:
    """A form that replaces no file under pages that are public or in review."""

    def clean(self):
        cleaned = super().clean()
        is_replaced = self.instance.pk and "file" in self.changed_data
        if is_replaced and (pages := settled_pages_showing(self.instance)):
            self.add_error(
                "file",
                f"{named(pages)}正在使用它，换了文件，公众看到的就不经审核变了。"
                "请另外上传新文件，到页面里换上，再送审。",
            )
        return cleaned


class SiteImageForm(KeepsFileInUse, uploads.SiteImageForm):
    pass


class SiteDocumentForm(KeepsFileInUse, uploads.SiteDocumentForm):
    pass
