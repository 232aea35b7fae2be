"""What a booking costs without HTTP: the bare statements, and hold and confirm alone.

Each function returns a factory of (act, close) for `timing.run_threads`.
"""

import os
import sqlite3
import threading

UPDATE = "UPDATE bare_slot SET taken = taken + 1 WHERE id = 1 AND taken < capacity"
INSERT = "INSERT INTO bare_booking (slot, reference) VALUES (1, 'K7M4Q9TX3P')"
TABLES = (
    "CREATE TABLE bare_slot (id integer PRIMARY KEY, capacity integer, taken integer,"
    " CHECK (taken <= capacity))",
    "CREATE TABLE bare_booking (id {serial}, slot integer, reference text)",
    "INSERT INTO bare_slot VALUES (1, 100000000, 0)",
)


def bare_sqlite(path):
    def connect():
        connection = sqlite3.connect(path, timeout=60, isolation_level=None)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        return connection

    first = connect()
    for table in TABLES:
        first.execute(table.format(serial="integer PRIMARY KEY"))

    def make():
        connection = connect()

        def act():
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(UPDATE)
            connection.execute(INSERT)
            connection.execute("COMMIT")

        return act, connection.close

    return make


def bare_postgresql():
    import psycopg

    address = os.environ["DATABASE_URL"]
    with psycopg.connect(address, autocommit=True) as first:
        first.execute("DROP TABLE IF EXISTS bare_slot, bare_booking")
        for table in TABLES:
            first.execute(table.format(serial="bigserial PRIMARY KEY"))

    def make():
        connection = psycopg.connect(address)

        def act():
            connection.execute(UPDATE)
            connection.execute(INSERT)
            connection.commit()

        return act, connection.close

    return make


def guard(slots, couple):
    """hold and confirm of marriage.booking in one process, each couple another."""
    from django.db import connection

    from marriage.booking import bookings

    lock, numbers = threading.Lock(), iter(range(10**9))

    def make():
        def act():
            with lock:
                number = next(numbers)
                people = couple()
            held = bookings.hold(slots[number % len(slots)])
            bookings.confirm(held.hold_token, people)

        return act, connection.close

    return make
