"""The hostile site in a real browser, its policy taken away: no script of content's runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ProxySettings, Request

from tests.chromium import find_chromium
from tests.unit.small_site import small_pages, small_site

from .site import Strings, hostile_files
from .strings import own_attacks

LEAST_PAGES = 30
#: Where in the list of attacks each site begins: which string stands where is another each time.
STARTS = (0, 90)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(find_chromium() is None, reason="there is no Chromium"),
]

#: Before anything of the page: what a script would do is noted. `eval` is the test's own tool.
HOOKS = """
window.caught = [];
for (const name of ["alert", "confirm", "prompt", "open", "print", "fetch"])
  window[name] = (...given) => { window.caught.push(`${name}(${given})`); };
document.write = (text) => { window.caught.push(`write(${text})`); };
document.addEventListener("securitypolicyviolation", (event) => {
  window.caught.push(`policy: ${event.violatedDirective} ${event.blockedURI}`);
});
"""

#: What of a page could run, in the tree that the browser made; and a try of every handler.
LOOK = """() => {
  const found = [...window.caught], before = window.caught.length;
  const events = ["load", "error", "click", "mouseover", "pointerenter", "focus", "toggle",
                  "begin", "animationstart", "submit"];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes)
      if (name.startsWith("on") || name === "style" || name === "srcdoc" || name === "formaction")
        found.push(`<${element.localName} ${name}="${value}">`);
    if (element.localName === "script" && element.type !== "application/ld+json"
        && !/^\\/news\\/theme\\/explainer\\.\\w+\\.js$/.test(element.getAttribute("src") ?? ""))
      found.push(element.outerHTML);
    if (["iframe", "object", "embed", "base", "form", "style", "frame"].includes(element.localName)
        && !element.matches("form.filter[data-filter]"))
      found.push(element.outerHTML.slice(0, 80));
    for (const name of ["href", "src", "data", "action", "cite"]) {
      const address = element[name]?.baseVal ?? element[name];
      const known = /^(#|https?:|mailto:|data:image\\/|$)/;
      if (typeof address === "string" && !known.test(address))
        found.push(`<${element.localName} ${name}="${address}">`);
    }
  }
  const leaving = (event) => { if (event.target.closest?.("a")) event.preventDefault(); };
  document.addEventListener("click", leaving, true);
  for (const element of document.querySelectorAll("*"))
    for (const name of events)
      element.dispatchEvent(new Event(name, { bubbles: false, cancelable: true }));
  return [...found, ...window.caught.slice(before)];
}"""

PROOF = (
    '<p id=x><img src=/x onerror="alert(1)"><a href="javascript:x">a</a><script>alert(2)</script>'
)


def written(folder: Path, start: int) -> list[str]:
    """Write a hostile site without its content security policy; the addresses of its pages."""
    strings = Strings(own_attacks(), start)
    site = small_site(hostile_files(strings), images=frozenset({"a.png"}), base={})
    pages = []
    for path, text in small_pages(site).files:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if path.endswith(".html"):
            text, count = re.subn(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
            assert count == 1, path
            pages.append(path.removesuffix("index.html"))
        file.write_text(text, encoding="utf-8", newline="\n")
    return pages


#: No host but ours can be reached: a proxy that is not there stands before all others. Requests
#: that are intercepted would not be kept by the browser, and each page has the same style sheet.
NO_PROXY_THERE: ProxySettings = {"server": "http://127.0.0.1:9", "bypass": "127.0.0.1"}


def looked_at(browser: Browser, url: str, pages: list[str]) -> dict[str, list[str]]:
    """What each page has that could run, and what outside of the site it ran."""
    found: dict[str, list[str]] = {}
    with browser.new_context(proxy=NO_PROXY_THERE) as context:
        tab = context.new_page()
        tab.add_init_script(HOOKS)
        asked: list[str] = []

        def note(request: Request) -> None:
            if not request.url.startswith(url) and request.resource_type != "image":
                asked.append(f"{request.resource_type} {request.url}")

        tab.on("request", note)
        for page in pages:
            asked.clear()
            tab.goto(url + page, wait_until="load")
            found[page] = [*tab.evaluate(LOOK), *asked]
    return {page: what for page, what in found.items() if what}


@pytest.mark.parametrize("start", STARTS)
def test_no_string_runs_in_a_browser(
    browser: Browser,
    serve_folder: Callable[[Path, str], str],
    tmp_path: Path,
    start: int,
) -> None:
    pages = written(tmp_path, start)
    assert looked_at(browser, serve_folder(tmp_path, "/news/"), pages) == {}
    assert len(pages) >= LEAST_PAGES


def test_browser_sees_what_runs(
    browser: Browser, serve_folder: Callable[[Path, str], str], tmp_path: Path
) -> None:
    (tmp_path / "index.html").write_text(PROOF, encoding="utf-8")
    (found,) = looked_at(browser, serve_folder(tmp_path, "/news/"), [""]).values()
    assert {"alert(1)", "alert(2)", '<a href="javascript:x">'} <= set(found)
