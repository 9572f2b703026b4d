"""Makes a built site one that opens from a folder: `python -m tools.open_without_server [FOLDER]`.

Links that begin at the site's root become relative and name their file, so that a browser shows the
site by a double click on index.html. For the preview of a pull request; never for what goes online.
The site has to be built without SITEURL.
"""

import re
import sys
from pathlib import Path, PurePosixPath

_LINK = re.compile(r'((?:href|src)="|http-equiv="refresh" content="0; url=)/(?!/)([^"#?]*)')


def relative_links(text: str, page: PurePosixPath) -> str:
    """A page's text with links relative to `page`, its own path below the root."""
    up = "../" * (len(page.parts) - 1)

    def link(found: re.Match[str]) -> str:
        path = found[2]
        is_folder = path == "" or path.endswith("/")
        return f"{found[1]}{up}{path}{'index.html' if is_folder else ''}"

    return _LINK.sub(link, text)


def main(folder: Path) -> None:
    """Rewrite the pages of a folder."""
    for file in sorted(folder.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        page = PurePosixPath(file.relative_to(folder).as_posix())
        # Unlinked first: a file that has not changed can be the one of the build before.
        file.unlink()
        file.write_text(relative_links(text, page), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "output"))
