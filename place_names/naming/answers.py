"""What leads from the number of an application to its progress; the number alone opens nothing."""

from django.urls import reverse

from place_names.models import normal_number
from place_names.models.naming_application import PREFIX
from search.site_search.answers import AnswerCard
from search.site_search.query import SiteQuery


def progress_answer(query: SiteQuery) -> AnswerCard | None:
    """The card for a text that is just a number, whether there is such an application or not."""
    typed = query.written.strip()
    number = normal_number(typed) if typed.upper().startswith(PREFIX) else ""
    if not number:
        return None
    return AnswerCard(
        heading=f"地名申请编号{number}",
        answer="凭这个编号和申请时留的电话后四位，可以查办到哪一步。",
        url=reverse("place_names:naming_progress"),
        link="查地名申请进度",
    )
