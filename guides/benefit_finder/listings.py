"""Where an area leads to the questionnaire."""

from home.cache.memoize import memoized
from home.pages.visibility import open_to_all

from .models import BenefitFinderPage


def questionnaire_of(section: int) -> list[tuple[str, str]]:
    """(URL, label) of the questionnaire, where a guide of the section has rules; else empty."""
    address, sections = memoized("sections with benefits", _sections)
    return [(address, "答几个问题，看看能领什么")] if address and section in sections else []


def _sections() -> tuple[str, set[int]]:
    page = open_to_all(BenefitFinderPage.objects).first()
    return (page.url, {guide.section_id for guide in page.guides()}) if page else ("", set())
