"""Service places as documents, each with its facts: halls, registries, centres, stations."""

from collections.abc import Iterator

from home.models import ServicePlace
from home.service_places.listed import ListedPlace, listed_places
from home.subdistricts import subdistricts

from .documents import Document
from .kinds import SERVICE_PLACE

Kind = ServicePlace.Kind
SAID = {
    Kind.REGISTRY: "婚姻登记处 登记处 领证的地方 离婚的地方 婚姻登记中心",
    Kind.HALL: "街道办事处 街道办 街办 办事处 政务服务中心 政务中心 办事大厅 党群服务中心",
    Kind.CARE: "颐康中心 养老服务中心 综合养老服务中心 日间照料中心 托老所",
    Kind.MEALS: "长者饭堂 老人饭堂 老年食堂 助餐点 饭堂 食堂",
    Kind.NURSING: "养老院 敬老院 老人院 福利院 护老院 养老机构",
    Kind.SOCIAL_WORK: "社工站 社工服务站 社工服务中心 社工",
    Kind.FUNERAL: "殡仪馆 火葬场 殡葬服务 殡仪服务",
    Kind.RESCUE: "救助站 救助管理站",
    Kind.CHARITY: "慈善会 慈善总会",
    Kind.BUREAU: "民政局 区民政局",
}
"""What people call a place of a kind, beside its name."""
PAGE_TEXT = "地址 在哪里 怎么去 电话 办公时间 几点上班 几点下班 几点开门"
"""Words for what the page of every service place tells."""


def service_place_documents() -> Iterator[Document]:
    """Every public service place."""
    areas = {code: name.removesuffix("街道") for code, name in subdistricts()}
    for place in listed_places():
        yield Document(
            key=f"service-place:{place.page_url}",
            kind=SERVICE_PLACE,
            title=place.name,
            url=place.page_url,
            summary="。".join(
                filter(None, (place.address, place.phone and f"电话：{place.phone}"))
            ),
            asked=_said(place, areas.get(place.subdistrict_code, "")),
            text=PAGE_TEXT,
            label=place.kind_label,
            tags=("示例",) if place.is_sample else (),
            is_prose=False,
        )


def _said(place: ListedPlace, area: str) -> str:
    """Its name without 区, and its kind with the subdistrict before it: 昌岗街道办事处."""
    kinds = (
        f"{area}{'' if said.startswith('街道') else '街' if area else ''}{said}"
        for said in SAID.get(place.kind, "").split()
    )
    short = place.name.replace("海珠区", "海珠")
    return "\n".join([*([short] if short != place.name else []), *kinds])
