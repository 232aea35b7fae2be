"""What memoization in each process brings beside the shared cache alone.

    DATA_DIR=… python benchmarks/memoize.py [--rounds 5]

Renders the same pages in one process on a site that `manage.py prepare` has made, with the page
cache off, in turn with each place for the values: memory of the process, the shared cache
(`CACHE_URL`), nowhere. Prints the median milliseconds of processor time for each page.
"""

import argparse
import hashlib
import statistics
import time

from project import set_up

set_up()

from django.conf import settings  # noqa: E402
from django.core.cache import caches  # noqa: E402
from django.test import Client  # noqa: E402

from home.cache import memoize  # noqa: E402

PAGES = [
    "/",
    "/guides/marriage-registration/",
    "/policies/",
    "/policies/five-year-plan/",
    "/areas/elder-care/",
    "/figures/eco-burial-rate/",
    "/service-places/",
    "/place-names/",
]


class SharedCache(dict):
    """A mapping whose values lie in the shared cache, pickled."""

    def get(self, key, default=None):
        return caches["default"].get(_name(key), default)

    def __setitem__(self, key, value):
        super().__setitem__(key, None)
        caches["default"].set(_name(key), value)


class Nowhere(dict):
    def __setitem__(self, key, value):
        pass


def _name(key) -> str:
    return "benchmark:" + hashlib.blake2b(repr(key).encode(), digest_size=12).hexdigest()


def rendered(client: Client, url: str, values: dict) -> float:
    """Milliseconds of processor time for one page with these memoized values."""
    memoize._memory = (memoize._memory[0], values)
    started = time.process_time()
    response = client.get(url)
    spent = (time.process_time() - started) * 1000
    assert response.status_code == 200, url
    return spent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    settings.PAGE_CACHE_SECONDS = 0
    settings.ALLOWED_HOSTS = ["testserver"]
    client = Client()
    client.get("/")  # Sets the stamp of the values.
    places = {"memory": {}, "shared cache": SharedCache(), "nowhere": Nowhere()}
    print(f"{'page':34}" + "".join(f"{name:>14}" for name in places))
    for url in PAGES:
        spent = {name: [] for name in places}
        for turn in range(rounds + 1):
            for name, values in places.items():
                milliseconds = rendered(client, url, values)
                if turn:  # The first fills what there is to fill.
                    spent[name].append(milliseconds)
        print(f"{url:34}" + "".join(f"{statistics.median(v):>14.1f}" for v in spent.values()))


if __name__ == "__main__":
    main()
