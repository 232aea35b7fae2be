from django.apps import AppConfig


class MarriageConfig(AppConfig):
    name = "marriage"
    verbose_name = "婚姻登记"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_published

        from home import sitemap
        from home.encryption import register_sealed
        from home.service_places.done_here import register_done_here

        from .jobs import register_all
        from .material_changes import guide_published
        from .models import (
            Booking,
            BookingParty,
            Draft,
            HashKey,
            OutboxMessage,
            WaitingEntry,
        )
        from .site_entries import PAGES, entries

        register_all()
        register_done_here(booking_at)
        sitemap.register(sitemap.Part("booking", lambda: len(PAGES), entries, "婚姻登记预约"))
        register_sealed(HashKey, Booking, BookingParty, Draft, OutboxMessage, WaitingEntry)
        page_published.connect(guide_published, dispatch_uid="marriage_guide_published")


def booking_at(place) -> list[tuple[str, str]]:
    """The way to booking, where a registry that books on this site is at the place."""
    from django.urls import reverse

    from .models import Office

    if not Office.objects.booking_here().filter(place=place).exists():
        return []
    return [(reverse("marriage:index"), "网上预约婚姻登记")]
