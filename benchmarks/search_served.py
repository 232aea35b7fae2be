"""Searching over HTTP: suggestions while typing, and odd input, on the site as ./run serves it.

    python benchmarks/search_served.py [--rounds 5] [--data-dir DIR]

Prints median and 99th percentile in milliseconds, one request after the other, as the server
takes them: no cache answers, because every round asks by another address.
"""

import argparse
import statistics
import time
import urllib.error
import urllib.request
from urllib.parse import quote

from served import served

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
    parser.add_argument("--data-dir", help="a prepared DATA_DIR, to save the loading")
    options = parser.parse_args()
    with served(options.data_dir) as base:
        for typed in TYPED:  # Both processes have read what they keep in memory.
            took(f"{base}/search/suggest/?q={quote(typed)}&round=warm")
        suggestions(base, options.rounds)
        odd(base, options.rounds)


if __name__ == "__main__":
    main()
