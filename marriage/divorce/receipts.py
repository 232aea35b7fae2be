"""The ledger of receipts: every accepted application from its first day to its end.

An application ends when the couple has the certificate (`finished_on`), when one of them takes
it back (`withdrawn_on`), or when nobody came in time: it is then deemed withdrawn (Civil Code
art. 1077 para. 2). One that was entered by mistake is voided on the same day (`voided_on`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from home.personal_data.encryption import encrypt
from home.typed_text import paper_number
from home.typed_text.characters import one_line, plain

from ..calendar.dates import day_in_words
from ..calendar.divorce_window import Plan
from ..identity.hashes import keyed_hashes, normal_id
from ..models import Acceptance, AcceptanceParty, AuditEntry, Booking, BookingRules
from ..models.receipts import receipt_key
from ..records import audit
from ..write_lock import write_transaction
from .second_visit import plan_for

MIN_DIGITS = 4  # Of a number, to find a receipt by a part of it.
OPEN, FINISHED, WITHDRAWN, DEEMED, VOIDED = "open", "finished", "withdrawn", "deemed", "voided"
STATUSES = {
    OPEN: "未结",
    FINISHED: "已领证",
    WITHDRAWN: "已撤回",
    DEEMED: "视为撤回",
    VOIDED: "已作废",
}


@dataclass(frozen=True)
class Entry:
    """One line of the ledger: the record, its dates, and where it stands on a day."""

    receipt: Acceptance
    plan: Plan
    status: str

    @property
    def last_day(self) -> date:
        return legal_end(self.plan)


def legal_end(plan: Plan) -> date:
    """Return the last day for the certificate under every reading of the law."""
    return max(plan.not_rolled.last, plan.rolled.last)


def keep_parties(receipt: Acceptance, people: list[dict]) -> None:
    """Keep the couple with a receipt, encrypted, to be found by number, name or telephone."""
    rows = []
    for position, person in enumerate(people, start=1):
        if not person:
            continue
        number = normal_id(person.get("id_number", ""))
        texts = {
            "person_hash": number and f"person:{number}",
            "tail_hash": number and f"tail:{number[-4:]}",
            "name_hash": person.get("name") and f"name:{_name(person['name'])}",
            "phone_hash": person.get("phone") and f"phone:{_digits(person['phone'])}",
        }
        given = {key: text for key, text in texts.items() if text}
        hashes = dict(zip(given, keyed_hashes(*given.values()), strict=True))
        rows.append(
            AcceptanceParty(
                acceptance=receipt, position=position, encrypted=encrypt(person), **hashes
            )
        )
    AcceptanceParty.objects.bulk_create(rows, ignore_conflicts=True)


def find(text: str) -> QuerySet[Acceptance]:
    """Return receipts by number (or a part of it with MIN_DIGITS digits), name, telephone, ID
    number or its last four characters."""
    text = one_line(text)
    number, digits = paper_number(text), _digits(text)
    hashes = keyed_hashes(
        f"person:{number}", f"tail:{number}", f"name:{_name(text)}", f"phone:{digits}"
    )
    fields = ("person_hash", "tail_hash", "name_hash", "phone_hash")
    parties = AcceptanceParty.objects.none()
    for field, digest in zip(fields, hashes, strict=True):
        parties = parties | AcceptanceParty.objects.filter(**{field: digest})
    by_people = Acceptance.objects.filter(pk__in=parties.values("acceptance"))
    key = receipt_key(text)
    if sum(sign.isdecimal() for sign in key) >= MIN_DIGITS:
        return by_people | Acceptance.objects.filter(number_key__contains=key)
    return by_people | Acceptance.objects.numbered(text)


def by_status(receipts: QuerySet[Acceptance], status: str) -> QuerySet[Acceptance]:
    """Narrow to one of STATUSES; anything else leaves all."""
    fields = {
        FINISHED: "finished_on",
        WITHDRAWN: "withdrawn_on",
        DEEMED: "deemed_withdrawn_on",
        VOIDED: "voided_on",
    }
    if status == OPEN:
        return receipts.filter(**dict.fromkeys(fields.values()))
    if status in fields:
        return receipts.exclude(**{fields[status]: None})
    return receipts


def entries(receipts: Iterable[Acceptance], today: date) -> list[Entry]:
    """Return a line of the ledger for each; one query for each date of acceptance."""
    rules, plans, found = BookingRules.load(), {}, []
    for receipt in receipts:
        day = receipt.accepted_on
        if day not in plans:
            plans[day] = plan_for(day, rules)
        found.append(Entry(receipt, plans[day], status_of(receipt, plans[day], today)))
    return found


def status_of(receipt: Acceptance, plan: Plan, today: date) -> str:
    """Return where an application stands, in words for the desk."""
    if receipt.voided_on:
        return STATUSES[VOIDED]
    if receipt.finished_on:
        return STATUSES[FINISHED]
    if receipt.withdrawn_on:
        return STATUSES[WITHDRAWN]
    if receipt.deemed_withdrawn_on or today > legal_end(plan):
        return STATUSES[DEEMED]
    if today < plan.window.first:
        return "冷静期内"
    return "可以领证"


def end_in_words(receipt: Acceptance, plan: Plan, today: date) -> str:
    """Return how and when an application ended, for its print, or "" while it runs."""
    status = status_of(receipt, plan, today)
    if status not in STATUSES.values():
        return ""
    on = receipt.ended_on
    return f"{status}（{day_in_words(on)}）" if on else status


def finish(booking: Booking, now=None) -> None:
    """Note that the certificate of a second visit was given."""
    found = Acceptance.objects.numbered(booking.receipt_number).filter(finished_on=None)
    found.update(finished_on=timezone.localdate(now))


def deem_withdrawn(now=None, among: QuerySet[Acceptance] | None = None) -> int:
    """Close the applications (`among` some, or all) whose last day has passed; a daily job.
    Returns how many.

    The last day is the latest under every reading of the law, so nobody's is closed early.
    """
    today = timezone.localdate(now)
    rules = BookingRules.load()
    earliest_end = today - timedelta(days=rules.cooling_off_days + rules.certificate_days)
    number = 0
    found = Acceptance.objects.all() if among is None else among
    for receipt in by_status(found.filter(accepted_on__lt=earliest_end), OPEN):
        last = legal_end(plan_for(receipt.accepted_on, rules))
        if today <= last:
            continue
        with write_transaction():
            receipt.deemed_withdrawn_on = last + timedelta(days=1)
            receipt.save(update_fields=["deemed_withdrawn_on"])
            note = f"{last}前没有领证，视为撤回申请"
            audit.record_receipt(receipt, AuditEntry.Action.WITHDRAWN, note=note)
        number += 1
    return number


def fill_missing_parties() -> int:
    """Keep the couples of receipts recorded before the ledger knew them; part of a job."""
    number = 0
    for receipt in Acceptance.objects.filter(parties=None, booking__purged_at=None).exclude(
        booking=None
    ):
        keep_parties(receipt, [party.person for party in receipt.booking.parties.all()])
        number += 1
    return number


def _name(text: str) -> str:
    return "".join(text.split()).casefold()


def _digits(text: str) -> str:
    return "".join(sign for sign in plain(text) if sign.isdecimal())[-11:]
