"""Letters to applicants: written from the template when the step is taken, and kept with it.

The applicant's name is filled in only when a letter is shown, so that it goes with the applicant's
data.
"""

import tomllib
from pathlib import Path

from django.urls import reverse
from django.utils.formats import date_format

from home.messages.addresses import address_of
from place_names.models import NamingApplication, NamingLetter, NamingStep
from place_names.models.naming_letter import PLACEHOLDER

from .deadlines import Terms, next_due

FILE = Path(__file__).parents[1] / "data" / "naming_letters.toml"
DELETED = "（申请人资料已按期删除）"
APPLICANT = "{申请人}"
_TYPED = "｛申请人｝"
DAY = "Y年n月j日"


def delivered() -> list[dict[str, str]]:
    """The templates of the file, as values of `NamingLetter`."""
    with FILE.open("rb") as file:
        return [{**row, "text": row["text"].strip()} for row in tomllib.load(file)["letter"]]


def load_letters() -> int:
    """Add the templates that are missing; never changes one. Returns how many."""
    known = set(NamingLetter.objects.values_list("kind", flat=True))
    new = [NamingLetter(**row) for row in delivered() if row["kind"] not in known]
    NamingLetter.objects.bulk_create(new)
    return len(new)


APPROVALS = {
    NamingApplication.Action.NAME: NamingLetter.Kind.APPROVED,
    NamingApplication.Action.RENAME: NamingLetter.Kind.RENAMED,
    NamingApplication.Action.ABOLISH: NamingLetter.Kind.ABOLISHED,
}
"""What was approved decides what the letter says: an abolished name is not one to be used."""


def kind_of(step: NamingStep) -> str:
    if step.state == NamingApplication.State.APPROVED:
        return APPROVALS[step.application.action]
    return step.state


def write(step: NamingStep, terms: Terms) -> None:
    """Set title and text of the step's letter, if there is a template for it; saves nothing."""
    template = NamingLetter.objects.filter(kind=kind_of(step)).first()
    if template:
        values = _values(step, terms)
        step.letter_title = template.title
        step.letter = PLACEHOLDER.sub(
            lambda found: values.get(found[1], found[0]), template.text.strip()
        )


def text_of(step: NamingStep) -> str:
    """The letter as it is sent, with the applicant's name as long as it is known."""
    return step.letter.replace(APPLICANT, step.application.applicant.get("applicant") or DELETED)


def _values(step: NamingStep, terms: Terms) -> dict[str, str]:
    """What each placeholder stands for, without the applicant."""
    application: NamingApplication = step.application
    days = {each.state: each.day for each in application.steps.all()} | {step.state: step.day}
    due = next_due("accepted", days, terms) if "accepted" in days else None
    supplied_by = next_due(step.state, days, terms) if step.state == "supplement" else None
    result = application.result
    values = {
        "编号": application.number,
        "事项": application.title,
        "名称": application.subject,
        "原地名": application.place.name if application.place else "",
        "位置": application.location,
        "收件日期": date_format(application.received_on, DAY),
        "日期": date_format(step.day, DAY),
        "说明": step.note,
        "决定期限": date_format(due.last_day, DAY) if due else "",
        "补正期限": date_format(supplied_by.last_day, DAY) if supplied_by else "",
        "批准机关": application.authority,
        "批准文号": application.document,
        "标准地名": result.name if result else "",
        "罗马字母拼写": result.romanisation if result else "",
        "查询网址": address_of(reverse("place_names:naming_progress")),
    }
    # What somebody typed is no placeholder: {申请人} in a name stays as it is.
    return {name: value.replace(APPLICANT, _TYPED) for name, value in values.items()}
