"""The group of place-name officers (地名员), who maintain the register."""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    Workflow,
    WorkflowContentType,
    WorkflowTask,
)

from .models import PlaceName

OFFICERS = "地名员"
REVIEWERS = "审核"
REVIEW = "地名审核"

_KEPT = (
    "placename",
    "subdistrict",
    "community",
    "boundaryline",
    "category",
    "sign",
    "wordingrule",
    "namingkind",
    "genericrule",
    "namingapplication",
    "nonstandardname",
    "namingletter",
    "signorder",
    "decidedspelling",
)


def set_up_roles() -> None:
    """Create the group and give it its permissions; never takes one away."""
    officers, _ = Group.objects.get_or_create(name=OFFICERS)
    ours = Permission.objects.filter(content_type__app_label="place_names")
    wanted = list(
        ours.filter(codename__in=[f"{a}_{m}" for a in ("add", "change", "view") for m in _KEPT])
    )
    wanted += ours.filter(
        codename__in=(
            "delete_placename",
            "delete_boundaryline",
            "view_importmapping",
            "change_importmapping",
            "delete_importmapping",
            "publish_placename",
            "lock_placename",
            "unlock_placename",
            "add_importrecord",
            "change_importrecord",
            "view_importrecord",
            "add_succession",
            "change_registersettings",
            "change_namingsettings",
            "view_namingcomment",
            "change_namingcomment",
            "delete_decidedspelling",
            "delete_genericrule",
            "delete_nonstandardname",
            "delete_sign",
            "delete_wordingrule",
            "add_checkrun",
            "view_registerfault",
        )
    )
    wanted += Permission.objects.filter(
        content_type__app_label="wagtailadmin", codename="access_admin"
    )
    officers.permissions.add(*wanted)
    _allow_photographs(officers)
    _set_up_review()


def _allow_photographs(group: Group) -> None:
    root = Collection.get_first_root_node()
    for codename in ("add_image", "choose_image"):
        permission = Permission.objects.get(
            content_type__app_label="wagtailimages", codename=codename
        )
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _set_up_review() -> None:
    """Drafts of names go to the reviewers; left alone once a workflow was chosen."""
    reviewers, _ = Group.objects.get_or_create(name=REVIEWERS)
    needed = Permission.objects.filter(
        content_type__app_label="place_names",
        codename__in=("change_placename", "publish_placename", "view_placename"),
    )
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    reviewers.permissions.add(access, *needed)
    kind = ContentType.objects.get_for_model(PlaceName)
    if WorkflowContentType.objects.filter(content_type=kind).exists():
        return
    workflow = Workflow.objects.create(name=REVIEW)
    task = GroupApprovalTask.objects.create(name=REVIEW)
    task.groups.add(reviewers)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowContentType.objects.create(workflow=workflow, content_type=kind)
