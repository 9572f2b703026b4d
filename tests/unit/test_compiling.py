"""Templates compiled to leaner code give what Jinja's own code gives, only sooner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, StrictUndefined, UndefinedError
from markupsafe import Markup

from explainer.compiling import PageEnvironment, drop_line_ends
from explainer.language import load_language
from explainer.rendering import make_environment, render_page
from tests import samples

SHELLS = Path(__file__).resolve().parents[2] / "theme" / "templates"
PAGES = samples.all_pages()


@dataclass(frozen=True)
class Item:
    """What a template is given: a frozen value with a name."""

    name: object
    items: tuple[object, ...] = ()


def environment_of(is_lean: bool = True, **templates: str) -> PageEnvironment:
    return PageEnvironment(
        is_lean=is_lean,
        remembered={"macros": frozenset({"shown"})},
        loader=DictLoader(templates),
        undefined=StrictUndefined,
    )


def rendered(source: str, is_lean: bool = True, **values: Any) -> str:
    return environment_of(is_lean, page=source).get_template("page").render(**values)


@pytest.fixture(scope="module")
def environment() -> PageEnvironment:
    return make_environment([SHELLS], load_language("en"))


@pytest.mark.parametrize("name", PAGES)
def test_page_is_what_jinja_makes_of_it(name: str, environment: PageEnvironment) -> None:
    own = render_page(PAGES[name], environment)
    assert own == render_page(PAGES[name], environment.careful)


@pytest.mark.parametrize(
    "source",
    [
        "{{ item.name }}",
        "{{ item.name | upper }} {{ item['name'] }} {{ item.name ~ item.name }}",
        "{{ item.name | safe }}",
        "{% set words %}<b>{{ item.name }}</b>{% endset %}{{ words }}",
        "{% macro m(a, b=2) %}{{ a }}<i>{{ b }}</i>{% endmacro %}{{ m(item.name) }}{{ m(1, b=3) }}",
        "{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, item.name, c=3) }}",
        "{% macro m() %}<p>{{ caller() }}</p>{% endmacro %}{% call m() %}{{ item }}{% endcall %}",
        "{% macro m(caller=1) %}<p>{{ caller }}</p>{% endmacro %}{{ m(item.name) }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(*[item.name]) }}{{ m(**{'a': item.name}) }}",
        "{% autoescape true %}{{ item.name }}{% endautoescape %}",
        "{% autoescape 0 %}{% autoescape true %}{{ item }}{% endautoescape %}{% endautoescape %}",
        "{% autoescape 0 %}{% macro m(a) %}{{ a }}{% endmacro %}{{ m(item) }}{% endautoescape %}",
        "{% for one in item.items %}{{ loop.index }}{{ one }}{{ loop.cycle(1, 2) }}{% endfor %}",
        "{% set n = namespace(a=1) %}{% set n.a = item.name %}{{ n.a }}{{ range(3) | join(',') }}",
    ],
)
@pytest.mark.parametrize("name", ['<b> & "it\'s"', Markup("<b>"), 7, None, True, 1.5], ids=repr)
def test_source_gives_what_jinja_gives(source: str, name: object) -> None:
    item = Item(name, ("<", 1, Markup("&amp;")))
    assert rendered(source, item=item) == rendered(source, is_lean=False, item=item)


@pytest.mark.parametrize("source", ["{{ page.title.from }}", "{{ page.title.text }}"])
def test_page_may_have_dictionaries(source: str, tmp_path: Path) -> None:
    own = "{% set page = {'title': {'from': 'Rome', 'text': 'Rome'}} %}" + source
    (tmp_path / "page.html").write_text(own, encoding="utf-8")
    environment = make_environment([tmp_path], load_language("en"))
    assert render_page(samples.static_page(), environment) == "Rome\n"


def test_name_that_is_not_there_is_told_as_jinja_tells_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("\n{{ page.title.nothing }}", encoding="utf-8")
    environment = make_environment([tmp_path], load_language("en"))
    with pytest.raises(UndefinedError, match="'str object' has no attribute 'nothing'") as found:
        render_page(samples.static_page(), environment)
    places = [(Path(entry.path).name, entry.lineno) for entry in found.traceback]
    assert ("page.html", 1) in places


@pytest.mark.parametrize(
    ("call", "message"),
    [
        ("m(1, 2)", "macro 'm'() takes from 0 to 1 positional arguments but 2 were given"),
        ("m(1, b=2)", "macro 'm'() got an unexpected keyword argument 'b'"),
        ("m(1, a=2)", "macro 'm'() got multiple values for argument 'a'"),
    ],
)
def test_macro_refuses_arguments_that_it_has_not(call: str, message: str) -> None:
    source = "{% macro m(a) %}{{ a }}{% endmacro %}{{ " + call + " }}"
    with pytest.raises(TypeError) as caught:
        rendered(source)
    assert str(caught.value) == message


def test_macro_without_an_argument_says_which() -> None:
    with pytest.raises(UndefinedError, match="parameter 'a' was not provided"):
        rendered("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}")


def test_remembered_macro_is_called_once_for_an_item_and_other_arguments() -> None:
    calls: list[object] = []
    macro = _remembering(calls)
    item = Item("a")
    texts = [macro(item, 1), macro(item, 1), macro(item, 2), macro(Item("a"), 1), macro(item, 1)]
    assert (texts, calls) == (["a1", "a1", "a2", "a1", "a1"], ["a", "a", "a"])


def test_remembered_macro_looks_again_at_what_may_change() -> None:
    calls: list[object] = []
    macro = _remembering(calls)
    changing = [1]
    first = macro(changing, 0), macro(Item("a"), changing)
    changing.append(2)
    assert (*first, macro(changing, 0), macro(Item("a"), changing)) == (
        *("[1]0", "a[1]"),
        *("[1, 2]0", "a[1, 2]"),
    )


def _remembering(calls: list[object]) -> Callable[..., str]:
    """A macro whose results are kept, and that writes down when it is at work."""
    source = "{% macro shown(item, n) %}{{ tell(item) }}{{ n }}{% endmacro %}"
    environment = environment_of(macros=source)

    def tell(item: object) -> str:
        calls.append(item.name if isinstance(item, Item) else item)
        return str(calls[-1])

    environment.globals["tell"] = tell
    macro: Callable[..., str] = environment.get_template("macros").module.shown  # type: ignore[attr-defined]
    return lambda *args: str(macro(*args))


@pytest.mark.parametrize(
    ("html", "dropped"),
    [
        ("<ul>\n <li>a b</li> \n\n<li>c</li>\n</ul>\n", "<ul><li>a b</li><li>c</li></ul>"),
        ("a\n<b>b</b>\nc", "a\n<b>b</b>\nc"),
        ("a \n <p>b\n</p>\n c", "a<p>b</p>c"),
        ('<li title="a > b">\nc', '<li title="a > b">\nc'),
        ('<li title="a\nb">\nc', '<li title="a\nb">c'),
        ('<li title="a < b">\nc', '<li title="a < b">c'),
        ("<h2>a</h2>\n<article-card>\n<lister>\nb", "<h2>a</h2><article-card><lister>\nb"),
        ("<pre>\n a\n\nb\n</pre>\n", "<pre>\n a\n\nb\n</pre>\n"),
        ("", ""),
    ],
)
def test_line_ends_are_dropped_beside_blocks_alone(html: str, dropped: str) -> None:
    assert drop_line_ends(html) == dropped


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ('<li class="{{ x }}">\na</li>\n{{ x }}', '<li class="x">a</li>x'),
        ('<li{% if x %} class="a"{% endif %}>\na', '<li class="a">a'),
        ("<b{% if x %}>a\n</b{% else %}<li{% endif %}>\nc", "<b>a\n</b>\nc"),
        ("{{ x }}\n{{ x }}\n<b>a</b>\n", "x\nx\n<b>a</b>"),
    ],
)
def test_template_is_compiled_without_line_ends_beside_blocks(source: str, text: str) -> None:
    assert rendered(source, x="x") == text


def test_results_that_are_forgotten_are_made_again_and_are_the_same() -> None:
    templates = {"page.html": "{% macro say(item) %}{{ item.name }}{% endmacro %}"}
    environment = PageEnvironment(
        loader=DictLoader(templates), remembered={"page.html": frozenset({"say"})}
    )
    say = environment.get_template("page.html").module.say  # type: ignore[attr-defined]
    item = Item("Ann")
    first = say(item)
    assert say(item) is first
    environment.forget()
    assert say(item) == first
    assert say(item) is not first
