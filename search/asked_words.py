"""Adding the words in which people ask to a page or to another document of site search."""

from django.db import transaction
from wagtail.log_actions import log
from wagtail.models import Page

from .models import AskedWords
from .models.asked_words import MAX_WORDS
from .site_search.documents import Document


def lines_of(words: str) -> list[str]:
    """The phrases, each once, in order."""
    return list(dict.fromkeys(filter(None, map(str.strip, words.splitlines()))))


def joined(words: str, phrases: list[str]) -> str:
    """The words with those phrases that are not there yet, as far as there is room."""
    lines = lines_of(words)
    for phrase in phrases:
        if phrase not in lines and len("\n".join([*lines, phrase])) <= MAX_WORDS:
            lines.append(phrase)
    return "\n".join(lines)


def add(document: Document, phrases: list[str], user=None) -> bool:
    """Add phrases to what finds a document; tells whether any was new."""
    if document.key.startswith("page:"):
        return add_to_page(Page.objects.get(pk=document.key.removeprefix("page:")), phrases, user)
    row, _ = AskedWords.objects.get_or_create(document=document.key)
    words = joined(row.words, phrases)
    if words == row.words:
        return False
    row.words = words
    row.save()
    return True


@transaction.atomic
def add_to_page(page: Page, phrases: list[str], user=None) -> bool:
    """Add phrases to a page, at once, and to its latest revision, so that no publication loses
    them. What a draft changes else stays a draft."""
    live = Page.objects.select_for_update().get(pk=page.pk).specific
    words = joined(live.asked, phrases)
    if words == live.asked:
        return False
    live.asked = words
    live.save(clean=False, update_fields=["asked"])
    revision = live.get_latest_revision()
    if revision is not None:
        revision.content["asked"] = joined(revision.content.get("asked") or "", phrases)
        revision.save(update_fields=["content"])
    log(live, "wagtail.edit", user=user, content_changed=True)
    return True
