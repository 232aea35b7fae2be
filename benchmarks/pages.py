"""Public pages: answers per second beside a constant view, weight, and what a phone feels.

    python benchmarks/pages.py [--seconds 4] [--rounds 3]

Ratios are taken inside one round and their median is printed: machines differ and are
noisy, ratios less so. `/healthz` is the constant view: the same processes and middleware.
"""

import argparse
import shutil
import statistics
import urllib.request

from load import load
from served import served, stock_served

PAGES = [
    "/",
    "/guides/marriage-registration/",
    "/place-names/44010500423510000001/",
    "/place-names/",
    "/place-names/subdistricts/440105001/",
    "/place-names/boundaries/",
    "/service-places/",
    "/areas/elder-care/",
    "/life/losing-a-relative/",
    "/policies/",
    "/policies/marriage-registration-regulations/",
    "/policies/five-year-plan/",
    "/figures/",
    "/figures/eco-burial-rate/",
]
PHONE = {"width": 390, "height": 844}
# The "slow 4G" and 4× slower processor of Lighthouse's mobile runs.
SLOW = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6 * 1024 * 1024 / 8,
    "uploadThroughput": 750 * 1024 / 8,
}
OBSERVE = """
window.figures = {lcp: 0, cls: 0, tbt: 0};
new PerformanceObserver((list) => { for (const e of list.getEntries()) figures.lcp = e.startTime; })
  .observe({type: "largest-contentful-paint", buffered: true});
new PerformanceObserver((list) => { for (const e of list.getEntries()) if (!e.hadRecentInput) figures.cls += e.value; })
  .observe({type: "layout-shift", buffered: true});
new PerformanceObserver((list) => { for (const e of list.getEntries()) figures.tbt += Math.max(0, e.duration - 50); })
  .observe({type: "longtask", buffered: true});
"""


def rates(base: str, title: str, seconds: float, rounds: int) -> dict[str, float]:
    """Prints the rate of each page and returns its median ratio to the constant view."""
    print(f"\n{title}")
    ratios: dict[str, list[float]] = {page: [] for page in PAGES}
    last = {}
    constants = []
    for _ in range(rounds):
        constant = load(f"{base}/healthz", seconds=seconds)
        constants.append(constant.rate)
        for page in PAGES:
            last[page] = load(base + page, seconds=seconds)
            ratios[page].append(last[page].rate / constant.rate)
    print(f"  {'constant view':34} {statistics.median(constants):8.0f}/s")
    medians = {page: statistics.median(values) for page, values in ratios.items()}
    for page in PAGES:
        print(f"  {page:34} {last[page]}   {medians[page]:.0%} of constant")
    return medians


def beside_stock(base: str, seconds: float, rounds: int) -> None:
    """Each page, not cached, beside a page of the same size of a stock Wagtail."""
    print("\nNot cached, beside a stock Wagtail page of the same size")
    for address in PAGES:
        size = len(urllib.request.urlopen(base + address).read())
        with stock_served(size) as stock:
            stock_size = len(urllib.request.urlopen(f"{stock}/guide/").read())
            ratios, ours, theirs = [], [], []
            for _ in range(rounds):
                theirs.append(load(f"{stock}/guide/", seconds=seconds).rate)
                ours.append(load(base + address, seconds=seconds).rate)
                ratios.append(ours[-1] / theirs[-1])
        print(
            f"  {address:34} {size:6} and {stock_size:6} bytes   "
            f"{statistics.median(ours):5.0f}/s and {statistics.median(theirs):4.0f}/s   "
            f"{statistics.median(ratios):.1f} times"
        )


def felt(base: str) -> None:
    """What a phone on a slow network feels: LCP, CLS, TBT, and the weight of the page."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        print("\nNo Chromium found: no figures from a browser.")
        return
    from playwright.sync_api import sync_playwright

    print("\nIn Chromium as a phone on slow 4G (empty cache)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        for address in PAGES:
            page = browser.new_context(viewport=PHONE).new_page()
            page.add_init_script(OBSERVE)
            session = page.context.new_cdp_session(page)
            session.send("Network.enable")
            session.send("Network.emulateNetworkConditions", SLOW)
            session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
            kinds: dict[str, str] = {}
            weight: dict[str, float] = {}
            session.on(
                "Network.responseReceived",
                lambda event, kinds=kinds: kinds.update({event["requestId"]: event["type"]}),
            )

            def add(event, kinds=kinds, weight=weight):
                kind = kinds.get(event["requestId"], "Other")
                weight[kind] = weight.get(kind, 0) + event["encodedDataLength"]

            session.on("Network.loadingFinished", add)
            page.goto(base + address, wait_until="networkidle")
            page.wait_for_timeout(500)
            figures = page.evaluate("window.figures")
            blocking = page.evaluate(
                "performance.getEntriesByType('resource').filter((entry) =>"
                " entry.initiatorType === 'script' && entry.renderBlockingStatus === 'blocking')"
                ".length"
            )
            text = sum(size for kind, size in weight.items() if kind != "Image") / 1000
            print(
                f"  {address:34} LCP {figures['lcp']:6.0f} ms   CLS {figures['cls']:.3f}"
                f"   TBT {figures['tbt']:5.0f} ms   {text:6.1f} kB without pictures"
                f"   {blocking} blocking scripts"
            )
            page.context.close()
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--data-dir", help="a prepared DATA_DIR, to save the loading")
    options = parser.parse_args()
    with served(options.data_dir) as base:
        rates(base, "Cached by the site", options.seconds, options.rounds)
        felt(base)
    with served(options.data_dir, PAGE_CACHE_SECONDS="0") as base:
        rates(base, "Not cached", options.seconds, options.rounds)
        beside_stock(base, options.seconds, options.rounds)


if __name__ == "__main__":
    main()
