"""What editors' programs read beside the site: JSON Schemas in `.vscode/schemas/`.

They hold the ids of the site and are brought up to date by every command that reads the content.
So they are no part of the repository: each new actor would change them, and two pull requests that
add one would meet in a file that nobody wrote.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

# `export/json_schema.py` takes time to import: only a site with a `.vscode` folder waits for it.
if TYPE_CHECKING:
    from .export.json_schema import SiteIds
    from .site import ReadSite

FOLDER = Path(".vscode") / "schemas"
_STAMP = ".made-from"


def write_schemas(root: Path, site: ReadSite) -> list[Path]:
    """Write the schemas of a site below its root, and give their files."""
    from .export.json_schema import build_schemas, site_ids
    from .keys import load_keys

    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    ids = site_ids(site.content, site.graph)
    stamp = folder / _STAMP
    stamp.unlink(missing_ok=True)  # not to be believed until all is written
    files = []
    for name, text in build_schemas(ids, load_keys()).items():
        files.append(folder / name)
        files[-1].write_text(text, encoding="utf-8", newline="\n")
    stamp.write_text(_origin(ids), encoding="utf-8")
    return files


def refresh_schemas(root: Path, site: ReadSite) -> None:
    """The same as a part of a check or build, where the site has a `.vscode` folder.

    Costs next to nothing where no id has changed. A disk that cannot be written is no reason to
    fail: the schemas only help.
    """
    if not (root / FOLDER.parent).is_dir():
        return
    from .export.json_schema import FILE_KINDS, site_ids

    stamp = root / FOLDER / _STAMP
    with contextlib.suppress(OSError):
        said = stamp.read_text(encoding="utf-8") if stamp.is_file() else ""
        files = [stamp.with_name(f"{kind.name}.json") for kind in FILE_KINDS]
        is_whole = all(file.is_file() for file in files)
        if not is_whole or said != _origin(site_ids(site.content, site.graph)):
            write_schemas(root, site)


def _origin(ids: SiteIds) -> str:
    """A name for all that the schemas are made from: the ids, and the code that says the rest."""
    here = Path(__file__).parent
    sources = ("model.py", "keys.yaml", "keys.py", "editor.py", "export/json_schema.py")
    code = b"".join((here / name).read_bytes() for name in sources)
    known = repr([(kind, ids.of(kind)) for kind in sorted(ids.by_kind)])
    return hashlib.sha256(code + known.encode()).hexdigest()
