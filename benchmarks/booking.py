"""Booking on a busy morning: whole bookings a second through HTTP, beside what the bare
database can do, and the pages while 5,000 people want 500 places.

    python benchmarks/booking.py --part rates                      # SQLite
    python benchmarks/booking.py --part rush
    python benchmarks/booking.py --part lookup | bot | parallel
    DATABASE_URL=postgres://… python benchmarks/booking.py …       # PostgreSQL, an empty database

Client and server share the machine, so the rates are lower bounds. Prints a table.
"""

import argparse
import os
import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bare_booking import bare_postgresql, bare_sqlite, guard
from timing import line, run_threads

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
DATA = Path(tempfile.mkdtemp(prefix="benchmark-booking-"))
KEY = "dGVzdC1vbmx5LWtleS10ZXN0LW9ubHkta2V5LXRlc3Q="
os.environ.setdefault("DATABASE_URL", f"sqlite:///{DATA / 'database.sqlite3'}")
os.environ |= {
    "DATA_DIR": str(DATA),
    "PERSONAL_DATA_KEYS": KEY,
    "DJANGO_SETTINGS_MODULE": "tests.marriage.served_settings",
}


def whole_bookings(port, office, slots, couple, seconds, clients):
    from tests.marriage.walker import Walker

    end, walkers, done, times = time.perf_counter() + seconds, [], [], []
    lock = threading.Lock()

    def client(number):
        turn = 0
        while time.perf_counter() < end:
            turn += 1
            with lock:
                people = couple()
            walker = Walker(port)
            began = time.perf_counter()
            walker.begin(office)
            if walker.hold(slots[(number + turn) % len(slots)]) and walker.finish(people):
                done.append(time.perf_counter() - began)
            walkers.append(walker)
            times.extend(walker.seconds)
            walker.close()

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(client, range(clients)))
    elapsed = time.perf_counter() - start
    line(f"whole bookings through HTTP, {clients} clients", len(done), elapsed, done)
    line("  each of their requests", len(times), elapsed, times)


def rush(port, day, slots, service, office, people, clients, couple):
    """People with their answers ready look at the calendar and want a place on one day."""
    from django.db import transaction

    from marriage.wizard import drafts
    from tests.marriage.walker import Walker

    keys = []
    with transaction.atomic():
        for number in range(people):
            answers = {
                "residence": "guangzhou",
                "origin": ["mainland"],
                "kinship": "none",
                "age": "yes",
            }
            answers["earlier_marriage"] = ["never"]
            draft = drafts.Answers(
                key=f"person-{number}",
                data={
                    "service": service.slug,
                    "answers": answers,
                    "materials_seen": True,
                    "office": office.pk,
                },
            )
            draft.save()
            keys.append(draft.key)
    calendar, day_page, told, got, finished = [], [], [], [], []
    lock = threading.Lock()

    def person(number):
        walker = Walker(port)
        walker.cookies["booking_draft"] = keys[number]
        walker.request("GET", "day/")
        calendar.append(walker.seconds[-1])
        walker.request("GET", f"day/{day}/")
        day_page.append(walker.seconds[-1])
        if "csrftoken" not in walker.cookies:
            walker.request("GET", "services/marriage/")
        has_place = walker.hold(slots[number % len(slots)])
        (got if has_place else told).append(walker.seconds[-1])
        if has_place:
            with lock:
                people = couple()
            began = time.perf_counter()
            if walker.finish(people):
                finished.append(time.perf_counter() - began)
        walker.close()

    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(person, range(people)))
    elapsed = time.perf_counter() - start
    line(f"calendar page, {clients} clients", len(calendar), elapsed, calendar)
    line("  the times of the day", len(day_page), elapsed, day_page)
    line("  got a place", len(got), elapsed, got, f"{len(got)} of {people}")
    proved = "with the telephone proved by a code"
    line("  both entered, code typed, confirmed", len(finished), elapsed, finished, proved)
    late = sum(seconds > 1 for seconds in told)
    line("  were told that it is full", len(told), elapsed, told, f"{late} after a second")


def bot(port, office, slot, couple):
    """Twenty invented couples, one telephone: what the site lets through."""
    from marriage.models import Booking
    from tests.marriage.walker import Walker

    results = []
    for _ in range(20):
        people = couple()
        people[0]["phone"] = "13800009999"
        walker = Walker(port)
        walker.begin(office)
        results.append(walker.hold(slot) and walker.finish(people))
        walker.close()
    active = Booking.objects.filter(slot=slot, state="booked").count()
    print(f"20 invented couples with one telephone: {sum(results)} booked, {active} active")


def parallel(port, office, slots, make_last_slot, couple):
    """Many at once for one place: 30 who confirm, five times over, and 8 who move."""
    from marriage.models import Booking
    from tests.marriage.walker import Walker

    def at_once(number, act):
        barrier = threading.Barrier(number)

        def one(turn):
            barrier.wait(timeout=120)
            began = time.perf_counter()
            return act(turn), time.perf_counter() - began

        with ThreadPoolExecutor(number) as pool:
            return list(pool.map(one, range(number)))

    def tell(name, done):
        won = [seconds for is_won, seconds in done if is_won]
        lost = [seconds for is_won, seconds in done if not is_won]
        print(
            f"{name:<46}{len(won)} of {len(done)}, won after {max(won, default=0):.2f} s, "
            f"the others told after median {statistics.median(lost):.2f} s",
            flush=True,
        )

    for turn in range(1, 6):
        walkers = [Walker(port) for _ in range(30)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda walker: walker.begin(office.pk), walkers))
        for walker in walkers:
            walker.close()  # The next request opens it again: the server may have closed it.
        couples, last = [couple() for _ in walkers], make_last_slot()

        def confirm(number, walkers=walkers, couples=couples, last=last):
            return walkers[number].hold(last) and walkers[number].finish(couples[number])

        tell(f"last place {turn}: 30 hold, prove, confirm", at_once(30, confirm))
        for walker in walkers:
            walker.close()

    movers, last = [Walker(port) for _ in range(8)], make_last_slot()
    for number, walker in enumerate(movers):
        walker.begin(office.pk)
        assert walker.hold(slots[number])
        assert walker.finish(couple())
        walker.request("GET", "done/")
        walker.close()
    target = Booking.slot.field.related_model.objects.get(pk=last)

    def move(number):
        address = f"manage/move/{target.date}/?office={office.code}"
        status, _, _ = movers[number].request("POST", address, {"slot": last, "sure": "1"})
        return status == 302

    tell("one place: 8 with proved telephones move", at_once(8, move))
    kept = Booking.objects.filter(slot__in=slots[:8], state="booked").count()
    moved = Booking.objects.filter(slot=last, state="booked").count()
    print(f"  of these {moved} moved, {kept} still have their old place")
    for walker in movers:
        walker.close()


def lookups(port, slot, couple, number):
    """Right references with wrong tails and wrong references: no clock must tell them apart."""
    from marriage.booking import bookings
    from tests.marriage.walker import Walker

    people = couple()
    known = bookings.confirm(bookings.hold(slot).hold_token, people).reference
    tail = people[0]["id_number"][-4:]
    walker = Walker(port)
    walker.request("GET", "services/marriage/")
    times = {"wrong tail": [], "wrong reference": []}
    for turn in range(number):
        wrong_tail = turn % 2 == 0
        form = {"reference": known if wrong_tail else f"{known[:-4]}{turn:04}"}
        walker.request("POST", "manage/", {**form, "tail": "000A" if wrong_tail else tail})
        times["wrong tail" if wrong_tail else "wrong reference"].append(walker.seconds[-1])
    walker.close()
    for name, seconds in times.items():
        line(f"looked up, {name}", len(seconds), sum(seconds), seconds)


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--part", choices=["rates", "rush", "lookup", "bot", "parallel"], required=True
    )
    options.add_argument("--seconds", type=float, default=10)
    options.add_argument("--people", type=int, default=5000)
    options.add_argument("--places", type=int, default=500)
    options.add_argument("--clients", type=int, default=64)
    chosen = options.parse_args()

    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from marriage.models import BookingRules, Slot
    from tests.marriage.factories import (
        make_asking_service,
        make_coming_slot,
        make_couple,
        make_office,
    )
    from tests.marriage.serving import free_port, server

    call_command("migrate", verbosity=0)
    rules = BookingRules.load()
    rules.holds_per_address_hour = rules.challenge_after = 10**8
    rules.holds_per_device_hour = 10**6
    rules.lookups_per_reference_hour = rules.lookups_of_reference_hour = 10**6
    rules.codes_per_address_hour = 10**5
    rules.save()
    service = make_asking_service(slug="marriage")
    office = make_office(service)
    slots = [
        make_coming_slot(service, office, hour=hour, capacity=10**6).pk for hour in range(9, 17)
    ]
    day = make_coming_slot(service, office, days_ahead=9, capacity=1).date
    Slot.objects.filter(date=day).delete()
    rush_slots = [
        make_coming_slot(service, office, date=day, hour=hour, capacity=chosen.places // 10).pk
        for hour in range(8, 18)
    ]
    vendor = connection.vendor
    print(f"{vendor}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}\n", flush=True)
    if chosen.part == "rates":
        bare = bare_sqlite(DATA / "bare.sqlite3") if vendor == "sqlite" else bare_postgresql()
        times, elapsed = run_threads(8, chosen.seconds, bare)
        line("bare database, update + insert, 8 threads", len(times), elapsed, times)
        times, elapsed = run_threads(8, chosen.seconds, guard(slots, make_couple))
        line("hold + confirm without HTTP, 8 threads", len(times), elapsed, times)
    port = free_port()
    with server(os.environ["DATABASE_URL"], DATA, [KEY], port):
        if chosen.part == "rates":
            whole_bookings(port, office.pk, slots, make_couple, chosen.seconds, 8)
        elif chosen.part == "rush":
            rush(port, day, rush_slots, service, office, chosen.people, chosen.clients, make_couple)
        elif chosen.part == "parallel":
            hours = iter(range(9, 18))

            def make_last_slot():
                return make_coming_slot(
                    service, office, days_ahead=5, hour=next(hours), capacity=1
                ).pk

            parallel(port, office, slots, make_last_slot, make_couple)
        elif chosen.part == "bot":
            bot(port, office.pk, slots[0], make_couple)
        else:
            lookups(port, slots[0], make_couple, 1000)
    oversold = [slot for slot in Slot.objects.all() if slot.taken > slot.capacity]
    print(f"\noversold slots: {len(oversold)}; no answer was 5xx (one would have stopped the run)")


if __name__ == "__main__":
    main()
