"""Taking back the last step of an application, on the day on which it was recorded.

An approval is taken back with all that it did: in the register, the orders of signs, the notice.
The log of the application keeps the step and why it was undone.
"""

from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from home.trash import move_to_trash
from place_names.models import NamingApplication, NamingConsultation, NamingStep, Succession
from place_names.names import correcting as names
from place_names.names.abolition import restore
from place_names.names.removing import remove
from place_names.names.renaming import HistoryError
from place_names.names.rows import row_of

from . import consultations, notices
from .procedure import UNDECIDED, Action, State
from .requirements import ProcedureError

ONLY_TODAY = "步骤只在登记的当天可以撤销"
INSTEAD = {
    Action.NAME: "名称等写错的，在地名的表单里更正；不该批准的，按销名办理。",
    Action.RENAME: "名称等写错的，在地名的表单里更正；不该更名的，另外登记一件，改回原名。",
    Action.ABOLISH: "不该销名的，在地名的“历史沿革”里撤销废止。",
}


def last_of_today(application: NamingApplication) -> NamingStep | None:
    """The last step, if it was recorded today and is not the receipt: what `undo` takes back."""
    steps = list(application.steps.order_by("-pk")[:2])
    if len(steps) < 2 or steps[0].recorded_at is None:
        return None
    today = timezone.localtime(steps[0].recorded_at).date() == timezone.localdate()
    return steps[0] if today else None


def why_not(application: NamingApplication) -> str:
    """Why no step can be taken back, and what to do instead; empty where one can."""
    if last_of_today(application):
        return ""
    if application.state == State.RECEIVED:
        return "收件不能撤销。写错的，点“更正”；不办的，登记撤回。"
    if application.state in UNDECIDED:
        return f"{ONLY_TODAY}。登记错的，接着登记正确的步骤，在“说明”里写明。"
    if application.result_id:
        return f"{ONLY_TODAY}。机关和文号写错的，点“更正”；{INSTEAD[application.action]}"
    return f"{ONLY_TODAY}。办结错的，另外登记一件申请。"


def why_refused(application: NamingApplication) -> str:
    """Why the last step cannot be taken back though it is of today; empty where it can."""
    last = last_of_today(application)
    if last is None or last.state != State.APPROVED:
        return ""
    page = notices.page_of(application)
    if page and page.live:
        return f"公告页面《{page.title}》已经发布。请“审核”先把它删去（移到回收站），再撤销批准。"
    if application.sign_orders.exclude(state="ordered").exists():
        return "标志设置单已经办完或者取消，不能撤销。"
    return ""


def consequences(application: NamingApplication) -> Iterator[str]:
    """What taking back the last step does, in words."""
    last, before = application.steps.order_by("-pk")[:2]
    yield f"申请回到“{before.get_state_display()}”。"
    if last.letter:
        yield f"文书《{last.letter_title}》作废，已经发出的请收回。"
    if last.state != State.APPROVED:
        return
    place, result = application.place, application.result
    if application.action == Action.ABOLISH:
        yield f"“{result.name}”（{result.code}）恢复为标准地名。"
    else:
        yield f"“{result.name}”（{result.code}）从地名库里删去，不再公开。"
    if application.action == Action.RENAME:
        yield f"“{place.name}”（{place.code}）恢复为标准地名。"
    if orders := application.sign_orders.count():
        yield f"没有办的标志设置单{orders}张一并删去。"
    if page := notices.page_of(application):
        yield f"公告页面《{page.title}》（{notices.state_of(page)}）移到回收站。"


@transaction.atomic
def undo(application: NamingApplication, step: int, why: str, user=None) -> None:
    """Take back the last step (its key is `step`) on the day on which it was recorded.

    Raises ProcedureError.
    """
    if not why.strip():
        raise ProcedureError("请写明为什么撤销。")
    application = NamingApplication.objects.select_for_update().get(pk=application.pk)
    last = last_of_today(application)
    if last is None:
        raise ProcedureError(why_not(application))
    if last.pk != step:
        raise ProcedureError("您看的页面已经过时：后来又登记了别的步骤。请看清楚再撤销。")
    before = application.steps.order_by("-pk")[1].state
    has_comment = NamingConsultation.objects.filter(application=application).exists()
    if has_comment and before not in consultations.OPEN and last.state == State.ACCEPTED:
        raise ProcedureError("已经公开征求意见，不能撤销受理。")
    data = {
        "step": last.get_state_display(),
        "day": last.day.isoformat(),
        "note": last.note,
        "reason": why.strip(),
    }
    if last.state == State.APPROVED:
        if application.action == Action.NAME:
            data["record"] = row_of(application.result)
        _take_back(application, why, user)
    if last.state in (State.APPROVED, State.REFUSED):
        application.decided_on, application.authority, application.document = None, "", ""
    application.state = before
    application.save()
    last.delete()
    log(application, "place_names.undo_step", user=user, data=data)


def _take_back(application: NamingApplication, why: str, user) -> None:
    """Undo what the approval did to the register, the orders of signs and the notice."""
    if reason := why_refused(application):
        raise ProcedureError(reason)
    if page := notices.page_of(application):
        move_to_trash(page, user)
    application.sign_orders.all().delete()
    place, result = application.place, application.result
    application.result = application.notice_page = None
    application.save(update_fields=["result", "notice_page"])
    try:
        if application.action == Action.NAME:
            remove(result)
        elif application.action == Action.ABOLISH:
            restore(place, why, user=user)
        else:
            kind = Succession.Kind.RENAMED
            link = Succession.objects.get(predecessor=place, successor=result, kind=kind)
            names.undo(link, why, user=user)
    except HistoryError as error:
        raise ProcedureError(str(error)) from error
