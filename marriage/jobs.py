"""Periodic work of the registry; each job may run again at any time."""

from datetime import timedelta

from home.jobs import register

from .booking import bookings, lookup_sessions
from .desk import day_end
from .divorce import receipts
from .materials import changes
from .messages import outbox
from .planning import closures, slot_generation
from .records import clock_repair, personal_data


def make_slots() -> None:
    """Keep calendar and slots filled up to the horizon."""
    slot_generation.ensure_calendar(slot_generation.horizon())
    slot_generation.generate()


def close_receipts() -> None:
    """Bring the ledger of receipts up to date."""
    receipts.fill_missing_parties()
    receipts.deem_withdrawn()


def register_all() -> None:
    register("marriage_slots", every=timedelta(hours=6), run=make_slots)
    register("marriage_closures", every=timedelta(minutes=1), run=closures.settle)
    register(
        "marriage_no_shows",
        every=timedelta(hours=1),
        run=day_end.mark_no_shows,
        judges_by_date=True,
    )
    register(
        "marriage_unresolved",
        every=timedelta(days=1),
        run=day_end.close_unresolved,
        judges_by_date=True,
    )
    register("marriage_receipts", every=timedelta(days=1), run=close_receipts, judges_by_date=True)
    register("marriage_clock", every=timedelta(hours=1), run=clock_repair.repair)
    register("marriage_holds", every=timedelta(minutes=1), run=bookings.expire_holds)
    register("marriage_lookups", every=timedelta(hours=1), run=lookup_sessions.clear_expired)
    register("marriage_messages", every=timedelta(seconds=5), run=outbox.drain)
    register("marriage_materials", every=timedelta(hours=1), run=changes.tell_of_turned_figures)
    register(
        "marriage_purge", every=timedelta(days=1), run=personal_data.purge, judges_by_date=True
    )
