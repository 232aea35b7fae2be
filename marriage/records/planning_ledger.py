"""Writing the ledger of planning.

Models are watched by signals: whatever is saved or deleted is noted with old and new values.
The person is the one of Wagtail's log context; what a job, a command or a shell does has no
person and is shown as of the system. Bulk changes of slots call `record` themselves.
"""

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from wagtail.log_actions import get_active_log_context

from home.models import ServiceHoursException

from ..models import Office, PlanningEntry

Action = PlanningEntry.Action


def record(
    action: str, kind: str, subject: str, changes: list[list[str]], *, office=None
) -> PlanningEntry:
    """Note a change by whoever is logged in, else by the system.

    `changes` are [what, old, new].
    """
    actor = get_active_log_context().user
    if actor is not None and not actor.is_authenticated:
        actor = None
    return PlanningEntry.objects.create(
        actor=actor, action=action, kind=kind, subject=subject[:200], changes=changes, office=office
    )


def watch(*models: type[Model]) -> None:
    """Note changes of these models from now on; called once, when the site starts."""
    for model in models:
        uid = f"planning-ledger-{model.__name__}"
        pre_save.connect(_before, sender=model, dispatch_uid=f"{uid}-before")
        post_save.connect(_after, sender=model, dispatch_uid=f"{uid}-after")
        post_delete.connect(_deleted, sender=model, dispatch_uid=f"{uid}-deleted")
        for field in model._meta.many_to_many:
            m2m_changed.connect(
                _linked, sender=field.remote_field.through, dispatch_uid=f"{uid}-{field.name}"
            )


def values(row: Model) -> dict[str, str]:
    """{name of the field: value in words}, without keys and what no form edits."""
    found = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or not field.editable:
            continue
        display = getattr(row, f"get_{field.name}_display", None)
        value = display() if display else getattr(row, field.name)
        if isinstance(value, bool):
            value = "是" if value else "否"
        found[str(field.verbose_name)] = "" if value is None else str(value)
    return found


def difference(old: dict[str, str], new: dict[str, str]) -> list[list[str]]:
    """Return [[what, old, new]] of what differs."""
    return [
        [name, old.get(name, ""), new.get(name, "")]
        for name in {**old, **new}
        if old.get(name, "") != new.get(name, "")
    ]


def _before(sender, instance, raw=False, **kwargs) -> None:
    instance._planned_before = None
    if instance.pk and not raw:
        old = sender._default_manager.filter(pk=instance.pk).first()
        instance._planned_before = old and values(old)


def _after(sender, instance, created, raw=False, **kwargs) -> None:
    if raw:
        return
    old = getattr(instance, "_planned_before", None)
    changes = difference(old or {}, values(instance))
    if changes and _concerns_us(instance):
        action = Action.CHANGED if old else Action.ADDED
        record(action, _kind(sender), str(instance), changes, office=_office(instance))


def _deleted(sender, instance, **kwargs) -> None:
    if not _concerns_us(instance):
        return
    gone = [[name, value, ""] for name, value in values(instance).items() if value]
    record(Action.REMOVED, _kind(sender), str(instance), gone, office=_office(instance))


def _linked(sender, instance, action, model, pk_set, **kwargs) -> None:
    if action not in ("post_add", "post_remove") or not pk_set:
        return
    names = "、".join(str(row) for row in model._default_manager.filter(pk__in=pk_set))
    change = ["", names] if action == "post_add" else [names, ""]
    fields = type(instance)._meta.many_to_many
    field = next(each for each in fields if each.remote_field.through is sender)
    changes = [[str(field.verbose_name), *change]]
    record(Action.CHANGED, _kind(type(instance)), str(instance), changes, office=_office(instance))


def _kind(model: type[Model]) -> str:
    return str(model._meta.verbose_name)


def _concerns_us(instance: Model) -> bool:
    """Whether a record is one of the registry: exceptional hours may be of another place."""
    return not isinstance(instance, ServiceHoursException) or _office(instance) is not None


def _office(instance: Model):
    if instance._meta.model_name == "office":
        return instance if instance.pk else None
    if place := getattr(instance, "place_id", None):  # Exceptional hours of a service place.
        return Office.objects.filter(place=place).first()
    return getattr(instance, "office", None)
