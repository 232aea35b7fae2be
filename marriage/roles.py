"""The two groups of the registry and what each may do. Rights that were added by hand stay."""

from django.contrib.auth.models import Group, Permission

CLERK, MANAGER = "婚姻登记员", "婚姻登记主管"

SEES = ("booking", "slot", "office", "service", "workingday", "peakday", "acceptance")
EDITS = (
    "office",
    "service",
    "weeklytemplate",
    "peakday",
    "peakplan",
    "workingday",
    "dayclosure",
    "slot",
    "refusalreason",
    "counterabsence",
)

CLERK_MAY = ["work_at_desk", *(f"view_{model}" for model in SEES)]
MANAGER_MAY = [
    *CLERK_MAY,
    *(f"{act}_{model}" for model in EDITS for act in ("add", "change", "delete")),
    "change_bookingrules",
    "view_auditentry",
    "view_planningentry",
    "view_outboxmessage",
    "view_personal_data",
]


def set_up_roles() -> None:
    """Create the groups and add what they lack; a second call changes nothing."""
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name, codenames in ((CLERK, CLERK_MAY), (MANAGER, MANAGER_MAY)):
        group, _ = Group.objects.get_or_create(name=name)
        rights = Permission.objects.filter(
            content_type__app_label="marriage", codename__in=codenames
        )
        group.permissions.add(access, *rights)
    # The place of an office is chosen among the service places.
    places = Permission.objects.filter(content_type__app_label="home", codename="view_serviceplace")
    Group.objects.get(name=MANAGER).permissions.add(*places)
