"""Drafts of pages from Word documents."""

import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from django.conf import settings
from django.core.files.images import ImageFile
from django.db import transaction
from wagtail.images import get_image_model
from wagtail.models import Page

from home import sandbox
from home.blocks.rich_tables import Cell, table_markup
from home.models import NoticeIndexPage, NoticePage
from home.pages.publishing_checks import ALT_TEXT_MISSING
from home.pages.section_permissions import sections_of

from ..pages.models import GuideIndexPage, GuidePage
from ..policies.models import PolicyIndexPage, PolicyPage
from . import reading

MAX_CAPTION = 80
LIMITS = sandbox.Limits(seconds=30)
LIBRARIES = ["lxml.etree"]
# What a document can become: (name, type of the page, type of the page above it).
KINDS = {
    "policy": ("政策文件", PolicyPage, PolicyIndexPage),
    "notice": ("通知公告", NoticePage, NoticeIndexPage),
    "guide": ("办事指南（写进“更多说明”）", GuidePage, GuideIndexPage),
}
PAGES = tuple(page for _name, page, _index in KINDS.values())
SavePicture = Callable[[bytes, str, str], int]


@dataclass
class Imported:
    """What was read of a document: see `reading.read` for the values."""

    about: dict = field(default_factory=dict)
    content: list[dict] = field(default_factory=list)
    source: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, data: bytes, max_pages: int) -> "Imported":
        """Reads the document in the sandbox.

        Raises home.sandbox.FileRefusedError in words for the editor.
        """
        imported = cls()
        limits = {
            "max_pages": max_pages,
            "max_pixels": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS,
            "max_edge": settings.MAX_PICTURE_EDGE,
        }
        for value in sandbox.read(reading.read, data, limits=LIMITS, libraries=LIBRARIES, **limits):
            kind = value.pop("kind")
            if kind == "about":
                imported.about = value
            elif kind == "source":
                imported.source = value["lines"]
            elif kind == "report":
                imported.notes = [tuple(note) for note in value["notes"]]
            else:
                imported.content.append({"kind": kind, **value})
        return imported

    @property
    def pictures(self) -> int:
        return len({one["number"] for one in self.content if one["kind"] == "picture"})

    def warnings(self) -> list[str]:
        """The notes as sentences, each with its place."""
        return [f"{place}：{message}" if place else message for place, message in self.notes]

    def preview(self) -> list[dict]:
        """The content with the HTML of its tables, without the bytes of pictures."""
        return [
            {**one, "html": markup_of(one)} if one["kind"] == "table" else {**one, "data": ""}
            for one in self.content
        ]


def markup_of(table: dict) -> str:
    return table_markup([[Cell(**cell) for cell in row] for row in table["rows"]])


def body_of(imported: Imported, save_picture: SavePicture) -> tuple[list[dict], list[str]]:
    """(raw StreamField data, warnings about pictures without alternative text).

    `save_picture(content, extension, description)` returns the key of an image. A picture that
    stands there several times is one image for each text that the author gave it; where it has
    none it takes that of another place.
    """
    blocks: list[dict] = []
    saved: dict[tuple[int, str], int] = {}
    warnings: list[str] = []
    pictures = [one for one in imported.content if one["kind"] == "picture"]
    contents = {one["number"]: one["data"] for one in pictures if one["data"]}
    described = {one["number"]: one["description"] for one in pictures if one["description"]}
    for one in imported.content:
        if one["kind"] == "heading":
            value = {"text": one["text"], "level": one["level"]}
        elif one["kind"] == "paragraph":
            value = one["html"]
        elif one["kind"] == "table":
            value = {"caption": one["caption"][:MAX_CAPTION], "table": markup_of(one)}
        else:
            number = one["number"]
            text = one["description"] or described.get(number, "")
            if (number, text) not in saved:
                data = base64.b64decode(contents[number])
                alternative = text or f"{ALT_TEXT_MISSING}图{number}的内容"
                saved[number, text] = save_picture(data, one["extension"], alternative)
                if not text:
                    warnings.append(f"第{number}幅图没有替代文字，请到“图片”里补写。")
            value = {"image": saved[number, text], "caption": one["caption"]}
        name = "rich_table" if one["kind"] == "table" else one["kind"]
        blocks.append({"type": name, "value": value})
    return blocks, warnings


@dataclass
class Pictures:
    """Saves pictures as images of the site; removes their files again if asked to."""

    title: str
    user: object = None
    saved: list = field(default_factory=list)

    def save(self, content: bytes, extension: str, description: str) -> int:
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


def parent_for(user, kind: str) -> Page | None:
    """The page under which this user may add pages of `kind`, if any."""
    index_page = KINDS[kind][2].objects.first()
    if index_page and index_page.permissions_for_user(user).can_add_subpage():
        return index_page
    return None


def kinds_for(user) -> list[tuple[str, str]]:
    """(kind, name) of what this user may make from a document."""
    return [(kind, name) for kind, (name, *_) in KINDS.items() if parent_for(user, kind)]


def may_replace_text(user, page: Page) -> bool:
    """Whether the text of `page` can come from a document that this user uploads."""
    return isinstance(page, PAGES) and page.permissions_for_user(user).can_edit()


def create_draft(imported: Imported, kind: str, user, **fields) -> tuple[Page, list[str]]:
    """Adds an unpublished page of `kind`; returns it and warnings about its pictures.

    All or nothing: on an error neither page nor pictures remain.
    """
    own = sections_of(user)  # Who looks after some sections only must find it in one of them.
    section = min(own) if own else None
    page = KINDS[kind][1](live=False, owner=user, section_id=section, **fields)

    def add(body: list[dict]) -> None:
        page.body = body
        parent_for(user, kind).add_child(instance=page)

    return page, _save(imported, page, user, add)


def replace_text(imported: Imported, page: Page, user) -> list[str]:
    """Makes a new draft of `page` with the text of the document; the rest stays."""
    return _save(imported, page, user, lambda body: setattr(page, "body", body))


def _save(imported: Imported, page: Page, user, fill: Callable[[list[dict]], None]) -> list[str]:
    pictures = Pictures(page.title, user)
    try:
        with transaction.atomic():
            body, warnings = body_of(imported, pictures.save)
            fill(body)
            page.save_revision(user=user, log_action=True)
    except BaseException:
        pictures.discard_files()
        raise
    return warnings
