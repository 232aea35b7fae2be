from django.core.management.base import BaseCommand

from marriage.records import clock_repair


class Command(BaseCommand):
    help = (
        "Undoes what a clock that was ahead has done to bookings: no-shows of days to come, "
        "holds and messages that wait for too long. Run it when the clock is right again."
    )

    def handle(self, **options):
        for what, number in clock_repair.repair().items():
            self.stdout.write(f"{what}: {number}")
