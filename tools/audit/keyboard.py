"""A reader with a keyboard: whether the focus can be seen, and how far away the events are.

An event is reached when the focus is in it or its title is in the window. The keys are Tab,
Shift+Tab, Enter on a link within the page, digits in the row of years (each is a press), and the
keys that scroll: End, PageDown, PageUp. The
shortest ways are computed from where everything stands, and the longest of them are then pressed.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page

from .accessibility import DESK
from .gates import Figure
from .subjects import Subject

WINDOW = DESK["height"]
#: How far PageDown goes in Chromium, in what of the window nothing lies over.
LEAP = 0.875
#: How much of the window's end a title must be away from to count as seen.
MARGIN = 40
#: How often a reader scrolls in a row: beyond that no way is looked for.
MOST_LEAPS = 30
#: How many of the longest ways are really pressed, and how many stops.
PRESSED_WAYS, PRESSED_STOPS = 3, 60

STOPS = """
const stops = () =>
  [...document.querySelectorAll("a[href], summary, button, input, select, textarea, [tabindex]")]
    .filter((element) => element.tabIndex >= 0 && element.checkVisibility())
    .filter((element) => element.getClientRects().length > 0);
const nameOf = ({ localName, classList, textContent }) =>
  `${localName}.${classList} "${textContent.trim().slice(0, 40)}"`;
"""
#: Stops at which nothing shows the focus. They have it by script, which after a press of Tab looks
#: as if it had come by keyboard.
UNSEEN = (
    "() => {"
    + STOPS
    + """
  const look = (element) => {
    const style = getComputedStyle(element);
    return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow].join(" ");
  };
  const found = [];
  document.activeElement.blur();
  for (const element of stops()) {
    const before = look(element);
    element.focus({ preventScroll: true });
    const style = getComputedStyle(element);
    const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    if (look(element) === before || !ring) found.push(nameOf(element));
    element.blur();
  }
  return found;
}
"""
)
#: Where everything stands: the stops with what their links lead to, and the titles of the events.
PLAN = (
    f"(anchors) => {{ const LEAP = {LEAP};"
    + STOPS
    + """
  for (const element of document.querySelectorAll("main *")) {
    // As it will be once it has been scrolled to.
    const { contentVisibility } = getComputedStyle(element);
    if (contentVisibility === "auto") element.style.contentVisibility = "visible";
  }
  const found = stops();
  const padding = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) || 0;
  const top = (element) => element.getBoundingClientRect().top + scrollY;
  const next = (target) => {
    let low = 0;
    let high = found.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const place = target.compareDocumentPosition(found[middle]);
      if (place === 0 || place & Node.DOCUMENT_POSITION_FOLLOWING) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  const led = (element) => {
    if (!element.hash || element.pathname !== location.pathname) return null;
    const target = document.getElementById(decodeURIComponent(element.hash.slice(1)));
    if (!target) return null;
    const margin = parseFloat(getComputedStyle(target).scrollMarginTop);
    const isRow = target.matches(".years");
    return { top: top(target) - margin - padding, next: next(target), row: isRow };
  };
  // The fewest digits that lead to a year, as the page's own script answers them.
  const row = document.querySelector(".years");
  const typed = (element) => {
    if (!row?.contains(element)) return null;
    const year = element.textContent.replace(/\\D/g, "");
    for (let count = 1; count <= year.length; count += 1) {
      for (const digits of new Set([year.slice(-count), year.slice(0, count)])) {
        document.activeElement.blur();
        row.focus({ preventScroll: true });
        for (const key of digits) {
          const press = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
          document.activeElement.dispatchEvent(press);
        }
        if (document.activeElement === element) return digits;
      }
    }
    return null;
  };
  const within = anchors.map((anchor) => {
    const element = document.getElementById(anchor);
    const title = element.querySelector(".event__title");
    return {
      anchor,
      top: top(title),
      bottom: top(title) + title.offsetHeight,
      stops: found.flatMap((stop, number) => (element.contains(stop) ? [number] : [])).slice(0, 1),
    };
  });
  return {
    stops: found.map((element) => {
      return { top: top(element), leads: led(element), typed: typed(element) };
    }),
    events: within,
    end: document.documentElement.scrollHeight - innerHeight,
    leap: LEAP * (innerHeight - padding),
  };
}
"""
)
IS_REACHED = """
(anchor) => {
  const event = document.getElementById(anchor);
  const box = event.querySelector(".event__title").getBoundingClientRect();
  return event.contains(document.activeElement) || (box.top >= 0 && box.bottom <= innerHeight);
}
"""
IN_ORDER = "() => {" + STOPS + "window.order = stops(); }"
IS_AT = "(number) => document.activeElement === window.order[number]"


def measure_keyboard(browser: Browser, subject: Subject, url: str) -> Iterator[Figure]:
    """The stops without a ring, and the presses to the event that is farthest away."""
    with browser.new_context(viewport=DESK, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto(url, wait_until="load")
        page.evaluate(IN_ORDER)
        count = page.evaluate("window.order.length")
        page.keyboard.press("Tab")
        unseen = list(page.evaluate(UNSEEN))
        page.goto("about:blank")
        page.goto(url, wait_until="load")
        unseen += _out_of_order(page, count)
        yield Figure(
            subject.id, "rings", len(unseen), f"{len(unseen)} of {count:,}", _first(unseen)
        )
        plan = page.evaluate(PLAN, [event.anchor for event in subject.events])
        ways = sorted(shortest_ways(plan).values(), key=lambda way: -len(way.keys))
        yield _presses(subject, page, url, ways)


def _first(lines: Sequence[str]) -> tuple[str, ...]:
    return tuple(lines[:10])


def _out_of_order(page: Page, count: int) -> list[str]:
    """The first stops really pressed to: the focus must come in the order of the page."""
    page.evaluate(IN_ORDER)
    wrong = []
    for number in range(min(count, PRESSED_STOPS)):
        page.keyboard.press("Tab")
        if not page.evaluate(IS_AT, number):
            wrong.append(f"stop {number + 1} is not the one that comes next on the page")
    return wrong


def _presses(subject: Subject, page: Page, url: str, ways: Sequence[Way]) -> Figure:
    """The longest way, once it has been shown that such ways lead there."""
    details = [f"{len(way.keys)} presses to {way.anchor}: {way}" for way in ways[:PRESSED_WAYS]]
    details += [
        f"pressed, and not reached: {way.anchor}: {way}" for way in _missed(page, url, ways)
    ]
    far = sum(len(way.keys) > 10 for way in ways)
    if far:
        details.append(f"{far} of {len(ways)} events are farther than 10 presses")
    return Figure(subject.id, "presses", len(ways[0].keys), details=tuple(details))


def _missed(page: Page, url: str, ways: Sequence[Way]) -> Iterator[Way]:
    for way in ways[:PRESSED_WAYS]:
        page.goto("about:blank")
        page.goto(url, wait_until="load")
        for key in way.keys:
            page.keyboard.press(key)
            page.wait_for_timeout(250 if key in ("PageDown", "PageUp", "End", "Enter") else 20)
        if not page.evaluate(IS_REACHED, way.anchor):
            yield way


# ---- the shortest ways


@dataclass(frozen=True)
class Way:
    """The keys that lead from the top of a page to an event."""

    anchor: str
    keys: tuple[str, ...]

    def __str__(self) -> str:
        """`Tab x2, Enter, PageDown x3`."""
        runs: list[tuple[str, int]] = []
        for key in self.keys:
            if runs and runs[-1][0] == key:
                runs[-1] = (key, runs[-1][1] + 1)
            else:
                runs.append((key, 1))
        return ", ".join(f"{key} x{count}" if count > 1 else key for key, count in runs)


@dataclass(frozen=True)
class _Place:
    """Where a reader is: at a stop, or in front of one after a jump; and how far down."""

    stop: int
    has_focus: bool
    top: float
    keys: tuple[str, ...]
    in_row: bool = False
    """Whether the row of years has the focus, so that digits lead to a year."""

    @property
    def key(self) -> tuple[int, float | None]:
        """Two places are one where the same stop has the focus, or a jump led to the same spot."""
        return (self.stop, None if self.has_focus else self.top)


def shortest_ways(plan: Mapping[str, Any]) -> dict[str, Way]:
    """The shortest way to each event of a plan, by its anchor.

    A plan holds `stops` in their order, each with its `top`, what it `leads` to (`top`, the `next`
    stop from there, and whether that is the `row` of years) and the digits that are `typed` in the
    row of years to come to it, `events` with `anchor`, `top`, `bottom` and `stops`, the `end`: how
    far the page can be scrolled, and the `leap` of PageDown. Scrolling comes last on a way.
    """
    events = sorted(plan["events"], key=lambda event: (event["top"], event["anchor"]))
    tops = [event["top"] for event in events]
    at_stop = {stop: event["anchor"] for event in events for stop in event["stops"]}
    found: dict[str, Way] = {}

    def reach(anchor: str, keys: tuple[str, ...]) -> None:
        if anchor not in found or len(keys) < len(found[anchor].keys):
            found[anchor] = Way(anchor, keys)

    for place in _places(plan):
        if place.has_focus and place.stop in at_stop:
            reach(at_stop[place.stop], place.keys)
        for top, keys in _scrolled(place, plan["end"], plan["leap"]):
            for number in range(bisect_left(tops, top), len(events)):
                if events[number]["bottom"] > top + WINDOW - MARGIN:
                    break
                reach(events[number]["anchor"], keys)
    return found


def _places(plan: Mapping[str, Any]) -> Iterator[_Place]:
    """Every place that Tab, Shift+Tab, Enter and digits lead to, the nearest first."""
    stops, end = plan["stops"], plan["end"]
    waiting: defaultdict[int, deque[_Place]] = defaultdict(
        deque, {0: deque([_Place(0, False, 0, ())])}
    )
    seen: set[tuple[int, float | None]] = set()
    for presses in itertools.count():
        if not waiting:
            return
        for place in waiting.pop(presses, deque()):
            if place.key in seen:
                continue
            seen.add(place.key)
            yield place
            for one in _moves(place, stops, end):
                waiting[len(one.keys)].append(one)


def _moves(place: _Place, stops: Sequence[Mapping[str, Any]], end: float) -> Iterator[_Place]:
    on = place.stop + 1 if place.has_focus else place.stop
    for stop, key in ((on, "Tab"), (place.stop - 1, "Shift+Tab")):
        if 0 <= stop < len(stops):
            yield _Place(
                stop, True, _in_view(stops[stop]["top"], place.top, end), (*place.keys, key)
            )
    leads: Mapping[str, Any] | None = stops[place.stop]["leads"] if place.has_focus else None
    if leads:
        top, in_row = min(leads["top"], end), bool(leads.get("row"))
        yield _Place(leads["next"], False, top, (*place.keys, "Enter"), in_row)
    if place.in_row:
        for number, year in enumerate(stops):
            if year.get("typed"):
                top = _in_view(year["top"], place.top, end)
                yield _Place(number, True, top, (*place.keys, *year["typed"]))


def _in_view(top: float, window: float, end: float) -> float:
    """Where the window is once something has the focus: moved only where it was out of sight."""
    if window <= top <= window + WINDOW - MARGIN:
        return window
    return max(0.0, min(end, top - WINDOW / 2))


def _scrolled(place: _Place, end: float, leap: float) -> Iterator[tuple[float, tuple[str, ...]]]:
    """The windows that keys which scroll lead to from a place."""
    for start, keys in ((place.top, place.keys), (end, (*place.keys, "End"))):
        yield start, keys
        for key, sign in (("PageDown", 1), ("PageUp", -1)):
            for count in range(1, MOST_LEAPS + 1):
                top = start + sign * count * leap
                if -leap < top < end + leap:
                    yield max(0.0, min(end, top)), (*keys, *[key] * count)
