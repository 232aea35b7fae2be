"""Chinese names of permissions, which Django and Wagtail store in English.

Administrators read them where they make a group.
"""

from django.contrib.auth.models import Permission
from django.utils.translation import override

ACTIONS = {
    "add": "新增",
    "change": "修改",
    "delete": "删除",
    "view": "查看",
    "publish": "发布",
    "lock": "锁定",
    "unlock": "解锁",
    "choose": "选用",
}
NAMES = {
    "access_admin": "进入后台",
    "add_page": "新增页面",
    "change_page": "修改页面",
    "publish_page": "发布页面",
    "bulk_delete_page": "连下级页面一起删除",
    "lock_page": "锁定页面，解锁自己锁定的",
    "unlock_page": "解锁页面",
    "submit_translation": "译成英文",
}


def name_permissions(sender, using: str, **kwargs) -> None:
    """Receiver of post_migrate; those of the app that migrated last are named with the next one."""
    changed = []
    english = Permission.objects.using(using).filter(name__regex=r"^[A-Z][a-z]+[ /]")
    with override("zh-hans"):
        for permission in english.select_related("content_type"):
            action, _, _model = permission.codename.partition("_")
            name = NAMES.get(permission.codename)
            if name is None and action in ACTIONS:
                name = f"{ACTIONS[action]}{permission.content_type.name}"
            if name:
                permission.name = name[:255]
                changed.append(permission)
    Permission.objects.using(using).bulk_update(changed, ["name"], batch_size=500)
