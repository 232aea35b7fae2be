"""What an editor says of a republication, in the editor's own words.

The note belongs to one publication: it is stored with the version, and a form that is opened on
the public text starts with an empty one.
"""

from django.db import models


class ChangeNoteMixin(models.Model):
    """A page whose changes are public; comes before the base page."""

    change_note = models.CharField(
        "这次改了什么",
        max_length=300,
        blank=True,
        help_text="用一两句话告诉公众，例如“7月起低保标准提高到1,080元”。发布后显示在“这一页改过什么”，并发邮件给订阅的人。"
        "只改错字可以不填。",
    )

    announces_changes = True

    class Meta:
        abstract = True


class ChangeNoteForm:
    """Comes first in the bases of the form."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        page = self.instance
        if (
            "change_note" in self.fields
            and page.pk
            and page.live
            and not page.has_unpublished_changes
        ):
            self.initial["change_note"] = ""
