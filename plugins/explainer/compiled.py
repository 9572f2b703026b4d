"""The compiled code of templates, kept from build to build beside Python's own of the plugin.

Code that is read is run. So it lies where Python keeps what it has compiled of this plugin, and
where nobody writes who could not change the plugin as well: never in a site's folder, whose content
others may have brought.
"""

from __future__ import annotations

import contextlib
import hashlib
import sys
from collections.abc import Iterable
from importlib import metadata
from importlib.util import cache_from_source
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

_SUFFIX = ".jinja"
#: What decides how a template is compiled, beside the template.
_SOURCES = ("compiling.py", "rendering.py")
_PACKAGES = ("jinja2", "markupsafe")


class CompiledTemplates(BytecodeCache):
    """Compiled templates in a folder; where it cannot be read or written, there are none.

    Jinja compiles a template again whose text is another, or whose Python is; here what was
    compiled by another version of Jinja or of this plugin is another's, and goes.
    """

    def __init__(self, folder: Path, version: str) -> None:
        self.folder = folder
        self._version = version

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template's code, if it is there and whole."""
        try:
            with self._file(bucket).open("rb") as file:
                bucket.load_bytecode(file)
        except OSError:
            return
        except Exception:  # pickle and marshal raise what they like at what they did not write
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code; another build that reads it meanwhile gets all or nothing."""
        file = self._file(bucket)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            spare = file.with_suffix(f".{id(bucket)}")
            with spare.open("wb") as written:
                bucket.write_bytecode(written)
            spare.replace(file)

    def clear(self) -> None:
        """Remove all that was kept, of any version."""
        self._remove(self.folder.glob(f"*{_SUFFIX}"))

    def remove_others(self) -> None:
        """Remove what another version has kept."""
        own = f"{self._version}-"
        found = self.folder.glob(f"*{_SUFFIX}")
        self._remove(file for file in found if not file.name.startswith(own))

    def _remove(self, files: Iterable[Path]) -> None:
        for file in files:
            with contextlib.suppress(OSError):
                file.unlink()

    def _file(self, bucket: Bucket) -> Path:
        return self.folder / f"{self._version}-{bucket.key}{_SUFFIX}"


def compiled_templates() -> CompiledTemplates | None:
    """Where the code of templates is kept; None where Python is told to keep none."""
    if sys.dont_write_bytecode:
        return None
    here = Path(__file__)
    kept = CompiledTemplates(Path(cache_from_source(str(here))).parent, _version(here.parent))
    kept.remove_others()
    return kept


def _version(plugin: Path) -> str:
    """Changes with everything that decides what a template is compiled to."""
    digest = hashlib.sha256(sys.version.encode())
    for package in _PACKAGES:
        digest.update(f"{package} {metadata.version(package)}\n".encode())
    for name in _SOURCES:
        digest.update((plugin / name).read_bytes())
    return digest.hexdigest()[:16]
