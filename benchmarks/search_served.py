"""Searching over HTTP: suggestions while typing, and odd input, on the site as ./run serves it.

    python benchmarks/search_served.py [--rounds 5] [--data-dir DIR] [--seconds 4]
                                       [--questions FILE] [--places FILE]

Prints for each kind of query answers per second beside those of the constant view (`/healthz`:
the same processes and middleware) in the same run, and the processor time of the server per
answer, which hardly depends on what else the machine does. Then median and 99th percentile in
milliseconds, one request after the other, for suggestions and odd input. No cache answers,
because every request has an address of its own. The files are those of search_quality.py.
"""

import argparse
import http.client
import itertools
import statistics
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from served import Address, served

CLIENTS = 8
WORDS = ["低保", "结婚", "骨灰", "养老", "残疾人", "志愿者", "殡葬", "居委会", "孤儿", "离婚"]
SENTENCES = [
    "家里老人昨晚在医院过世了，第一次遇到这种事，要先联系谁",
    "您好，我老公出车祸住院花了十几万，家里没钱了，民政局有没有救助",
    "我妈八十多岁一个人住，有没有上门照顾的服务",
    "二婚领证要带离婚证吗",
    "结婚证找不到了，买房要用",
]
PLACES = ["江南大道中", "新港西路", "广州塔", "沥滘", "保岗大道", "xiaozhoucun", "昌岗东路257号"]

TYPED = [
    *("江", "江南", "江南大", "江南大道", "江南大道中", "江南大到", "新港", "新港西", "广州塔"),
    *("j", "ji", "jn", "jnd", "jiang", "jiangnan", "xingang", "xi", "yong", "路", "涌", "塔"),
    *("领证", "结婚", "离婚冷静", "骨灰", "低保", "jiehun", "jhdj", "补办结婚证", "养老", "火星"),
]
ODD = {
    "empty": "",
    "one character": "海",
    "10,000 characters": "海" * 10_000,
    "10,000 letters": "a" * 10_000,
    "10,000 letters and characters": "江a" * 5_000,
    "10,000 digits": "1" * 10_000,
    "2,000 words": "江南 " * 2_000,
    "punctuation": "？！。，、；：",
    "operators": 'name:(江南 AND "大道"~2^5 || !{[*?',
    "controls": "\x01\x1b江南\x7f",
    "emoji": "😀🏠",
    "right to left": "\u202e江南\u200f",
}


def took(address: str) -> tuple[float, int]:
    start = time.perf_counter()
    try:
        with urllib.request.urlopen(address) as answer:
            answer.read()
            status = answer.status
    except urllib.error.HTTPError as error:
        status = error.code
    return (time.perf_counter() - start) * 1000, status


def percentiles(values: list[float]) -> str:
    last = sorted(values)[min(len(values) - 1, int(len(values) * 0.99))]
    return f"median {statistics.median(values):6.1f} ms   99th {last:6.1f} ms"


@dataclass
class Asking:
    """Clients that ask one address after the other until the end, no address twice."""

    base: str
    path: str
    typed: list[str]
    end: float
    numbers: Iterator[int] = field(default_factory=itertools.count)
    statuses: list[int] = field(default_factory=list)

    def __call__(self) -> None:
        connection = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        while time.monotonic() < self.end:
            number = next(self.numbers)
            connection.request("GET", self._address(number), headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            self.statuses.append(answer.status)
            if number % 20 == 0:  # A long connection stays with one of the processes.
                connection.close()
        connection.close()

    def _address(self, number: int) -> str:
        if not self.typed:
            return self.path
        return f"{self.path}?q={quote(self.typed[number % len(self.typed)])}&n={number}"


def rates(base: Address, kinds: dict[str, tuple[str, list[str]]], seconds: float) -> None:
    """Eight clients, each for some seconds."""
    print(f"\n  {'kind of query':34} {'rate':>8} {'of constant':>12} {'processor':>13}")
    constant = None
    for name, (path, typed) in kinds.items():
        before = base.processor()
        started = time.monotonic()
        asking = Asking(base, path, typed, started + seconds)
        threads = [threading.Thread(target=asking) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        number = len(asking.statuses)
        rate = number / (time.monotonic() - started)
        constant = constant or rate
        each = (base.processor() - before) * 1000 / number
        bad = "" if set(asking.statuses) == {200} else f"   {set(asking.statuses)}"
        print(f"  {name:34} {rate:6.0f}/s {rate / constant:12.0%} {each:10.1f} ms{bad}", flush=True)


def first_column(path: Path) -> list[str]:
    return [line.split("\t")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]


def beginnings(queries: list[str]) -> list[str]:
    """What is asked for while somebody types."""
    return [query[:end] for query in queries for end in (1, 2, 3, 4, 6)]


def suggestions(base: str, rounds: int) -> None:
    spans = [
        took(f"{base}/search/suggest/?q={quote(typed)}&round={number}")[0]
        for number in range(rounds)
        for typed in TYPED
    ]
    print(f"\nSuggestions, {len(spans)} requests: {percentiles(spans)}")


def odd(base: str, rounds: int) -> None:
    print("\nOdd input")
    for name, typed in ODD.items():
        for path in ("/search/", "/search/suggest/", "/place-names/"):
            asked = [
                took(f"{base}{path}?q={quote(typed)}&round={number}") for number in range(rounds)
            ]
            statuses = sorted({status for _, status in asked})
            spans = [span for span, _ in asked]
            print(f"  {name:32} {path:18} {percentiles(spans)}   status {statuses}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--questions", type=Path, help="a file of questions, for the sentences")
    parser.add_argument("--places", type=Path, help="a file of place queries")
    parser.add_argument("--data-dir", help="a prepared DATA_DIR, to save the loading")
    options = parser.parse_args()
    with served(options.data_dir) as base:
        for typed in TYPED:  # Both processes have read what they keep in memory.
            took(f"{base}/search/suggest/?q={quote(typed)}&round=warm")
        sentences = first_column(options.questions) if options.questions else SENTENCES
        places = first_column(options.places) if options.places else PLACES
        kinds = {
            "constant view": ("/healthz", []),
            "a word": ("/search/", WORDS),
            "a sentence": ("/search/", sentences),
            "a place query, whole site": ("/search/", places),
            "a place query, place names": ("/place-names/", places),
            "suggestions": ("/search/suggest/", beginnings([*WORDS, *sentences, *places])),
            "constant view again": ("/healthz", []),
        }
        rates(base, kinds, options.seconds)
        suggestions(base, options.rounds)
        odd(base, options.rounds)


if __name__ == "__main__":
    main()
