"""The words of messages. They reach telephones that others may read: no 离婚, no names, no
ID numbers; the service goes by its discreet title.
"""

from django.conf import settings

from .dates import cancel_until, day_in_words, local_now

SIGNATURE = "【海珠民政】"


def _when_and_where(booking) -> str:
    slot = booking.slot
    return (
        f"{day_in_words(slot.date)}{slot.hours}，{booking.office.name}（{booking.office.address}）"
    )


def address_of(path: str) -> str:
    """A full address for a message; the paths are part of the site's contract."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def confirmed(booking, rules, note="") -> tuple[str, str]:
    until = cancel_until(booking.slot.date, rules)
    return (
        f"预约成功：{booking.service.discreet_title}",
        f"您已预约{booking.service.discreet_title}：{_when_and_where(booking)}。"
        f"预约号{booking.display_reference}。请带齐材料，双方到场。"
        f"如需改期或取消，请在{day_in_words(until)}前办理：{address_of('/marriage/manage/')}",
    )


def moved(booking, rules, note="") -> tuple[str, str]:
    return (
        f"已改期：{booking.service.discreet_title}",
        f"您的预约{booking.display_reference}已改到{_when_and_where(booking)}。请按新的时间到场。",
    )


def reminder(booking, rules, note="") -> tuple[str, str]:
    return (
        f"请按时到场：{booking.service.discreet_title}",
        f"提醒您：{_when_and_where(booking)}办理{booking.service.discreet_title}，"
        f"预约号{booking.display_reference}。请再看一遍要带的材料：{address_of('/marriage/manage/')}",
    )


def cancelled(booking, rules, note="") -> tuple[str, str]:
    return (
        f"已取消：{booking.service.discreet_title}",
        f"您的预约{booking.display_reference}已取消。需要时可以重新预约：{address_of('/marriage/')}",
    )


def cancelled_by_office(booking, rules, note="") -> tuple[str, str]:
    reason = f"（{note}）" if note else ""
    return (
        f"预约有变：{booking.service.discreet_title}",
        f"抱歉，{day_in_words(booking.slot.date)}{booking.slot.hours}{booking.office.name}"
        f"不能办理{reason}，您的预约{booking.display_reference}已由登记处取消，不计入取消次数。"
        f"请另选时间：{address_of('/marriage/')}",
    )


def materials_changed(booking, rules, note="") -> tuple[str, str]:
    return (
        f"材料有变：{booking.service.discreet_title}",
        f"您预约的{booking.service.discreet_title}（{day_in_words(booking.slot.date)}）"
        f"要带的材料有变化，请查看最新清单：{address_of('/marriage/manage/')}",
    )


def waiting_offer(booking, rules, note="") -> tuple[str, str]:
    until = local_now(booking.hold_expires)
    return (
        f"候补有名额：{booking.service.discreet_title}",
        f"您候补的{_when_and_where(booking)}有名额了，为您保留到{until:%m月%d日%H:%M}。"
        f"请尽快确认：{address_of('/marriage/waiting/')} 候补号{note}",
    )


TEXTS = {
    "confirmed": confirmed,
    "moved": moved,
    "reminder": reminder,
    "cancelled": cancelled,
    "cancelled_late": cancelled,
    "cancelled_by_office": cancelled_by_office,
    "materials_changed": materials_changed,
    "waiting_offer": waiting_offer,
}
KIND_WORDS = {
    "confirmed": "预约成功",
    "moved": "改期",
    "reminder": "到场提醒",
    "cancelled": "取消",
    "cancelled_late": "逾期取消",
    "cancelled_by_office": "登记处取消",
    "materials_changed": "材料变化",
    "waiting_offer": "候补名额",
}
