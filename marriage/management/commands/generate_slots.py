"""Makes the slots that are missing up to the horizon; safe to run at any time."""

from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ...planning import slot_generation


class Command(BaseCommand):
    help = "Makes the slots of the coming days from the weekly templates and the peak plans."

    def add_arguments(self, parser):
        parser.add_argument(
            "--days", type=int, help="how many days ahead (default: by the booking rules)"
        )

    def handle(self, *, days: int | None = None, **options):
        if days is not None and not 1 <= days <= 366:
            raise CommandError("--days must lie between 1 and 366.")
        last = timezone.localdate() + timedelta(days=days) if days else slot_generation.horizon()
        added = slot_generation.ensure_calendar(last)
        made = slot_generation.generate(last=last)
        self.stdout.write(f"{made} slots made up to {last}, {added} days added to the calendar.")
