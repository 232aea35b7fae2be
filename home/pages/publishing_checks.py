"""Publishing checks: one rule for the form, approval, bulk actions and scheduled publishing."""

from wagtail.fields import StreamField
from wagtail.models import Page

from home.blocks.media import PictureBlock
from home.blocks.tables import NonEmptyBlock

ALT_TEXT_MISSING = "请补写"
"""Start of the alternative text of an imported picture that has none yet."""


class PublishingRefusedError(Exception):
    """A page cannot be published yet; `errors` are sentences that say why."""

    def __init__(self, page: Page, errors: list[str]):
        self.page = page
        self.errors = errors
        super().__init__(f"“{page.title}”还不能发布：{''.join(errors)}请改正，或者退回编辑。")


def _blocks_of(page: Page) -> list:
    streams = [field for field in page._meta.get_fields() if isinstance(field, StreamField)]
    return [child for field in streams for child in getattr(page, field.name)]


def empty_blocks(page: Page) -> list[str]:
    """A sentence for each table or chart of `page` that would show nothing."""
    return [
        child.block.EMPTY_MESSAGE
        for child in _blocks_of(page)
        if isinstance(child.block, NonEmptyBlock) and child.block.is_empty(child.value)
    ]


def mute_pictures(page: Page) -> list[str]:
    """A sentence for each picture of an imported file that has no words for those who do not see
    it; pictures are counted as they stand on the page."""
    blocks = [child for child in _blocks_of(page) if isinstance(child.block, PictureBlock)]
    return [
        f"第{number}幅图还没有替代文字，请到“图片”里补写。"
        for number, child in enumerate(blocks, 1)
        if (image := child.value["image"]) and image.description.startswith(ALT_TEXT_MISSING)
    ]


class PublishingChecks:
    """Mixin for pages that are published only without publishing errors; comes first in the bases.

    All pages of the site have what every page is asked for; a page type adds to it.
    """

    def publishing_errors(self) -> list[str]:
        """Sentences, each a reason why the page as it is now cannot be published."""
        return [*mute_pictures(self), *empty_blocks(self)]

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
