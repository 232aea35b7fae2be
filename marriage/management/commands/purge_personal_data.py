from django.core.management.base import BaseCommand

from ...records import personal_data


class Command(BaseCommand):
    help = "Delete personal data of bookings whose time is over; statistics stay. Run daily."

    def handle(self, *args, **options):
        for kind, number in personal_data.purge().items():
            self.stdout.write(f"{kind}: {number}")
