"""The columns of a sheet: TimelineJS's, ours, and what their headings may be slips of."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Final

#: TimelineJS's columns, by its documentation; `Tag` is the older name of `Group`.
TIMELINE_COLUMNS: Final = (
    *("Year", "Month", "Day", "Time", "End Year", "End Month", "End Day", "End Time"),
    *("Display Date", "Headline", "Text", "Media", "Media Credit", "Media Caption"),
    *("Media Thumbnail", "Alt Text", "Type", "Group", "Background"),
)
#: Ours.
OUR_COLUMNS: Final = (
    *("Id", "Date", "Actors", "Place", "Weight", "Status", "Evidence", "Article", "Source", "Link"),
)
#: Further keys of an event that may have a column; with how their cells are read.
KEY_COLUMNS: Final[Mapping[str, tuple[str, str]]] = {
    "Date Note": ("date_note", "text"),
    "Actors Note": ("actors_note", "text"),
    "According To": ("according_to", "actors"),
    "After": ("after", "list"),
    "Before": ("before", "list"),
    "Rests On": ("rests_on", "list"),
    "Tags": ("tags", "list"),
    "Note": ("note", "text"),
    "Todo": ("todo", "text"),
    "Was": ("was", "list"),
    "Allow": ("allow", "list"),
    "Added": ("added", "text"),
    "Updated": ("updated", "text"),
}
COLUMNS: Final = (*TIMELINE_COLUMNS, *OUR_COLUMNS, *KEY_COLUMNS)
#: All that a date is made of.
DATE_COLUMNS: Final = (*COLUMNS[:8], "Date")
#: Read from what is not an event; all else in such a row is reported as not read.
ERA_COLUMNS: Final = frozenset({*DATE_COLUMNS, "Type", "Headline"})
TITLE_COLUMNS: Final = frozenset(
    {"Type", "Headline", "Text", "Source", "Media", "Media Credit", "Media Caption", "Alt Text"}
)
#: Headings that mean one of ours and are not like it.
SYNONYMS: Final = {
    "title": "Headline",
    "description": "Text",
    "tag": "Group",
    "location": "Place",
    "start date": "Date",
    "end date": "Date",
    "actor": "Actors",
    "who": "Actors",
    "caption": "Media Caption",
    "credit": "Media Credit",
    "alt": "Alt Text",
    "url": "Link",
    "image": "Media",
    "photo": "Media",
    "picture": "Media",
    "video": "Media",
}


def folded(text: str) -> str:
    """A heading or a name as it is compared: small letters, single blanks, no underscores."""
    return " ".join(text.replace("_", " ").split()).casefold()


def meant_column(text: str) -> str | None:
    """The column that a heading is a slip of; None for a column of an editor's own."""
    known = {folded(name): name for name in COLUMNS}
    near = difflib.get_close_matches(folded(text), list(known), n=1, cutoff=0.75)
    return SYNONYMS.get(folded(text)) or (known[near[0]] if near else None)
