from django.core.management.base import BaseCommand

from ...messages import outbox


class Command(BaseCommand):
    help = "Send the messages of marriage registration that are due."

    def handle(self, *args, **options):
        self.stdout.write(f"{outbox.drain()} messages sent.")
