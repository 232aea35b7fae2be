"""The group of place-name officers: keeps the register without being a superuser."""

from django.contrib.auth.models import Group, Permission

OFFICERS = "地名员"
REVIEWERS = "审核"

_KEPT = (
    "placename",
    "subdistrict",
    "community",
    "boundaryline",
    "category",
    "importmapping",
    "sign",
    "wordingrule",
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
            "delete_importmapping",
            "publish_placename",
            "lock_placename",
            "unlock_placename",
            "add_importrecord",
            "change_importrecord",
            "view_importrecord",
            "add_succession",
            "change_registersettings",
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
