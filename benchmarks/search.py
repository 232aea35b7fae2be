"""Search of place names: time by kind of query, for both engines, as the register grows.

    python benchmarks/search.py [--names 5832 1000000] [--engine embedded elasticsearch]
                                [--server http://127.0.0.1:9200] [--clients 16] [--rounds 3]
                                [--build-only]

Names beyond the 5,832 of the demonstration are made from them: another specific part in
front of the same generic parts, so that lengths, classes and numerals stay alike. The
database is a file in a temporary folder, or BENCHMARK_DATABASE_URL; an index of the wanted
size that is there already is used, so building and timing may be two runs. Each query of the
quality set is timed; the best of the rounds counts, as other work on the machine only adds.
"processor" is the median time in which this process worked, "of server" the mean time of the
search server: their sum is about what an idle machine would take. The server tells its own
about once a second, so kinds of few queries may show 0 or too much.
"""

import argparse
import csv
import itertools
import os
import random
import resource
import statistics
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

from project import ROOT, set_up_alone

folder = set_up_alone()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from search.analysis import Name, name_key  # noqa: E402
from search.analysis.pinyin import character_readings  # noqa: E402
from search.models import PlaceDocument  # noqa: E402
from search.places.embedded import EmbeddedEngine  # noqa: E402
from search.places.embedded.writing import filling  # noqa: E402
from search.places.filters import Filters  # noqa: E402
from search.places.place import Place  # noqa: E402
from search.places.server.connection import connect  # noqa: E402
from search.places.server.documents import PlaceNameDocument  # noqa: E402
from search.places.server.engine import ElasticsearchEngine  # noqa: E402
from tests.search.quality.cases import cases  # noqa: E402

LABELS = {
    "alias": "别名",
    "short": "简称",
    "former": "曾用名",
    "dialect": "方言读音",
    "foreign": "外文名、旧拼法",
}
INDEX = "benchmark_place_names_{}"
FACETED = "路"
POINT = (113.2658, 23.1015)


def demonstration() -> list[Place]:
    from tests.search.gazetteer import gazetteer_rows, variants_of

    places = []
    for number, row in enumerate(gazetteer_rows(), 1):
        variants = [Name(shown, kind, LABELS[kind]) for kind, shown in variants_of(row)]
        name = Name(row["name"], specific=row["specific"], romanisation=row["romanisation"])
        places.append(_place(number, row, (name, *variants)))
    return places


def _place(number: int, row: dict[str, str], names: tuple[Name, ...]) -> Place:
    category = row["category"]
    return Place(
        id=number,
        code=row["code"],
        names=names,
        categories=(category, f"{category[:2]}000"),
        subdistricts=tuple(row["subdistricts"].split(";")),
        status=row["status"],
        since=int(row["year_established"]) if row["year_established"] else None,
        until=int(row["year_abolished"]) if row["year_abolished"] else None,
        lon=float(row["lon"]) if row["lon"] else None,
        lat=float(row["lat"]) if row["lat"] else None,
        sort_key=" ".join((*names[0].spelling, names[0].key)),
    )


def more(total: int) -> Iterator[Place]:
    """Made-up places from number 5,833 on: other characters for the first two."""
    from tests.search.gazetteer import gazetteer_rows

    rows = [row for row in gazetteer_rows() if len(row["name"]) >= 4]
    characters = sorted({c for row in rows for c in row["specific"][:2]})
    rng = random.Random(5832)
    for number, row in zip(range(5833, total + 1), itertools.cycle(rows), strict=False):
        first, second = rng.choice(characters), rng.choice(characters)
        shown = first + second + row["name"][2:]
        moved = {"lon": rng.uniform(113.23, 113.41), "lat": rng.uniform(23.04, 23.12)}
        specific = first + second + row["specific"][2:]
        # Readings by character: guessing them from words takes longer than indexing.
        spelt = [" ".join(character_readings(c)) for c in name_key(shown)]
        name = Name(shown, specific=specific, stored_readings=spelt)
        yield _place(number, {**row, "code": f"{number:020d}", **moved}, (name,))


def questions(places: list[Place]) -> dict[str, list[Callable]]:
    """Kind of query → calls that take an engine."""
    found: dict[str, list[Callable]] = defaultdict(list)
    for case in cases(places):
        found[case.kind].append(_ask(case.typed))
    found["by hand"] += [_ask(row["typed"]) for row in _handwritten()]
    found["nothing to find"] += [_ask(typed) for typed in ("天安门广场", "qqqq", "埃菲尔铁塔")]
    found["one character"] += [_ask(typed) for typed in "路涌新海塔"]
    found["one letter"] += [_ask(typed) for typed in "ljxgh"]
    found["two letters"] += [_ask(typed) for typed in ("jn", "xi", "ba", "hz", "lu")]
    found["suggestions"] += [
        lambda engine, typed=typed: engine.suggest(typed)
        for typed in ("江", "江南", "江南大", "j", "ji", "jiang", "jn", "jnd", "xingang", "新港")
    ]
    found["with facets"] += [
        lambda engine, typed=typed: engine.search(typed, Filters(status="standard"))
        for typed in ("", FACETED, "江南", "新")
    ]
    found["nearest"].append(lambda engine: engine.nearest(*POINT))
    return found


def _ask(typed: str) -> Callable:
    return lambda engine: engine.search(typed, facets=False)


def _handwritten() -> list[dict[str, str]]:
    path = ROOT / "tests" / "search" / "quality" / "handwritten.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def server_processor(engine) -> float:
    """Milliseconds of processor time of the search server so far; 0 for the embedded engine."""
    if engine.name == "embedded":
        return 0
    nodes = engine.client.nodes.stats(metric="process")["nodes"].values()
    return sum(node["process"]["cpu"]["total_in_millis"] for node in nodes)


def timed(engine, kinds: dict[str, list[Callable]], rounds: int) -> None:
    print(
        f"  {'kind of query':24} {'queries':>7} {'median':>9} {'99th':>9} {'processor':>9}"
        f" {'of server':>9}   ms"
    )
    for kind, calls in kinds.items():
        best, worked = [], []
        before = server_processor(engine)
        for call in calls:
            spans, work = [], []
            for _ in range(rounds):
                start, start_work = time.perf_counter(), time.thread_time()
                call(engine)
                spans.append(time.perf_counter() - start)
                work.append(time.thread_time() - start_work)
            best.append(min(spans) * 1000)
            worked.append(min(work) * 1000)
        print(
            f"  {kind:24} {len(calls):7} {statistics.median(best):9.2f} {_p99(best):9.2f}"
            f" {statistics.median(worked):9.2f}"
            f" {(server_processor(engine) - before) / (rounds * len(calls)):9.2f}",
            flush=True,
        )


def crowded(
    engine, kinds: dict[str, list[Callable]], clients: int, pause: float = 0, each: int = 6
) -> None:
    """Threads of one process, each with all queries in an order of its own.

    Without a pause they ask as fast as they are answered, so the median only tells the rate
    that this process and the server reach together. With one they ask at times of their own,
    like people: the median is what one of them waits while the others ask.
    """
    left_out = ("one character", "one letter", "two letters", "with facets")
    calls = [call for kind, some in kinds.items() if kind not in left_out for call in some[:each]]
    spans: list[float] = []

    def client(number: int) -> None:
        mine, rng = calls[:], random.Random(number)
        rng.shuffle(mine)
        for call in mine:
            if pause:
                time.sleep(rng.uniform(0, 2 * pause))
            start = time.perf_counter()
            call(engine)
            spans.append((time.perf_counter() - start) * 1000)
        connection.close()

    threads = [threading.Thread(target=client, args=(n,)) for n in range(clients)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    rate = len(spans) / (time.perf_counter() - start)
    print(
        f"  {clients} clients{f', a query each {pause:g} s' if pause else ''}: median {statistics.median(spans):.1f} ms, "
        f"99th {_p99(spans):.1f} ms, {rate:.0f} answers/s"
    )


def _p99(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]


def embedded(total: int) -> EmbeddedEngine:
    call_command("migrate", verbosity=0)
    engine = EmbeddedEngine()
    took = None
    if PlaceDocument.objects.count() != total:
        start = time.perf_counter()
        engine.delete(engine.ids())
        with filling():
            engine.index(itertools.chain(demonstration(), more(total)))
        took = time.perf_counter() - start
    size = ""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        size = f", file {Path(connection.settings_dict['NAME']).stat().st_size / 1e6:.0f} MB"
    print(f"  {_built(took)}{size} ({connection.vendor})", flush=True)
    return engine


def _built(took: float | None) -> str:
    return "index was there" if took is None else f"indexed in {took:.1f} s"


def elasticsearch(total: int, url: str) -> ElasticsearchEngine:
    client = connect(url, 120)
    index = INDEX.format(total)
    engine = ElasticsearchEngine(client, index)
    took = None
    if not client.indices.exists(index=index) or client.count(index=index)["count"] != total:
        client.options(ignore_status=404).indices.delete(index=index)
        PlaceNameDocument.init(index=index, using=client)
        start = time.perf_counter()
        engine.index(itertools.chain(demonstration(), more(total)))
        client.indices.refresh(index=index)
        took = time.perf_counter() - start
    stored = client.indices.stats(index=index)["_all"]["primaries"]["store"]["size_in_bytes"]
    nodes = client.nodes.stats(metric="jvm")["nodes"].values()
    heap = sum(node["jvm"]["mem"]["heap_used_in_bytes"] for node in nodes)
    print(
        f"  {_built(took)}, index {stored / 1e6:.0f} MB, server heap {heap / 1e6:.0f} MB",
        flush=True,
    )
    return engine


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--names", type=int, nargs="+", default=[5832])
    parser.add_argument("--engine", nargs="+", default=["embedded", "elasticsearch"])
    parser.add_argument("--server", default=os.environ.get("TEST_SEARCH_URL", ""))
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--build-only", action="store_true", help="time no query")
    options = parser.parse_args()
    kinds = questions(demonstration())
    for total in options.names:
        for name in options.engine:
            print(f"\n{name}, {total} names")
            if name == "elasticsearch" and not options.server:
                print("  SKIPPED: no --server")
                continue
            engine = embedded(total) if name == "embedded" else elasticsearch(total, options.server)
            if options.build_only:
                continue
            timed(engine, kinds, options.rounds)
            crowded(engine, kinds, options.clients)
            crowded(engine, kinds, options.clients, pause=1, each=1)
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(f"  peak memory of this process {peak:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
