"""What an editor mends with a command, and the report of what is not covered.

`reanchor` asks, and writes what was accepted; `rename` writes all or nothing.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from .building import read_content, site_settings_of
from .coverage import as_html, as_text, find_gaps
from .edits import Edit, EditError, apply_edits, read_raw, write_files
from .reanchoring import Proposal, edits_of, find_proposals, likeness, side_by_side
from .renaming import Renaming, RenamingError, plan_renaming
from .site import ReadSite

Ask = Callable[[str], str]

__all__ = ["MendingError", "reanchor_site", "rename_id", "report_gaps"]


class MendingError(Exception):
    """The command cannot do what it is asked; the text is for the person at the terminal."""


def reanchor_site(
    settings: Path, *, accept: str, ask: Ask | None, say: Callable[[str], None] = print
) -> bool:
    """Offer a new passage for each that is lost, and write those that are accepted.

    `accept` is `all`, the id of a record, or empty: then `ask` decides, if there is one. Whether
    no passage is lost any more. Raises MendingError where nothing can be written, and ContentError
    for bad settings.
    """
    folder, site = read_content(settings)
    proposals = find_proposals(site)
    if not proposals:
        say("Every passage stands in its article.")
        return True
    known = sorted({p.record for p in proposals})
    if accept not in ("", "all", *known):
        raise MendingError(f"no passage of '{accept}' is lost; those of: {', '.join(known)}")
    accepted: list[Proposal] = []
    for proposal in proposals:
        say(_shown(proposal))
        if proposal.new is None:
            continue
        if accept:
            answer = "y" if accept in ("all", proposal.record) else "n"
        else:
            answer = _answer(ask) if ask else "n"
        if answer == "q":
            break
        if answer == "y":
            accepted.append(proposal)
    changes: dict[str, list[Edit]] = {}
    try:
        for proposal in accepted:
            changes.setdefault(proposal.place.file, []).extend(edits_of(site, proposal))
        write_changes(folder, changes)
    except EditError as error:
        raise MendingError(str(error)) from None
    left = len(proposals) - len(accepted)
    say(f"{_passages(len(accepted))} rewritten, {left} left.")
    if left and not (accepted or ask or accept):
        say("To accept: ACCEPT=all, or ACCEPT= and the id of a record.")
    return not left


def rename_id(
    settings: Path,
    old: str,
    new: str,
    *,
    kind: str = "",
    is_dry: bool = False,
    say: Callable[[str], None] = print,
) -> None:
    """Change an id everywhere it stands, or only say what would change.

    Raises MendingError, with nothing written, where it cannot be changed, and ContentError for bad
    settings.
    """
    folder, site = read_content(settings)
    try:
        renaming = plan_renaming(
            site, site_settings_of(settings), old, new, kind=kind, name=folder.name
        )
        for line in _changed_lines(renaming):
            say(line)
        if not is_dry:
            write_renaming(folder, renaming)
    except (EditError, RenamingError) as error:
        raise MendingError(str(error)) from None
    count = sum(map(len, renaming.edits.values()))
    places = "1 place" if count == 1 else f"{count} places"
    done = "would change" if is_dry else "changed"
    say(f"'{old}' is '{new}': {places} in {len(renaming.edits)} of the files {done}.")


def write_renaming(folder: Path, renaming: Renaming) -> None:
    """Write what changes, all or none; raises EditError where a file is not as it was read."""
    texts = {}
    for name in renaming.changes.keys() | renaming.moves.keys():
        path = folder.parent / name
        raw = read_raw(path)
        texts[path] = (raw, apply_edits(raw, renaming.edits.get(name, ())))
    moves = {folder.parent / old: folder.parent / new for old, new in renaming.moves.items()}
    write_files(texts, moves)


def _changed_lines(renaming: Renaming) -> Iterable[str]:
    """The lines that go and come, by file, as a patch shows them; then the files that move."""
    for name, (before, after) in sorted(renaming.changes.items()):
        lines = difflib.unified_diff(
            before.split("\n"), after.split("\n"), name, name, lineterm="", n=0
        )
        yield "\n".join(lines)
    for old, new in sorted(renaming.moves.items()):
        yield f"{old} becomes {new}"


def report_gaps(settings: Path, *, days: int, css_href: str | None = None) -> str:
    """What the annotations do not cover, as text, or with a style sheet's address as a page.

    Raises ContentError for bad settings.
    """
    _, site = read_content(settings)
    return gaps_of(site, days=days, css_href=css_href)


def gaps_of(site: ReadSite, *, days: int, css_href: str | None = None) -> str:
    """The same of a site that has been read: pure."""
    lists = find_gaps(site, days=days)
    head = f"What is not covered as of {site.graph.today.edtf}"
    errors = len(site.report.errors)
    if errors:
        some = "1 error" if errors == 1 else f"{errors} errors"
        head += f" ({some} in the content: see make check)"
    return as_text(lists, head) if css_href is None else as_html(lists, head, css_href=css_href)


def write_changes(folder: Path, changes: Mapping[str, Iterable[Edit]]) -> None:
    """Make the changes to files, named as in messages: all or none; raises EditError."""
    texts = {}
    for name, edits in changes.items():
        path = folder.parent / name
        raw = read_raw(path)
        texts[path] = (raw, apply_edits(raw, edits))
    write_files(texts)


def _answer(ask: Ask) -> str:
    while True:
        try:
            answer = ask("Write it so? y/n/q ").strip().lower()[:1]
        except EOFError:
            return "q"
        if answer in ("y", "n", "q"):
            return answer


def _shown(proposal: Proposal) -> str:
    place = proposal.place
    head = f"{place.file}:{place.line}:{place.column}: {proposal.what}"
    if proposal.new is None:
        return f"{head}: nothing in the article is near: {proposal.old}\n"
    like = round(100 * likeness(proposal.old, proposal.new))
    return f"{head}: {like} % alike\n{side_by_side(proposal.old, proposal.new)}\n"


def _passages(count: int) -> str:
    return "1 passage" if count == 1 else f"{count} passages"
