from django.apps import AppConfig


class MarriageConfig(AppConfig):
    name = "marriage"
    verbose_name = "婚姻登记"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from wagtail.signals import page_published

        from home.material_lists import register_material_lists
        from home.models import ServiceHoursException
        from home.pages import sitemap
        from home.personal_data.encryption import register_encrypted
        from home.service_places.done_here import register_done_here, register_powers
        from home.staff.desk.lists import register_desk_list
        from home.text_checks import register_text_check
        from search.site_search.answers import register_answers
        from search.site_search.documents import register_documents

        from .answers import next_free_answer, second_visit_answer
        from .jobs import register_all
        from .materials.changes import guide_published
        from .materials.checklist import facts_of_origin, list_of_service, titles_of_services
        from .materials.own_lists import guides_with_own_lists, own_list
        from .models import (
            AcceptanceParty,
            Booking,
            BookingParty,
            BookingRules,
            CounterAbsence,
            DayClosure,
            Draft,
            HashKey,
            NoShowObjection,
            Office,
            OutboxMessage,
            PeakDay,
            PeakPlan,
            Service,
            WaitingEntry,
            WeeklyTemplate,
            WorkingDay,
        )
        from .records import planning_ledger
        from .site_entries import PAGES, entries
        from .site_search import booking_documents

        register_all()
        planning_ledger.watch(
            BookingRules,
            CounterAbsence,
            DayClosure,
            Office,
            PeakDay,
            PeakPlan,
            Service,
            ServiceHoursException,
            WeeklyTemplate,
            WorkingDay,
        )
        register_done_here(booking_at)
        register_material_lists(titles_of_services, list_of_service, facts_of_origin())
        register_powers(powers_of_registries)
        register_text_check("own lists", own_list)
        register_desk_list("own lists", "和预约分开写材料的指南", guides_with_own_lists, order=22)
        register_documents("booking", booking_documents)
        register_answers("next free time", next_free_answer, order=10)
        register_answers("second visit", second_visit_answer, order=10)
        sitemap.register(sitemap.Part("booking", lambda: len(PAGES), entries, "婚姻登记预约"))
        register_encrypted(
            AcceptanceParty,
            NoShowObjection,
            HashKey,
            Booking,
            BookingParty,
            Draft,
            OutboxMessage,
            WaitingEntry,
        )
        page_published.connect(guide_published, dispatch_uid="marriage_guide_published")


def booking_at(place) -> list[tuple[str, str]]:
    """The way to booking, where a registry that books on this site is at the place."""
    from django.urls import reverse

    from .models import Office

    if not Office.objects.booking_here().filter(place=place).exists():
        return []
    return [(reverse("marriage:index"), "网上预约婚姻登记")]


def powers_of_registries() -> dict[int, str]:
    """{key of a place: its power} where a registry may serve parties from outside."""
    from .availability.powers import POWER
    from .models import Office

    offices = Office.objects.filter(accepts_foreign=True)
    return dict.fromkeys(offices.values_list("place", flat=True), f"可以{POWER}")
