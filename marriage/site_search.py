"""What can be done with a booking, as documents of site search."""

from collections.abc import Iterator

from django.urls import reverse

from search.site_search.documents import Document
from search.site_search.kinds import APPLICATION

from .models import Service

ACTIONS = (
    (
        "manage",
        "查询、改期、取消预约",
        "查看您约的时间和要带的材料，换一个时间，或者取消预约。",
        "查询预约\n查我的预约\n改期\n改预约时间\n换个时间\n取消预约\n退号\n不去了\n预约编号",
    ),
    (
        "waiting",
        "候补：约满了排队等号",
        "约满的日子可以登记候补，有人取消时通知您。",
        "候补\n约满了\n约不到\n没有号了\n抢不到号\n排队等号",
    ),
    (
        "planner",
        "算一算离婚登记第二次到场的日期",
        "填受理回执上的日期，算出冷静期到哪天、哪些天可以来领离婚证。",
        "冷静期到哪天\n哪天可以领离婚证\n第二次什么时候去\n冷静期计算\n离婚证什么时候能拿",
    ),
)


def booking_documents() -> Iterator[Document]:
    """The actions, and the booking of each service that is offered."""
    for view, title, summary, asked in ACTIONS:
        yield Document(
            key=f"booking:{view}",
            kind=APPLICATION,
            title=title,
            url=reverse(f"marriage:{view}"),
            summary=summary,
            asked=asked,
        )
    for service in Service.objects.offered():
        yield Document(
            key=f"booking:service:{service.slug}",
            kind=APPLICATION,
            title=f"预约{service.title}",
            url=reverse("marriage:start_service", args=[service.slug]),
            summary=service.summary,
            text="网上预约 预约时间 约号 挂号 取号 婚姻登记预约",
        )
