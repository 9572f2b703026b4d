"""Finds a Chromium for the browser tests, or gets one where that is allowed."""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tools.system_packages import install_packages, may_install

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "chrome",
)
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# The sandbox needs rights that containers and root do not give; the only pages are our own. The
# rest keeps the browser from looking for anything on the network.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

HOW_TO_GET_ONE = (
    "No Chromium for the browser tests: install one (Debian: sudo apt install chromium; anywhere: "
    ".venv/bin/python -m playwright install chromium) or name one with CHROMIUM=/path/to/it."
)


def find_chromium() -> str | None:
    """The path of a Chromium or Chrome that runs; nothing is installed.

    The one named by the variable CHROMIUM and no other if there is one; else one of the system;
    else the one that Playwright has downloaded.
    """
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else [*_installed(), *_downloaded()]
    return next((path for path in candidates if _runs(path)), None)


def provide_chromium() -> str | None:
    """The path of a Chromium that runs, installed now if there is none and that needs no password.

    First from the packages of the system, then Playwright's own; None where neither can be had.
    """
    found = find_chromium()
    if found or os.environ.get("CHROMIUM"):
        return found
    if not _is_ubuntu():
        install_packages(["chromium", "fonts-liberation"])
        found = find_chromium()
    return found or _download()


def _installed() -> list[str]:
    """What the system has. A snap's browser cannot read the files of the tests."""
    found = [shutil.which(name) for name in NAMES]
    paths = [path for path in found if path and not os.path.realpath(path).endswith("/snap")]
    return paths + [path for path in MAC_APPLICATIONS if Path(path).exists()]


def _downloaded() -> list[str]:
    """What Playwright has downloaded, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return [path] if Path(path).exists() else []


def _download() -> str | None:
    """Have Playwright download its Chromium, and where it may the system's libraries for it."""
    options = ["--with-deps"] if may_install() else []
    print("Downloading a Chromium for the browser tests", flush=True)
    subprocess.run([sys.executable, "-m", "playwright", "install", *options, "chromium"])
    return find_chromium()


def _runs(path: str) -> bool:
    """Whether a browser starts: a placeholder package does not, nor one that lacks libraries."""
    try:
        result = subprocess.run([path, "--version"], capture_output=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


def _is_ubuntu() -> bool:
    """Whether the package `chromium` is only a pointer to a snap here."""
    try:
        return platform.freedesktop_os_release().get("ID") == "ubuntu"
    except OSError:
        return False
