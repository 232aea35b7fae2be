"""The words of messages. They reach telephones that others may read: no 离婚, no names, no
ID numbers; the service goes by its discreet title.
"""

from home.messages.addresses import address_of

from ..calendar.dates import cancel_until, day_in_words, local_now

SIGNATURE = "【海珠民政】"


def _when_and_where(booking) -> str:
    slot = booking.slot
    return (
        f"{day_in_words(slot.date)}{slot.hours}，{booking.office.name}（{booking.office.address}）"
    )


def _slot(booking) -> str:
    return f"{day_in_words(booking.slot.date)}{booking.slot.hours}{booking.office.name}"


def _until_when(booking, rules) -> str:
    """Until when to move or cancel online: never a day that has passed."""
    until = cancel_until(booking.slot.date, rules)
    if local_now().date() > until:
        phone = f"{booking.office.name}{booking.office.phone}"
        return f"离到场的日子近，不能再在网上改期或取消；不能到场请致电{phone}"
    return f"如需改期或取消，最晚{day_in_words(until)}当天办理：{address_of('/marriage/manage/')}"


def who_comes(booking) -> str:
    """What goes after 请带齐材料: both come where both are in the booking."""
    return "，双方到场" if booking.parties.count() == 2 else "到场"


def confirmed(booking, rules, note="") -> tuple[str, str]:
    return (
        f"预约成功：{booking.service.discreet_title}",
        f"您已预约{booking.service.discreet_title}：{_when_and_where(booking)}。"
        f"预约号{booking.display_reference}。请带齐材料{who_comes(booking)}。"
        f"{_until_when(booking, rules)}",
    )


def moved(booking, rules, note="") -> tuple[str, str]:
    reason = f"（{note}）" if note else ""
    return (
        f"已改期：{booking.service.discreet_title}",
        f"您的预约{booking.display_reference}已改到{_when_and_where(booking)}{reason}。"
        f"请按新的时间到场。{_until_when(booking, rules)}",
    )


def displaced(booking, rules, note="") -> tuple[str, str]:
    reason = f"（{note}）" if note else ""
    return (
        f"预约要改期：{booking.service.discreet_title}",
        f"抱歉，{_slot(booking)}"
        f"不能办理{reason}，请不要前往。您的预约{booking.display_reference}保留着，等待改期，"
        f"不计爽约。您可以自己另选时间：{address_of('/marriage/manage/')}，"
        "也可以等登记处安排，安排好会再通知您。",
    )


def restored(booking, rules, note="") -> tuple[str, str]:
    return (
        f"恢复办理：{booking.service.discreet_title}",
        f"{_when_and_where(booking)}恢复办理，您的预约{booking.display_reference}照旧有效，"
        "请按时到场。",
    )


def reminder(booking, rules, note="") -> tuple[str, str]:
    return (
        f"请按时到场：{booking.service.discreet_title}",
        f"提醒您：{_when_and_where(booking)}办理{booking.service.discreet_title}，"
        f"预约号{booking.display_reference}。请再看一遍要带的材料：{address_of('/marriage/manage/')}",
    )


def cancelled(booking, rules, note="") -> tuple[str, str]:
    reason = f"（{note}）" if note else ""
    return (
        f"已取消：{booking.service.discreet_title}",
        f"您{_slot(booking)}的预约{booking.display_reference}已取消{reason}。"
        f"需要时可以重新预约：{address_of('/marriage/')}",
    )


def cancelled_banned(booking, rules, note="") -> tuple[str, str]:
    return (
        f"已取消：{booking.service.discreet_title}",
        f"您{_slot(booking)}的预约{booking.display_reference}已取消。{note}。",
    )


def cancelled_displaced(booking, rules, note="") -> tuple[str, str]:
    return (
        f"已取消：{booking.service.discreet_title}",
        f"您已取消{_slot(booking)}的预约{booking.display_reference}，因登记处停办，不计入取消次数。"
        f"需要时可以重新预约：{address_of('/marriage/')}",
    )


def cancelled_by_office(booking, rules, note="") -> tuple[str, str]:
    reason = f"（{note}）" if note else ""
    return (
        f"预约有变：{booking.service.discreet_title}",
        f"抱歉，{_slot(booking)}"
        f"不能办理{reason}，您的预约{booking.display_reference}已由登记处取消，不计入取消次数。"
        f"请另选时间：{address_of('/marriage/')}",
    )


def not_booked(booking, rules, note="") -> tuple[str, str]:
    return (
        f"没有约成：{booking.service.discreet_title}",
        f"有人用您的证件号码预约{booking.service.discreet_title}，没有办成：{note}。"
        "不是您本人操作的，不用理会。",
    )


def replaced(booking, rules, note="") -> tuple[str, str]:
    return (
        f"预约有变：{booking.service.discreet_title}",
        f"您的预约{booking.display_reference}没有验证过手机号码，同一证件的当事人已用验证过的手机"
        f"另行预约，原来的预约已取消，不计入取消次数。需要时请验证手机后重新预约："
        f"{address_of('/marriage/')}",
    )


def telephone_code(booking, rules, note="") -> tuple[str, str]:
    return (
        "验证码",
        f"验证码{note}，{rules.code_minutes}分钟内有效。您正在预约"
        f"{booking.service.discreet_title}，不要把验证码告诉别人；不是您本人操作的，不用理会。",
    )


def withdrawn(booking, rules, note="") -> tuple[str, str]:
    return (
        f"已取消：{booking.service.discreet_title}",
        f"有关申请已经撤回，您{day_in_words(booking.slot.date)}{booking.slot.hours}的预约"
        f"{booking.display_reference}随之取消，不计入取消次数。"
        f"有疑问请咨询{booking.office.name}{booking.office.phone}。",
    )


def objection_answered(booking, rules, note="") -> tuple[str, str]:
    result = "成立，不再计爽约" if booking.is_excused else "不成立"
    return (
        f"异议答复：{booking.service.discreet_title}",
        f"您对{day_in_words(booking.slot.date)}预约{booking.display_reference}记爽约的异议{result}："
        f"{note}。",
    )


def materials_changed(booking, rules, note="") -> tuple[str, str]:
    return (
        f"材料有变：{booking.service.discreet_title}",
        f"您预约的{booking.service.discreet_title}（{day_in_words(booking.slot.date)}）"
        f"要带的材料有变化，请查看最新清单：{address_of('/marriage/manage/')}",
    )


def waiting_reference(entry) -> tuple[str, str]:
    return (
        f"已加入候补：{entry.service.discreet_title}",
        f"您已候补{day_in_words(entry.date)}{entry.office.name}，"
        f"候补号{entry.reference[:5]}-{entry.reference[5:]}。有名额时会再发短信。"
        f"查询或者退出：{address_of('/marriage/waiting/')}",
    )


def waiting_offer(booking, rules, note="") -> tuple[str, str]:
    until = local_now(booking.hold_expires)
    return (
        f"候补有名额：{booking.service.discreet_title}",
        f"您候补的{_when_and_where(booking)}有名额了，为您保留到"
        f"{day_in_words(until.date())}{until:%H:%M}。"
        f"请尽快确认：{address_of('/marriage/waiting/')} 候补号{note}",
    )


TEXTS = {
    "confirmed": confirmed,
    "moved": moved,
    "displaced": displaced,
    "restored": restored,
    "reminder": reminder,
    "cancelled": cancelled,
    "cancelled_late": cancelled,
    "cancelled_banned": cancelled_banned,
    "cancelled_displaced": cancelled_displaced,
    "cancelled_by_office": cancelled_by_office,
    "withdrawn": withdrawn,
    "objection_answered": objection_answered,
    "materials_changed": materials_changed,
    "not_booked": not_booked,
    "replaced": replaced,
    "telephone_code": telephone_code,
    "waiting_offer": waiting_offer,
}
WAITING_JOINED = "waiting_joined"
KIND_WORDS = {
    "confirmed": "预约成功",
    "moved": "改期",
    "displaced": "停办，待改期",
    "restored": "恢复办理",
    "reminder": "到场提醒",
    "cancelled": "取消",
    "cancelled_late": "逾期取消",
    "cancelled_banned": "取消，暂停预约",
    "cancelled_displaced": "停办后本人取消",
    "cancelled_by_office": "登记处取消",
    "withdrawn": "申请撤回，取消",
    "objection_answered": "异议答复",
    "materials_changed": "材料变化",
    "not_booked": "没有约成",
    "replaced": "由验证过的预约代替",
    "telephone_code": "验证码",
    "waiting_offer": "候补名额",
    WAITING_JOINED: "加入候补",
}
