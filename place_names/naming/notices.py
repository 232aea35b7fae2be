"""The public notice of an approved name, drafted from its record.

《地名备案公告管理办法（试行）》 (2023) asks for the standard name, its romanisation, the area that it
belongs to, its position, the approving body and the date.
"""

from datetime import date

from place_names.models import NamingApplication

from .procedure import Action

DISTRICT = "广州市海珠区"


def notice(application: NamingApplication) -> tuple[str, list[tuple[str, str]]]:
    """(title, rows of label and value) for an application that was approved."""
    place = application.result
    action = application.get_action_display()
    title = f"关于{application.title}的公告"
    rows = [
        (
            "标准名称",
            place.name if application.action != Action.ABOLISH else f"{place.name}（已销名）",
        ),
        ("罗马字母拼写", place.romanisation),
        ("所属政区", f"{DISTRICT}{application.subdistrict.name}"),
        ("位置描述", application.location),
        ("批准机关", application.authority),
        ("批准文号", application.document),
        ("批准时间", _day(application.decided_on)),
    ]
    if application.action == Action.RENAME:
        rows.insert(1, ("原名称", application.place.name))
    if application.action != Action.ABOLISH:
        rows.insert(2, ("含义", application.meaning))
    return title, [(label, value) for label, value in rows if value] or [("事项", action)]


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
