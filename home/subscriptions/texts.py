"""The words of the mails. They name what is followed: whoever reads the box knows it anyway."""

from collections.abc import Sequence

from home.messages.addresses import address_of
from home.models.subscriptions import Announcement, Subscription

SENDER = "广州市海珠区民政局"
MAX_TITLE = 40


def confirmation(subscription: Subscription, link: str, days: int) -> tuple[str, str]:
    """(subject, body) of the mail that asks the owner of the box."""
    return (
        f"请确认订阅：{subscription}｜{SENDER}",
        f"您好：\n\n"
        f"有人用这个邮箱在海珠区民政局网站订阅“{subscription}”的更新。\n\n"
        f"是您本人，请在{days}天内打开下面的网址，按“确认订阅”：\n{link}\n\n"
        f"不是您本人，不用理会：不确认就不会再发信，{days}天后邮箱从网站上删除。\n\n"
        f"{SENDER}\n（这封邮件由系统发出，请不要回复。）\n",
    )


def already(subscription: Subscription, link: str) -> tuple[str, str]:
    return (
        f"您已经订阅了：{subscription}｜{SENDER}",
        f"您好：\n\n"
        f"有人用这个邮箱再次订阅“{subscription}”的更新。您以前已经确认过，不用再确认。\n\n"
        f"查看或者退订：\n{link}\n\n"
        f"{SENDER}\n（这封邮件由系统发出，请不要回复。）\n",
    )


def changes(announcements: Sequence[Announcement], link: str) -> tuple[str, str]:
    """What changed, in the words of the editors; `link` leads to where it can be ended."""
    first = announcements[0].page.title
    shown = first if len(first) <= MAX_TITLE else first[: MAX_TITLE - 1] + "…"
    pages = len({each.page_id for each in announcements})
    subject = f"更新：{shown}" + (f"等{pages}页" if pages > 1 else "") + f"｜{SENDER}"
    parts = [
        f"{number}. {each.page.title}\n"
        f"改了什么：{each.note}\n"
        f"看改动：{address_of(each.path)}\n"
        f"看全文：{address_of(each.page.get_url_parts()[-1])}"
        for number, each in enumerate(announcements, start=1)
    ]
    body = (
        "您好：\n\n您订阅的页面有更新。\n\n"
        + "\n\n".join(parts)
        + f"\n\n不想再收，打开这个网址退订：\n{link}\n\n"
        f"{SENDER}\n（这封邮件由系统发出，请不要回复。）\n"
    )
    return subject, body
