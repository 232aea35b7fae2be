"""Publishing checks: one rule for the form, approval, bulk actions and scheduled publishing."""

from collections.abc import Iterator

from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks.tables import NonEmptyBlock
from home.text_checks import Finding

ALT_TEXT_MISSING = "请补写"
"""Start of the alternative text of an imported picture that has none yet."""


class PublishingRefusedError(Exception):
    """A page cannot be published yet; `errors` are sentences that say why."""

    def __init__(self, page: Page, errors: list[str]):
        self.page = page
        self.errors = errors
        super().__init__(f"“{page.title}”还不能发布：{''.join(errors)}请改正，或者退回编辑。")


def empty_blocks(page: Page) -> list[str]:
    """A sentence for each table or chart of `page` that would show nothing."""
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return [
        child.block.EMPTY_MESSAGE
        for field in streams
        for child in getattr(page, field.name)
        if isinstance(child.block, NonEmptyBlock) and child.block.is_empty(child.value)
    ]


class PublishingChecks:
    """Mixin for pages that are published only without publishing errors; comes first in the bases."""

    def publishing_errors(self) -> list[str]:
        """Sentences, each a reason why the page as it is now cannot be published."""
        return empty_blocks(self)

    def publish(self, revision, *args, **kwargs):
        """Raises PublishingRefusedError, whoever or whatever publishes.

        A scheduled revision loses its date instead of blocking the others.
        """
        page = revision.as_object()
        found = page.publishing_errors()
        if not found:
            return super().publish(revision, *args, **kwargs)
        if revision.approved_go_live_at:
            revision.approved_go_live_at = None
            revision.save(update_fields=["approved_go_live_at"])
            return None
        raise PublishingRefusedError(page, found)


def refusals(page: Page) -> Iterator[Finding]:
    """The text check that names, before submission, what would stop the publication: once in
    review, the page is locked for the editor who could mend it."""
    if isinstance(page, PublishingChecks):
        for error in page.publishing_errors():
            yield Finding("还不能发布", "本页面", "", error, must_mend=True)
