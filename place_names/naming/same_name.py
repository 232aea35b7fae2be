"""Applications that ask for the same name, or concern the same place, at the same time."""

from django.db.models import Q, QuerySet

from place_names.models import NamingApplication


def rivals(application: NamingApplication) -> QuerySet[NamingApplication]:
    """Other applications before their decision, the oldest first; none for one that is decided."""
    states = NamingApplication.State
    undecided = set(states) - {*NamingApplication.ENDED, states.APPROVED, states.FILED}
    if application.state not in undecided:
        return NamingApplication.objects.none()
    same = Q()
    if application.name:
        same |= Q(name=application.name)
    if application.place_id:
        same |= Q(place=application.place_id)
    found = NamingApplication.objects.filter(same, state__in=undecided).exclude(pk=application.pk)
    return found.select_related("place").order_by("received_on", "pk")
