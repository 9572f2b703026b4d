"""How long a reader waits, on a slow phone and at the filter. Nothing of it is a gate but CLS."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from playwright.sync_api import Browser, Page

from .accessibility import PHONE
from .gates import Figure, median
from .subjects import Subject

RUNS = 3
#: As Lighthouse's phone: a processor at a quarter of its speed, and slow 4G.
SLOWDOWN = 4
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}

WATCH = """
(() => {
  const seen = (window.seen = { lcp: 0, cls: 0, tasks: [], event: 0 });
  const watch = (type, take) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take))
      .observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => (seen.lcp = entry.startTime));
  watch("layout-shift", (entry) => (seen.cls += entry.hadRecentInput ? 0 : entry.value));
  watch("longtask", (entry) => seen.tasks.push([entry.startTime, entry.duration]));
  // A frame is only made once the style sheets are there; what is in it is painted at its end.
  const look = () => {
    if (document.querySelector(".event, .key-event")) {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => (seen.event = performance.now());
      port2.postMessage(0);
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})();
"""
FOUND = """
() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
  const blocked = ([start, duration]) =>
    Math.max(0, start + duration - Math.max(start, paint) - 50);
  const tbt = window.seen.tasks.map(blocked).reduce((one, other) => one + other, 0);
  return { "first-event": window.seen.event, lcp: window.seen.lcp, tbt, cls: window.seen.cls };
}
"""
#: Milliseconds from a choice to the end of the frame that shows its answer.
CHOOSE = """
async () => {
  const form = document.querySelector("[data-filter]");
  form.querySelector("summary").click();
  const control = form.elements.actor;
  const values = [...control.options].map((option) => option.value).filter(Boolean).slice(0, 5);
  const times = [];
  for (const value of values) {
    const start = performance.now();
    control.value = value;
    control.dispatchEvent(new Event("change", { bubbles: true }));
    await new Promise((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(0);
      });
    });
    times.push(performance.now() - start);
  }
  return times;
}
"""


def measure_speed(browser: Browser, subject: Subject, url: str) -> Iterator[Figure]:
    """Medians of loading on a slow phone, and of the filter's answers at both speeds."""
    runs = [_load(browser, url) for _ in range(RUNS)]
    for key in runs[0]:
        yield Figure(subject.id, key, median([run[key] for run in runs]))
    for key, slowdown in (("filter", 1), ("filter-slow", SLOWDOWN)):
        times = _filter(browser, url, slowdown)
        if times:
            yield Figure(subject.id, key, median(times))


def _load(browser: Browser, url: str) -> Mapping[str, float]:
    with browser.new_context(
        viewport=PHONE,
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
    ) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        _slow_down(page, SLOWDOWN)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        page.goto(url, wait_until="load", timeout=120_000)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1000)
        found: Mapping[str, float] = page.evaluate(FOUND)
        return found


def _filter(browser: Browser, url: str, slowdown: int) -> list[float]:
    """How long each of five choices takes; nothing where the page has no filter."""
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(url, wait_until="load")
        page.wait_for_load_state("networkidle")
        if page.locator("[data-filter]").count() == 0:
            return []
        _slow_down(page, slowdown)
        times: list[float] = page.evaluate(CHOOSE)
        return times


def _slow_down(page: Page, rate: int) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": rate})
