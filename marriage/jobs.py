"""Periodic work of the registry; each job may run again at any time."""

from datetime import timedelta

from home.jobs import register

from . import booking, capacity, desk, limits, material_changes, outbox, personal_data


def make_slots() -> None:
    """Keep calendar and slots filled up to the horizon."""
    capacity.ensure_calendar(capacity.horizon())
    capacity.generate()


def register_all() -> None:
    register("marriage_slots", every=timedelta(hours=6), run=make_slots)
    register("marriage_no_shows", every=timedelta(hours=1), run=desk.mark_no_shows)
    register("marriage_holds", every=timedelta(minutes=1), run=booking.expire_holds)
    register("marriage_messages", every=timedelta(seconds=20), run=outbox.drain)
    register(
        "marriage_materials", every=timedelta(hours=1), run=material_changes.tell_of_turned_figures
    )
    register("marriage_limits", every=timedelta(hours=1), run=limits.forget_old)
    register("marriage_purge", every=timedelta(days=1), run=personal_data.purge)
