"""Where links of Markdown lead: `{filename}other.md`, `{static}images/map.png`, `#record-id`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from .urls import Urls


@dataclass(frozen=True)
class Targets:
    """What a link may lead to: ids by kind. `images` is None where nobody knows the pictures."""

    urls: Urls
    articles: Collection[str] = ()
    translations: Collection[tuple[str, str]] = ()
    pages: Collection[str] = ()
    stories: Collection[str] = ()
    actors: Collection[str] = ()
    images: Collection[str] | None = None
    records: Mapping[str, str] = field(default_factory=dict)
    """The address of each record by its id."""

    def href(self, target: str) -> str | None:
        """The address for a link as it was written, or None where it leads to nothing.

        Of a path only the last folder and the name count: `{filename}../stories/fire.yaml`,
        `{filename}/stories/fire.yaml` and, where no folder is named, `{filename}fire.yaml`.
        """
        if target.startswith("#"):
            return self.records.get(target[1:])
        braced, _, written = target.partition("}")
        path, hash_sign, anchor = written.partition("#")
        if braced == "{static" or "images" in PurePosixPath(path).parts[:-1]:
            return self._image(path)
        page = self._page(PurePosixPath(path))
        return page + hash_sign + anchor if page is not None else None

    def _image(self, path: str) -> str | None:
        file = path.rpartition("images/")[2].lstrip("./")
        return self.urls.image(file) if self.images is None or file in self.images else None

    def _page(self, path: PurePosixPath) -> str | None:
        folder, (stem, _, lang) = path.parent.name, path.stem.partition(".")
        if path.suffix == ".md":
            if folder in ("articles", "") and lang and (stem, lang) in self.translations:
                return self.urls.article(stem, lang)
            if folder in ("articles", "") and not lang and stem in self.articles:
                return self.urls.article(stem)
            return (
                self.urls.href(f"{stem}/") if folder != "articles" and stem in self.pages else None
            )
        if path.suffix == ".csv" and folder in ("stories", "") and stem in self.stories:
            return self.urls.story(stem)
        if path.suffix == ".yaml":
            if folder in ("stories", "") and stem in self.stories:
                return self.urls.story(stem)
            if folder in ("actors", "") and stem in self.actors:
                return self.urls.actor(stem)
        return None
