from django.core.management.base import BaseCommand, CommandError

from home.personal_data.encryption import DecryptionError, rotate_keys


class Command(BaseCommand):
    help = (
        "Put all personal data under the first key of PERSONAL_DATA_KEYS. Put the new key in "
        "front, restart, run this, then drop the old key."
    )

    def handle(self, *args, **options):
        try:
            number = rotate_keys(self.stdout.write)
        except DecryptionError:
            raise CommandError(
                "Some data fits none of the keys. Add the key that is missing to "
                "PERSONAL_DATA_KEYS and run this again; what was done stays done."
            ) from None
        self.stdout.write(f"{number} texts are under the newest key.")
