"""The groups 编辑 (editors) and 审核 (reviewers), their permissions, and the moderation workflow.

Editors write and submit; reviewers publish or send back. `set_up_roles` adds what is missing and
removes nothing that an administrator granted.
"""

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    TaskState,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowState,
    WorkflowTask,
)

from .models import SectionReviewTask, ServicePlace

EDITOR, REVIEWER = "编辑", "审核"
WORKFLOW = "送审发布"
PAGE_PERMISSIONS = {
    EDITOR: ("add_page", "change_page"),
    REVIEWER: ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"),
}
# Those of Wagtail's own models: it asks for them whatever the models of the site are.
MEDIA_PERMISSIONS = {
    "wagtailimages": ("add_image", "change_image", "choose_image"),
    "wagtaildocs": ("add_document", "change_document", "choose_document"),
}
REDIRECTS = ("add_redirect", "change_redirect", "delete_redirect", "view_redirect")
MODEL_PERMISSIONS = {
    EDITOR: (
        "access_admin",
        "add_serviceplace",
        "change_serviceplace",
        "view_serviceplace",
        "change_feedbackreport",
        "view_feedbackreport",
        "view_signup",
        "view_subscriber",
        "view_wordingrule",
        "view_traditionalform",
    ),
    REVIEWER: (
        "access_admin",
        "add_serviceplace",
        "change_serviceplace",
        "view_serviceplace",
        "publish_serviceplace",
        "lock_serviceplace",
        "unlock_serviceplace",
        "change_feedbackreport",
        "view_feedbackreport",
        "change_sitesettings",
        "add_wordingrule",
        "change_wordingrule",
        "delete_wordingrule",
        "add_traditionalform",
        "change_traditionalform",
        "delete_traditionalform",
        "view_traditionalform",
        "view_wordingrule",
        "view_subscriber",
        "delete_subscriber",
        "view_signup",
        "see_signup",
        "delete_signup",
    ),
}


def give(group: Group, *codenames: str, apps: tuple[str, ...] = ("home", "wagtailadmin")) -> None:
    """Grants model and admin permissions to a group; unknown names are ignored."""
    group.permissions.add(
        *Permission.objects.filter(codename__in=codenames, content_type__app_label__in=apps)
    )


def set_up_roles() -> None:
    """Creates both groups with their permissions, and the workflow for the whole tree."""
    root = Page.get_first_root_node()
    collection = Collection.get_first_root_node()
    media = [
        permission
        for app, names in MEDIA_PERMISSIONS.items()
        for permission in Permission.objects.filter(codename__in=names, content_type__app_label=app)
    ]
    for name, codenames in PAGE_PERMISSIONS.items():
        group, _ = Group.objects.get_or_create(name=name)
        pages = Permission.objects.filter(
            codename__in=codenames, content_type__app_label="wagtailcore"
        )
        GroupPagePermission.objects.bulk_create(
            (GroupPagePermission(group=group, page=root, permission=each) for each in pages),
            ignore_conflicts=True,
        )
        GroupCollectionPermission.objects.bulk_create(
            (
                GroupCollectionPermission(group=group, collection=collection, permission=each)
                for each in media
            ),
            ignore_conflicts=True,
        )
        give(group, *MODEL_PERMISSIONS[name])
        give(group, "submit_translation", apps=("simple_translation",))
    give(Group.objects.get(name=REVIEWER), *REDIRECTS, apps=("wagtailredirects",))
    set_up_workflow(root)
    review_snippets(ServicePlace)
    name_roots(root, collection)


def name_roots(root: Page, collection: Collection) -> None:
    """Translates the roots of both trees, which have English names from Wagtail."""
    Page.objects.filter(pk=root.pk, title="Root").update(title="全部页面", draft_title="全部页面")
    Collection.objects.filter(pk=collection.pk, name="Root").update(name="全部文件")


def set_up_workflow(root: Page) -> None:
    """A workflow with one task, 审核, for every page; replaces Wagtail's English one."""
    if Workflow.objects.filter(name=WORKFLOW).exists():
        return
    workflow = Workflow.objects.create(name=WORKFLOW)
    task = SectionReviewTask.objects.create(name="审核")
    task.groups.add(Group.objects.get(name=REVIEWER))
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
    remove_wagtails_own()


def review_snippets(*models: type[Model]) -> None:
    """Puts snippets on the way of the pages, unless an administrator chose another one."""
    workflow = Workflow.objects.filter(name=WORKFLOW, active=True).first()
    for model in models if workflow else ():
        content_type = ContentType.objects.get_for_model(model)
        WorkflowContentType.objects.get_or_create(
            content_type=content_type, defaults={"workflow": workflow}
        )


def remove_wagtails_own() -> None:
    """Takes away the English groups, workflow and task that Wagtail's migrations make.

    Only those that nobody uses: a group with members, or a workflow with a history, stays
    (the workflow switched off).
    """
    for model in (Workflow, Task):
        for old in model.objects.filter(name="Moderators approval"):
            states = WorkflowState if model is Workflow else TaskState
            if states.objects.filter(**{model._meta.model_name: old}).exists():
                old.deactivate()
            else:
                old.delete()
    Group.objects.filter(name__in=("Editors", "Moderators"), user=None).delete()
