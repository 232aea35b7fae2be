"""Making the draft of a policy page from a Word document."""

from dataclasses import dataclass, field
from io import BytesIO

from django.core.files.images import ImageFile
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model

from home.desk.duties import sections_of
from home.models import SiteSettings
from home.uploads import is_drawable

from ..models import PolicyIndexPage, PolicyPage
from .reading import Imported, UnreadableError, read


@dataclass
class Pictures:
    """Keeps pictures as images of the site; removes their files again if asked to."""

    title: str
    user: object = None
    saved: list = field(default_factory=list)

    def save(self, content: bytes, extension: str, description: str) -> int | None:
        if not is_drawable(BytesIO(content)):
            return None
        number = len(self.saved) + 1
        image = get_image_model()(
            title=f"{self.title} 图{number}"[:255],
            description=description,
            uploaded_by_user=self.user,
            file=ImageFile(BytesIO(content), name=f"word-{number}.{extension}"),
        )
        image.save()
        self.saved.append(image)
        return image.pk

    def discard_files(self) -> None:
        for image in self.saved:
            image.file.delete(save=False)


def import_policy(
    data: bytes, name: str, index_page: PolicyIndexPage, user, site, most_pages: int
) -> tuple[PolicyPage, Imported]:
    """Adds an unpublished policy page with the contents of the file.

    All or nothing: on UnreadableError neither page nor pictures remain.
    """
    file_title = name.rsplit(".", 1)[0].strip() or "导入的文件"
    pictures = Pictures(file_title, user)
    own = sections_of(user)  # Who looks after some sections only must find it in one of them.
    try:
        with transaction.atomic():
            found = read(data, most_pages, pictures.save)
            title = (found.title or file_title)[:255]
            page = PolicyPage(
                title=title,
                section_id=min(own) if own else None,
                document_number=found.document_number,
                issuing_body=SiteSettings.for_site(site).organisation,
                issued_on=timezone.localdate(),
                body=found.blocks,
                live=False,
                owner=user,
            )
            index_page.add_child(instance=page)
            page.save_revision(user=user, log_action=True)
    except BaseException:
        pictures.discard_files()
        raise
    return page, found


__all__ = ["UnreadableError", "import_policy"]
