"""What the site of this commit makes of the database of DATABASE_URL, as JSON.

Run as a program of its own by test_upgrades.py, as another process would serve it.
"""

import json
import os
from io import StringIO

os.environ["DJANGO_SETTINGS_MODULE"] = "civil_affairs.settings.test"

import django

django.setup()

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from wagtail.models import Page

from home.models import NoticePage
from home.personal_data.encryption import decrypt
from marriage.models import Booking
from place_names.models import PlaceName


def main() -> None:
    call_command("rebuild_search_index", "--if-outdated", verbosity=0, stdout=StringIO())
    client = Client(raise_request_exception=False)
    pages = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]
    place = PlaceName.objects.filter(live=True).order_by("pk").first()
    addresses = [*pages, "/marriage/", "/place-names/", place.get_absolute_url(), "/search/?q=婚姻"]
    answers = {address: client.get(address, follow=True).status_code for address in addresses}
    booking = Booking.objects.filter(state="booked").order_by("pk").first()
    executor = MigrationExecutor(connection)
    unapplied = executor.migration_plan(executor.loader.graph.leaf_nodes())
    print(
        json.dumps(
            {
                "unapplied": [str(migration) for migration, _ in unapplied],
                "pages": len(pages),
                "failed": [pair for pair in answers.items() if pair[1] != 200],
                "people": sorted(
                    decrypt(party.encrypted)["name"] for party in booking.parties.all()
                ),
                "drafts": [
                    page.get_latest_revision_as_object().title
                    for page in NoticePage.objects.filter(has_unpublished_changes=True)
                ],
                "found": place.code in client.get(f"/place-names/?q={place.name}").content.decode(),
            }
        )
    )


main()
