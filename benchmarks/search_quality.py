"""How often a right answer is found, for questions and place queries written down in files.

    python benchmarks/search_quality.py FILE… [--server URL] [--misses] [--nonsense FILE]

A file has tab-separated lines of query, right answers and kind, after a heading. Right answers
are addresses of the site (`/guides/…/`, with `*` for any part) for site search, or names for the
search of place names; several are joined by `|` (any of them) or `&` (all, before any other).
A file without tabs has queries that should find nothing, or say that what they find is only near.

Printed by kind: hit@1, hit@3, mean reciprocal rank, the rate at which nothing was found, and the
processor time of the process per query. It reads the database that the settings name (of the
demonstration in DATA_DIR, once `manage.py prepare` has run), and with `--server` asks the
place-name index of that server as well.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from statistics import mean, median
from time import process_time

from project import set_up

DEPTH = 10


@dataclass(frozen=True)
class Case:
    query: str
    right: tuple[str, ...]
    needs_all: bool
    kind: str

    @property
    def is_place(self) -> bool:
        return not self.right[0].startswith("/")

    def rank(self, found: list[str]) -> int | None:
        """The place of the right answer among those found, from 1; None where it is not there."""
        if self.needs_all:
            wanted = len(self.right)
            return 1 if set(found[:wanted]) == set(self.right) else None
        for at, each in enumerate(found, 1):
            if any(each == right or fnmatchcase(each, right) for right in self.right):
                return at
        return None


@dataclass
class Tally:
    ranks: list[int | None] = field(default_factory=list)
    empty: int = 0

    def line(self, name: str) -> str:
        number = len(self.ranks)
        first = sum(rank == 1 for rank in self.ranks) / number
        three = sum(rank is not None and rank <= 3 for rank in self.ranks) / number
        reciprocal = mean(1 / rank if rank else 0 for rank in self.ranks)
        return (
            f"{name:14}{number:5}{first:8.3f}{three:8.3f}{reciprocal:8.3f}"
            f"{self.empty / number:9.3f}"
        )


def cases(path: Path) -> list[Case]:
    found = []
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, right, kind = line.split("\t")
        needs_all = "&" in right
        found.append(Case(query, tuple(re.split("[|&]", right)), needs_all, kind))
    return found


def site_addresses(query: str) -> tuple[list[str], bool]:
    """Addresses in the order of the result page, the card of an answer first; whether the page
    says that they are only near."""
    from search.site_search.answering import answer

    found = answer(query)
    first = [found.card.url] if found.card else []
    first += [promotion.url for promotion in found.promotions]
    return list(dict.fromkeys([*first, *(r.url for r in found.results.object_list)])), found.is_near


def place_names(engine) -> Callable[[str], tuple[list[str], bool]]:
    def ask(query: str) -> tuple[list[str], bool]:
        hits = engine.search(query, page_size=DEPTH, facets=False).hits
        return [hit.title for hit in hits], False

    return ask


def measure(name: str, asked: list[Case], ask: Callable, misses: bool) -> None:
    for case in asked[:5]:
        ask(case.query)
    tallies: dict[str, Tally] = defaultdict(Tally)
    spent = []
    for case in asked:
        started = process_time()
        found, _ = ask(case.query)
        spent.append((process_time() - started) * 1000)
        rank = case.rank(found[:DEPTH])
        for tally in (tallies[case.kind], tallies["all"]):
            tally.ranks.append(rank)
            tally.empty += not found
        if misses and (rank is None or rank > 3 or (case.is_place and rank > 1)):
            print(f"  {rank or '-'}  {case.query}  →  {found[:4]}  [{'|'.join(case.right)}]")
    print(f"\n{name}\n{'kind':14}{'n':>5}{'hit@1':>8}{'hit@3':>8}{'MRR':>8}{'nothing':>9}")
    for kind in sorted(tallies, key=lambda kind: kind == "all"):
        print(tallies[kind].line(kind))
    spent.sort()
    print(
        f"processor per query: median {median(spent):.1f} ms, "
        f"95th percentile {spent[int(len(spent) * 0.95)]:.1f} ms"
    )


def measure_nonsense(path: Path) -> None:
    queries = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    nothing = near = 0
    claimed = []
    for query in queries:
        found, is_near = site_addresses(query)
        nothing += not found
        near += bool(found) and is_near
        if found and not is_near:
            claimed.append((query, found[:3]))
    print(f"\n{path.name}: {len(queries)} queries, nothing {nothing}, near {near}, as results:")
    for query, found in claimed:
        print(f"  {query}  →  {found}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--server", default="", help="address of an Elasticsearch to ask too")
    parser.add_argument("--misses", action="store_true", help="print what was not found")
    options = parser.parse_args()

    set_up()
    from search.places.embedded import EmbeddedEngine

    engines = {"embedded": EmbeddedEngine()}
    if options.server:
        from search.places.server.connection import connect
        from search.places.server.engine import ElasticsearchEngine

        engines["elasticsearch"] = ElasticsearchEngine(connect(options.server, 60))
    for path in options.files:
        if "\t" not in path.read_text(encoding="utf-8"):
            measure_nonsense(path)
            continue
        asked = cases(path)
        if asked[0].is_place:
            for name, engine in engines.items():
                measure(f"{path.name}, {name}", asked, place_names(engine), options.misses)
        else:
            measure(path.name, asked, site_addresses, options.misses)


if __name__ == "__main__":
    main()
