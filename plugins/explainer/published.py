"""What a site has published, so that no link to it rots: a list of addresses, and what is gone.

A build writes the list as LIST into its output. `make publish` reads the one of the site that is
online, kept beside the settings (committed, or fetched before the build), and `gone_addresses` says
which of its addresses lead nowhere any more.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from .problems import Location, Problem, suggestion

LIST = "published.json"
FORMAT = 1

#: Folders whose pages and records have addresses that an editor chose to last.
_LASTING = ("stories", "articles", "actors", "places", "terms", "issues")
#: Indexes that stand where there is something to list.
_LISTS = ("tags", "authors", "archives")
#: Ids of elements that are links to records, by the kind in front: each on its own kind of page.
_RECORD = re.compile(r' id="((?:event|quote|position|claim|question)-[a-z0-9-]+)"')
_ENTRY = re.compile(r' id="((?:place|term|issue)-[a-z0-9-]+)"')


def lasting_addresses(pages: Mapping[str, str]) -> frozenset[str]:
    """The addresses that must go on working, below the site's: pages, and records on them.

    `pages` are the texts of all pages by their path. Lists of tags and authors, and the parts of
    long pages, come and go with the content.
    """
    found: set[str] = set()
    for path, text in pages.items():
        address = path.removesuffix("index.html")
        parts = PurePosixPath(path).parts
        is_static = len(parts) == 2 and parts[0] not in _LISTS
        if "page" in parts or not (is_static or _is_lasting(parts)):
            continue
        found.add(address)
        anchors = _ENTRY if parts[0] in ("places", "terms", "issues") else _RECORD
        found.update(f"{address}#{anchor}" for anchor in anchors.findall(text))
    return frozenset(found)


def _is_lasting(parts: tuple[str, ...]) -> bool:
    """Whether a path is `stories/<id>/index.html`, or a translation's below its language."""
    depth = 4 if len(parts) > 1 and parts[1] == "articles" else 3
    return len(parts) == depth and parts[depth - 3] in _LASTING


def published_list(addresses: Iterable[str]) -> str:
    """The list as text, an address a line."""
    return json.dumps({"format": FORMAT, "addresses": sorted(addresses)}, indent=0) + "\n"


def gone_addresses(
    before: str, file: str, now: Collection[str], redirects: Collection[str]
) -> Iterator[Problem]:
    """A problem for each address of the list `before` that is not in `now`.

    What stands in `redirects` has been answered for. A list that cannot be read is a problem too.
    """
    addresses = _read(before)
    if addresses is None:
        hint = "fetch it anew from the site, or delete it: then nothing is compared"
        message = f"this is no list of addresses as a build writes it ({LIST})"
        yield Problem("address-gone", Location(file), message, (hint,))
        return
    places = {one.partition("#")[2]: one for one in sorted(now) if "#" in one}
    lines = {line.strip().strip('",'): number for number, line in enumerate(before.split("\n"), 1)}
    for address in addresses:
        name = _name(address)
        if address in now or name in redirects or _page_is_redirected(address, redirects):
            continue
        place = Location(file, lines.get(address, 1), 2, len(address))
        page, _, anchor = address.partition("#")
        if anchor in places and page in now:
            message = f"/{address} was published, and is now /{places[anchor]}"
            hints = _hints_for_move(page, name, places[anchor])
        else:
            message = f"/{address} was published, and is gone"
            hints = _hints(address, name, now)
        yield Problem("address-gone", place, message, hints)


def _read(text: str) -> list[str] | None:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    addresses = found.get("addresses") if isinstance(found, dict) else None
    if not isinstance(addresses, list) or found.get("format") != FORMAT:
        return None
    return [address for address in addresses if isinstance(address, str)]


def _name(address: str) -> str:
    """The id that an address is made of: of a record, else of the page."""
    page, _, anchor = address.partition("#")
    return anchor.partition("-")[2] or PurePosixPath(page).name


def _page_is_redirected(address: str, redirects: Collection[str]) -> bool:
    """Whether a record went with its page, whose going has been answered for."""
    page, _, anchor = address.partition("#")
    return bool(anchor) and PurePosixPath(page).name in redirects


def _hints_for_move(page: str, name: str, new: str) -> tuple[str, ...]:
    """What can be done about a record that stands on another page now, under the same id."""
    owner = PurePosixPath(new.partition("#")[0]).name
    return (
        f"links to it would end at the top of /{page}: move it back if that was not meant",
        f"if it was, say so in redirects.yaml: '{name}: {owner}'",
    )


def _hints(address: str, name: str, now: Collection[str]) -> tuple[str, ...]:
    """What can be done, with the nearest id of the same kind in the same place."""
    beginning = address.rstrip("/").removesuffix(name)
    others = {_name(one) for one in now if one.rstrip("/").removesuffix(_name(one)) == beginning}
    return (
        f"if it has another id now, write 'was: [{name}]' where that is",
        f"if it was deleted or merged, name in redirects.yaml what took its place: '{name}: …'",
        *suggestion(name, others),
    )
