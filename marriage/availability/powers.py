"""Which registries may serve parties from outside the mainland (条例 art. 2, second paragraph):
foreigners, residents of Hong Kong, Macao and Taiwan, overseas Chinese."""

from ..models import Office, Service

POWER = "办理涉外、涉港澳台、华侨婚姻登记"
WITHOUT_POWER = f"没有{POWER}的权限"


def offices_with_power(service: Service | None = None) -> list[Office]:
    """Those that have it and offer the service, however they are booked; one query."""
    offices = Office.objects.filter(accepts_foreign=True).select_related("place")
    return list(offices.filter(services=service) if service else offices)


def power_problem(office: Office, service: Service | None = None) -> str:
    """Why this office may not serve such parties, and which may, or ""; one query."""
    if office.accepts_foreign:
        return ""
    others = "、".join(other.name for other in offices_with_power(service))
    where = f"，请到{others}办理" if others else "，请致电登记处，询问可以办理的登记处"
    return f"{office.name}{WITHOUT_POWER}{where}"
