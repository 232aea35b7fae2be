"""What was typed wrongly in an application.

What was, what is and why stand in the log of the application; of who applied only the labels of
what changed.
"""

from django.db import transaction
from wagtail.log_actions import log

from home.typed_text.personal_numbers import personal_numbers
from place_names.models import NamingApplication, NamingConsultation

from . import decisions
from .entering import basis_of, sizes_of
from .procedure import UNDECIDED, prechecked
from .requirements import ProcedureError, must_be_fit

PERSON = {"applicant": "申请人", "person": "联系人", "telephone": "联系电话"}
FACTS = (
    "action", "kind", "name", "place", "subdistrict", "location", "lon", "lat", "measures",
    "meaning", "reason", "received_on",
)  # fmt: skip
DECISION = ("authority", "document")
"""Of these the letter of the decision and the register are corrected too."""
PUT_UP = ("action", "kind", "name", "place")
"""What people comment on: it stays once an application was put up for comment."""
PUBLIC_TEXTS = ("location", "meaning", "reason")


def plain_facts(application: NamingApplication) -> dict:
    """The values of the fields that can be corrected; keys of other records as they are stored."""
    return {name: getattr(application, f"{name}_id" if name in ("kind", "place", "subdistrict") else name) for name in (*FACTS, *DECISION)}  # fmt: skip


def may_correct(application: NamingApplication) -> bool:
    """Everything before the decision, then its authority and number; who applied as long as that
    is kept."""
    undecided = application.state in UNDECIDED
    return undecided or application.decided_on is not None or bool(application.encrypted)


@transaction.atomic
def correct(
    application: NamingApplication, facts: dict, who: dict | None, why: str, user=None
) -> None:
    """Set fields right for a reason; the pre-check is run again. Raises ProcedureError.

    `facts` are values of `FACTS`, after the decision of `DECISION`; `who` is None once it was
    deleted.
    """
    if not why.strip():
        raise ProcedureError("请写明为什么更正。")
    application = NamingApplication.objects.select_for_update().get(pk=application.pk)
    changed = [name for name, value in facts.items() if getattr(application, name) != value]
    undecided = application.state in UNDECIDED
    if not set(changed) <= set(FACTS if undecided else DECISION):
        raise ProcedureError("已经决定或者办结，申请内容不再更正。")
    decided_before = basis_of(application)
    was, now = {}, {}
    for name in changed:
        label = NamingApplication._meta.get_field(name).verbose_name
        was[label] = str(_shown(application, name))
        setattr(application, name, facts[name])
        now[label] = str(_shown(application, name))
    if changed and undecided:
        must_be_fit(application)
        _not_put_up(application, changed)
        _received(application, changed)
        application.precheck = prechecked(application)
    person = []
    if who is not None:
        before = application.applicant
        person = [label for name, label in PERSON.items() if before.get(name, "") != who[name]]
        application.applicant = who
    if not changed and not person:
        raise ProcedureError("没有改动。")
    application.save()
    if changed and not undecided:
        decisions.follow(application, decided_before, user)
    data = {"was": was, "now": now, "person": person, "reason": why.strip()}
    log(application, "place_names.correct_application", user=user, data=data)


def _shown(application: NamingApplication, name: str):
    if name == "measures":
        return sizes_of(application.measures)
    display = getattr(application, f"get_{name}_display", None)
    value = display() if display else getattr(application, name)
    return "" if value is None else value


def _not_put_up(application: NamingApplication, changed: list[str]) -> None:
    if not NamingConsultation.objects.filter(application=application).exists():
        return
    if set(changed) & set(PUT_UP):
        raise ProcedureError(
            "已经公开征求意见，事项、类别、名称和原地名不能再改。请登记撤回，另外登记一件。"
        )
    texts = (getattr(application, name) for name in PUBLIC_TEXTS)
    if found := {kind for text in texts for kind in personal_numbers(text)}:
        raise ProcedureError(f"位置、含义和理由已经公开，请删去{'、'.join(sorted(found))}。")


def _received(application: NamingApplication, changed: list[str]) -> None:
    """The first step bears the day of receipt, from which the terms run."""
    if "received_on" not in changed:
        return
    first, *later = application.steps.order_by("pk")[:2]
    if later and later[0].day < application.received_on:
        raise ProcedureError(f"收件日期不能晚于下一步的{later[0].day:%Y-%m-%d}。")
    first.day = application.received_on
    first.save(update_fields=["day"])
