"""Python-Markdown with its extensions, as a site asks for them: checked before anything is read.

The extensions come from Pelican's own setting `MARKDOWN`. What is wrong with one is told in the
words of the setting; none of them is asked for anything before it has been loaded once here.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final

from .problems import did_you_mean
from .settings import SettingsError

#: Pelican's, where a site says nothing. `meta` would take front matter, which is gone before.
DEFAULT: Final[Mapping[str, Any]] = {
    "extension_configs": {
        "markdown.extensions.codehilite": {"css_class": "highlight"},
        "markdown.extensions.extra": {},
    }
}
_KEYS: Final = ("extensions", "extension_configs", "output_format", "tab_length")
_PREFIX: Final = "markdown.extensions."


@dataclass(frozen=True)
class PythonMarkdown:
    """What Python-Markdown reads a text with; the same value, the same rendering."""

    extensions: tuple[tuple[str, str], ...]
    """Each by its name, with what it is configured with as Python writes it."""
    tab_length: int = 4
    program: str = ""
    """A digest of Python-Markdown and of the extensions that it does not bring itself."""

    def configured(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Each extension with its configuration, a new one every time."""
        for name, config in self.extensions:
            yield name, ast.literal_eval(config)


def read_extensions(value: object) -> PythonMarkdown:
    """What the setting `MARKDOWN` asks for, or Pelican's default for None.

    Raises SettingsError for what cannot be used, and where Python-Markdown is not installed.
    """
    values = DEFAULT if value is None else value
    if not isinstance(values, Mapping):
        raise SettingsError(f"MARKDOWN is {value!r}; a mapping is wanted: {', '.join(_KEYS)}")
    for key in values:
        if key not in _KEYS:
            raise SettingsError(
                f"MARKDOWN has no key {key!r}; known keys: {', '.join(_KEYS)}", text=str(key)
            )
    tab_length = values.get("tab_length", 4)
    if isinstance(tab_length, bool) or not isinstance(tab_length, int) or tab_length < 1:
        raise SettingsError(
            f"MARKDOWN: tab_length is {tab_length!r}; a whole number from 1 on is wanted"
        )
    extensions = tuple(_without_meta(_named(values)))
    return PythonMarkdown(extensions, tab_length, _try(extensions, tab_length))


def _named(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The extensions in their order; as in Pelican, those that are only configured come last."""
    names, configs = values.get("extensions") or [], values.get("extension_configs") or {}
    if not isinstance(names, list | tuple):
        raise SettingsError(f"MARKDOWN: extensions is {names!r}; a list of names is wanted")
    if not isinstance(configs, Mapping):
        raise SettingsError(
            f"MARKDOWN: extension_configs is {configs!r}; a mapping from names is wanted"
        )
    for name in dict.fromkeys((*map(_checked_name, names), *map(_checked_name, configs))):
        yield name, _checked_config(name, configs.get(name) or {})


def _checked_name(name: object) -> str:
    """The name of an extension that may be used."""
    if not isinstance(name, str) or not name:
        raise SettingsError(
            f"MARKDOWN: {name!r} is no name of an extension",
            hints=("name it as text, such as 'markdown.extensions.toc'",),
        )
    if name.removeprefix(_PREFIX) == "smarty":
        raise SettingsError(
            f"MARKDOWN: {name!r} cannot be used: evidence rests on the very characters of a text",
            text=name,
            hints=("type the quotation marks and dashes that are to be shown",),
        )
    return name


def _checked_config(name: str, config: object) -> str:
    """The configuration of an extension as text, of which the same can be made again."""
    if not isinstance(config, Mapping):
        raise SettingsError(f"MARKDOWN: {name!r} has {config!r}; a mapping is wanted", text=name)
    for key, value in config.items():
        if not _is_plain(value):
            raise SettingsError(
                f"MARKDOWN: {key!r} of {name!r} is a {type(value).__name__}; "
                "texts, numbers, lists and mappings of them are allowed",
                text=str(key),
            )
    config = dict(config)
    if name.removeprefix(_PREFIX) == "codehilite":
        config["use_pygments"] = False  # colours are classes, and no style sheet has them
    return repr(config)


def _is_plain(value: object) -> bool:
    try:
        return bool(ast.literal_eval(repr(value)) == value)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return False


def _without_meta(extensions: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Without the one that Pelican always adds: ours is front matter in YAML."""
    return ((name, config) for name, config in extensions if name.removeprefix(_PREFIX) != "meta")


# ---- loading them once


def _try(extensions: tuple[tuple[str, str], ...], tab_length: int) -> str:
    """Load every extension and render a word with all of them; the digest of their program."""
    try:
        import markdown
    except ImportError:
        raise SettingsError(
            "markdown is 'python-markdown', and Python-Markdown is not installed",
            text="python-markdown",
            hints=(
                "install it: .venv/bin/python -m pip install 'Markdown>=3.8'",
                "or leave 'markdown' out of EXPLAINER: 'commonmark' needs nothing",
            ),
        ) from None
    reader = markdown.Markdown(tab_length=tab_length)
    digest = blake2b(markdown.__version__.encode(), digest_size=16)
    for name, config in extensions:
        one = _loaded(reader, name, ast.literal_eval(config))
        for path in _sources(type(one).__module__):
            digest.update(path.read_bytes())
    _attempt(lambda: reader.convert("a"), ", ".join(name for name, _ in extensions))
    return digest.hexdigest()


def _loaded(reader: Any, name: str, config: dict[str, Any]) -> Any:
    try:
        one = reader.build_extension(name, config)
    except ModuleNotFoundError as error:
        module = name.partition(":")[0]
        if error.name is None or not f"{module}.".startswith(f"{error.name}."):
            raise _unusable(name, error) from None
        raise _unknown(name) from None
    except KeyError as error:
        if error.args and error.args[0] in config:
            raise _unknown_option(reader, name, str(error.args[0])) from None
        raise _unusable(name, error) from None
    except Exception as error:
        raise _unusable(name, error) from None
    _attempt(lambda: reader.registerExtensions([one], {}), name)
    return one


def _attempt(work: Any, names: str) -> None:
    try:
        work()
    except Exception as error:
        raise _unusable(names, error) from None


def _unusable(name: str, error: Exception) -> SettingsError:
    why = " ".join(f"{type(error).__name__}: {error}".split())
    return SettingsError(f"MARKDOWN: {name!r} cannot be loaded: {why}", text=name)


def _unknown(name: str) -> SettingsError:
    from markdown.util import get_installed_extensions

    installed = sorted({point.name for point in get_installed_extensions()} - {"meta", "smarty"})
    short = name.removeprefix(_PREFIX)
    near = did_you_mean(short, installed)
    wanted = f"{_PREFIX if short != name else ''}{near}"
    return SettingsError(
        f"MARKDOWN: there is no extension {name!r}",
        text=name,
        hints=(
            *((f"did you mean {wanted!r}?",) if near else ()),
            f"installed are {', '.join(installed)}; any other is named by its module",
        ),
    )


def _unknown_option(reader: Any, name: str, option: str) -> SettingsError:
    options = sorted(reader.build_extension(name, {}).config)
    near = did_you_mean(option, options)
    return SettingsError(
        f"MARKDOWN: {name!r} has no option {option!r}; known options: {', '.join(options)}",
        text=option,
        hints=(f"did you mean {near!r}?",) if near else (),
    )


def _sources(module: str) -> list[Path]:
    """The files of Python that an extension is made of, if it is not Python-Markdown's own."""
    found = sys.modules.get(module)
    if module.startswith("markdown.") or found is None or not found.__file__:
        return []
    file = Path(found.__file__)
    return sorted(file.parent.glob("*.py")) if found.__package__ else [file]
