"""Every address of the site, from ids that editors wrote and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from .graph import Entry, Evidence, Withheld


@dataclass(frozen=True)
class Urls:
    """Addresses below one base: `base_path` for links, `site_url` for absolute ones.

    `homes` maps an entry's id to the page on which its element stands.
    """

    base_path: str = ""
    site_url: str = ""
    homes: Mapping[str, str] = field(default_factory=dict)
    origin: str = ""

    def href(self, path: str) -> str:
        """A link to a path below the site's root (`actors/rutte/`); sub-path included."""
        return f"{self.base_path}/{path}"

    def absolute(self, href: str) -> str:
        """The absolute form of a link made by `href`; empty where the site's URL is not known."""
        if not self.site_url:
            return ""
        return self.site_url + href.removeprefix(self.base_path)

    def article(self, slug: str, lang: str = "") -> str:
        """An article's page."""
        return self.href(f"{lang}/articles/{slug}/" if lang else f"articles/{slug}/")

    def story(self, story_id: str) -> str:
        """A story's page, the explainer."""
        return self.href(f"stories/{story_id}/")

    def actor(self, actor_id: str) -> str:
        """An actor's profile."""
        return self.href(f"actors/{actor_id}/")

    def tag(self, slug: str) -> str:
        """The list of a tag."""
        return self.href(f"tags/{slug}/")

    def author(self, slug: str) -> str:
        """The list of an author."""
        return self.href(f"authors/{slug}/")

    def place(self, place_id: str) -> str:
        """A place in the index of places."""
        return self.href(f"places/#place-{place_id}")

    def term(self, term_id: str) -> str:
        """A term in the glossary."""
        return self.href(f"terms/#term-{term_id}")

    def issue(self, issue_id: str) -> str:
        """An issue in the index of issues."""
        return self.href(f"issues/#issue-{issue_id}")

    def record(self, entry: Entry[Any]) -> str:
        """A record's lasting link: its home page and its anchor."""
        return f"{self.home(entry)}#{entry.anchor}"

    def withheld(self, record: Withheld) -> str:
        """The place of a record that is left out for now."""
        page = self.story(record.story) if record.story else self.article(record.article or "")
        return f"{page}#{record.anchor}"

    def home(self, entry: Entry[Any]) -> str:
        """The page on which a record's element stands."""
        if entry.stories:
            return self.story(entry.stories[0])
        return self.article(entry.article) if entry.article else self.href("timeline/")

    def evidence(self, evidence: Evidence) -> str:
        """A passage in its article."""
        return f"{self.article(evidence.article)}#{evidence.anchor}"

    def image(self, file: str) -> str:
        """A picture of content/images/."""
        return self.href("images/" + quote(file))


def file_of(href: str, base_path: str = "") -> str:
    """The file below the output folder that answers to a link."""
    path = href.removeprefix(base_path).lstrip("/").partition("#")[0]
    return path + "index.html" if path == "" or path.endswith("/") else path
