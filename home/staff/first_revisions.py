"""What a record said before its first change is a revision too, so that it can be brought back.

Records that were loaded by a command have no revision. The first change in the admin would
replace the only copy of what readers saw.
"""

from typing import Any

from wagtail.log_actions import log
from wagtail.models import Page, Revision

KEPT = "home.kept_before_first_change"
# Of the state of the record, not of what it says.
_STATE = {
    "latest_revision",
    "live_revision",
    "has_unpublished_changes",
    "first_published_at",
    "last_published_at",
}


def keep_what_was(sender, instance: Revision, **kwargs) -> None:
    """Receiver of pre_save: keeps the public state of a record before its first revision."""
    if instance.pk or getattr(instance, "is_of_the_state_before", False):
        return
    model = instance.content_type.model_class()
    # A page is made with its first revision, and some models keep the state before it themselves.
    if model is None or issubclass(model, Page) or getattr(model, "keeps_first_state", False):
        return
    same = {"base_content_type": instance.base_content_type, "object_id": instance.object_id}
    if Revision.objects.filter(**same).exists():
        return
    before = model._default_manager.filter(pk=instance.object_id).first()
    if before is None or not getattr(before, "live", True):
        return
    content = before.serializable_data()
    if _said(content) == _said(instance.content):
        return
    kept = Revision(
        **same, content_type=instance.content_type, content=content, object_str=str(before)
    )
    kept.is_of_the_state_before = True
    kept.save()
    log(instance=before, action=KEPT, revision=kept, content_changed=True)


def _said(content: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in content.items() if name not in _STATE}
