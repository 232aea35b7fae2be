"""The groups of staff of all apps."""

from django.core.management.base import BaseCommand

import guides.roles
import home.roles
import marriage.roles
import place_names.roles
import search.roles


class Command(BaseCommand):
    help = (
        "Makes the groups of staff, what they may do, and the ways of review. Adds what is "
        "missing and takes nothing away."
    )

    def handle(self, **options):
        for app in (home, place_names, guides, marriage, search):
            app.roles.set_up_roles()
