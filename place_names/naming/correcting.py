"""Mistakes in an application: what was typed wrongly, and the last step, on the day it was recorded.

What was, what is and why stand in the log of the application; of who applied only the labels of
what changed.
"""

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.typed_text.personal_numbers import personal_numbers
from place_names.models import NamingApplication, NamingConsultation, NamingStep, Succession
from place_names.names import correcting as names
from place_names.names.abolition import restore
from place_names.names.renaming import HistoryError

from . import consultations, decisions, notices
from .entering import basis_of, sizes_of
from .procedure import UNDECIDED, Action, State, prechecked
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


def last_of_today(application: NamingApplication) -> NamingStep | None:
    """The last step, if it was recorded today and is not the receipt."""
    steps = list(application.steps.order_by("-pk")[:2])
    if len(steps) < 2 or steps[0].recorded_at is None:
        return None
    today = timezone.localtime(steps[0].recorded_at).date() == timezone.localdate()
    return steps[0] if today else None


def undoable(application: NamingApplication) -> NamingStep | None:
    """The step that `undo` may take back: not the approval of a new name."""
    last = last_of_today(application)
    new_name = application.action == Action.NAME and last and last.state == State.APPROVED
    return None if new_name else last


@transaction.atomic
def undo(application: NamingApplication, step: int, why: str, user=None) -> None:
    """Take back the last step (its key is `step`) on the day on which it was recorded.

    An approval is taken back where the register can undo what it did: a renaming, an abolition.
    Raises ProcedureError.
    """
    if not why.strip():
        raise ProcedureError("请写明为什么撤销。")
    application = NamingApplication.objects.select_for_update().get(pk=application.pk)
    last = last_of_today(application)
    if last is None:
        raise ProcedureError("只能撤销今天登记的最后一步。收件不能撤销，不办的请登记撤回。")
    if last.pk != step:
        raise ProcedureError("您看的页面已经过时：后来又登记了别的步骤。请看清楚再撤销。")
    before = application.steps.order_by("-pk")[1].state
    has_comment = NamingConsultation.objects.filter(application=application).exists()
    if has_comment and before not in consultations.OPEN and last.state == State.ACCEPTED:
        raise ProcedureError("已经公开征求意见，不能撤销受理。")
    if last.state == State.APPROVED:
        _take_back(application, why, user)
    if last.state in (State.APPROVED, State.REFUSED):
        application.decided_on, application.authority, application.document = None, "", ""
    application.state = before
    application.save()
    data = {
        "step": last.get_state_display(),
        "day": last.day.isoformat(),
        "note": last.note,
        "reason": why.strip(),
    }
    last.delete()
    log(application, "place_names.undo_step", user=user, data=data)


def _take_back(application: NamingApplication, why: str, user) -> None:
    """Undo what the approval did to the register and the orders of signs."""
    if application.action == Action.NAME:
        raise ProcedureError(
            "命名批准后，名称已经进了地名库，不能在这里撤销。写错的，在地名的表单里更正；"
            "不该批准的，按销名办理。"
        )
    if notices.page_of(application):
        raise ProcedureError("已经有公告页面，请先删去。")
    if application.sign_orders.exclude(state="ordered").exists():
        raise ProcedureError("标志设置单已经办完或者取消，不能撤销。")
    application.sign_orders.all().delete()
    place, result = application.place, application.result
    application.result = None
    application.save(update_fields=["result"])
    try:
        if application.action == Action.ABOLISH:
            restore(place, why, user=user)
        else:
            kind = Succession.Kind.RENAMED
            link = Succession.objects.get(predecessor=place, successor=result, kind=kind)
            names.undo(link, why, user=user)
    except HistoryError as error:
        raise ProcedureError(str(error)) from error
