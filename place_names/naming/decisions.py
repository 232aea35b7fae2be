"""A decision whose authority or number was typed wrongly: the letter and the register follow."""

from place_names.models import NamingApplication, PlaceName, Succession
from place_names.names import correcting as names
from place_names.names.renaming import HistoryError

from . import letters, procedure
from .entering import basis_of
from .requirements import ProcedureError

Action, State = NamingApplication.Action, NamingApplication.State


def follow(application: NamingApplication, basis_before: str, user) -> None:
    """Write the letter of the decision again and correct what the register says of the approval.

    `basis_before` is what `basis_of` gave before the correction. Raises ProcedureError.
    """
    if not application.authority or not application.document:
        raise ProcedureError("请填写作出决定的机关和文号。")
    step = application.steps.filter(state__in=(State.APPROVED, State.REFUSED)).last()
    letters.write(step, procedure.terms())
    step.save()
    if not application.result_id:
        return
    try:
        _register(application, basis_before, user)
    except HistoryError as error:
        raise ProcedureError(str(error)) from error


def _register(application: NamingApplication, basis_before: str, user) -> None:
    """What an officer has changed in the record since then stays."""
    basis = basis_of(application)
    if application.action == Action.RENAME:
        link = Succession.objects.filter(
            predecessor=application.place, successor=application.result, basis=basis_before
        ).first()
        if link:
            names.correct(link, names.Correction(link.year, basis), user=user)
    record = PlaceName.objects.get(pk=application.result_id)
    if application.action == Action.ABOLISH:
        if record.abolition_ground != basis_before:
            return
        record.abolition_ground = basis
    else:
        if f"{record.approving_body} {record.approval_document}" != basis_before:
            return
        record.approving_body, record.approval_document = (
            application.authority,
            application.document,
        )
    names.publish_corrected(record, user)
