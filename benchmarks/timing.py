"""Times of many threads, and how they are printed."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor


def percentile(values, share):
    return sorted(values)[min(int(len(values) * share), len(values) - 1)] if values else 0.0


def line(name, number, seconds, times=(), note=""):
    rate = number / seconds if seconds else 0
    middle = statistics.median(times) * 1000 if times else 0
    print(
        f"{name:<46}{rate:>9.1f}/s  median {middle:>7.1f} ms  p99 "
        f"{percentile(times, 0.99) * 1000:>8.1f} ms  longest {max(times, default=0) * 1000:>8.1f} ms"
        f"  {note}",
        flush=True,
    )


def run_threads(threads, seconds, make):
    """Call make()() over and over on each thread. Returns (times, elapsed)."""
    times, end = [], time.perf_counter() + seconds
    start = time.perf_counter()

    def work(_):
        act, done = make()
        try:
            while time.perf_counter() < end:
                began = time.perf_counter()
                act()
                times.append(time.perf_counter() - began)
        finally:
            done()

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, range(threads)))
    return times, time.perf_counter() - start
