"""Jinja templates compiled to leaner code: what a page of a thousand records calls most.

Jinja looks at each name, call and text anew for what this site's templates never hand over: items
that are dictionaries, functions that want the context, autoescaping that is on or off. A
`PageEnvironment` compiles plain Python of it: attributes, calls and texts as they are. Where that
does not fit a template, an `AttributeError` says so, and `careful` is the same environment as Jinja
compiles it, which also has the better words for a name that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping, Sequence
from functools import cached_property, partial
from keyword import iskeyword
from types import CodeType
from typing import Any, Final
from weakref import ref

import markupsafe
from jinja2 import BytecodeCache, Environment, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.ext import Extension
from jinja2.lexer import TOKEN_BLOCK_BEGIN, TOKEN_DATA, Token, TokenStream
from jinja2.runtime import Context, Macro, exported
from jinja2.utils import missing
from markupsafe import Markup

#: How many results of a macro are kept, and as many of before these. An event has 2 kB.
REMEMBERED: Final = 2048

#: Elements that begin and end a line of their own, so that no space around their tags shows. Not
#: `pre`, whose spaces do, and no headings, which stand in the line of a `summary`.
_BLOCKS: Final = (
    "address|article|aside|blockquote|body|dd|details|div|dl|dt|figcaption|figure|footer|form|g|"
    "header|hr|li|main|nav|ol|option|p|section|select|summary|svg|table|tbody|"
    "td|template|th|thead|tr|ul"
)
_BLOCK_TAG: Final = re.compile(rf"</?(?:{_BLOCKS})\b")

#: How the function of a macro begins in compiled code, and what names that reads.
_MACRO: Final = "def macro("
_TAKEN: Final = frozenset(
    {*exported, "caller", "concat", "context", "cond_expr_undefined", "environment", "getattr"}
    | {"included_template", "kwargs", "parent_template", "resolve", "self", "undefined", "varargs"}
    | {"KeyError", "gen", "loop", "str", "template"}
)

#: What `markupsafe.escape` calls for a text: without the object around it, which nobody needs of a
#: text that is joined to the page's at once. It is private, so it may be missing one day.
_escape_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", markupsafe.escape)


class PageEnvironment(Environment):
    """An environment for templates that are given frozen values: see the module.

    `remembered` names macros by their template (`explainer/event.html`): their first argument is
    frozen and shown again and again, so their results are remembered. `kept` keeps what was
    compiled. Without `is_lean` everything is as Jinja has it, and only slower.
    """

    def __init__(
        self,
        *,
        remembered: Mapping[str, frozenset[str]] | None = None,
        is_lean: bool = True,
        kept: BytecodeCache | None = None,
        **options: Any,
    ) -> None:
        self._options = options
        self._templates: dict[str, Template] = {}
        self.remembered = remembered or {}
        self.remembering: list[ref[_LeanMacro]] = []
        if is_lean:
            self.code_generator_class = _LeanCode
            self.template_class = _LeanTemplate
        extensions = (*options.pop("extensions", ()), _LineEnds)
        super().__init__(
            extensions=extensions,
            autoescape=True,
            auto_reload=False,
            bytecode_cache=kept if is_lean else None,
            **options,
        )

    def forget(self) -> None:
        """Remember no result of a macro: none of the items shown so far will be shown again."""
        known, self.remembering = self.remembering, []
        for macro in [one() for one in known]:
            if macro is not None:
                macro.forget()
                self.remembering.append(ref(macro))

    @cached_property
    def careful(self) -> PageEnvironment:
        """The same, compiled as Jinja does."""
        environment = PageEnvironment(is_lean=False, **self._options)
        environment.globals.update(self.globals)
        environment.auto_reload = self.auto_reload
        return environment

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """The template of a name, which is looked for but once, unless `auto_reload` is set."""
        if self.auto_reload or globals or not isinstance(name, str):
            return super().get_template(name, parent, globals)
        if name not in self._templates:
            self._templates[name] = super().get_template(name, parent)
        return self._templates[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The globals themselves where a template adds none: Jinja compares them at each import."""
        return super().make_globals(d) if d else self.globals


class _LeanTemplate(Template):
    """A template whose code has our macros and our way of escaping instead of Jinja's."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        template = super().from_code(environment, code, globals, uptodate)
        # The names that compiled code imports of Jinja: looked up when it runs.
        names = template.root_render_func.__globals__
        remembered = getattr(environment, "remembered", {}).get(template.name, frozenset())
        names["Macro"] = partial(_macro, remembered=remembered)
        names["Markup"] = _marked
        names["escape"] = _written
        return template

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        """The macros of the template; where all have the same globals nothing is compared."""
        module = self._module
        if module is not None and (ctx is None or len(ctx.globals_keys) == len(self.globals)):
            return module
        return super()._get_default_module(ctx)


def _written(value: Any) -> str:
    """The value as it stands on a page, escaped unless it is markup."""
    kind = type(value)
    if kind is str:
        return _escape_text(value)
    return value if kind is Markup else markupsafe.escape(value)


#: A text that is markup already as such: `Markup` without the look at what it is given.
_marked: Callable[[str], Markup] = partial(str.__new__, Markup)


def _macro(
    environment: Environment,
    func: Callable[..., str],
    name: str,
    arguments: tuple[str, ...],
    *traits: bool,
    remembered: frozenset[str] = frozenset(),
) -> Callable[..., str]:
    """The macro as the function itself, where nothing but its own arguments may be handed to it."""
    macro = _LeanMacro(environment, func, name, arguments, *traits, remembered=remembered)
    own = getattr(func, "__code__", None)
    if not macro.is_direct or own is None or own.co_varnames[: own.co_argcount] != arguments:
        return macro
    func.__qualname__ = f"macro {name!r}"
    return func


class _LeanMacro(Macro):
    """A macro that is called with its own arguments, and escapes where its own place does.

    With Jinja's it is the place that it is called from. So it wants no evaluation context as first
    argument, which Jinja's asks for by a mark on the method that is not on this one.
    """

    def __init__(
        self,
        environment: Environment,
        func: Callable[..., str],
        name: str,
        arguments: Iterable[str],
        catch_kwargs: bool,
        catch_varargs: bool,
        caller: bool,
        default_autoescape: bool | None = None,
        *,
        remembered: frozenset[str] = frozenset(),
    ) -> None:
        names = list(arguments)
        super().__init__(
            environment, func, name, names, catch_kwargs, catch_varargs, caller, default_autoescape
        )
        self._count = len(names)
        is_bound = not (catch_kwargs or catch_varargs or "caller" in names)
        self._is_plain = is_bound and not caller and default_autoescape is True
        self._is_section = is_bound and caller and default_autoescape is True
        """Whether it takes a block, and else its own arguments alone."""
        self._kept: dict[tuple[Any, ...], tuple[object, Markup]] = {}
        self._kept_before: dict[tuple[Any, ...], tuple[object, Markup]] = {}
        self._is_remembered = name in remembered and self._count > 0
        self.is_direct = self._is_plain and not self._is_remembered
        """Whether to call it is to call its function."""
        if self._is_remembered and isinstance(environment, PageEnvironment):
            environment.remembering.append(ref(self))

    def forget(self) -> None:
        """Remember nothing of what was shown so far."""
        self._kept, self._kept_before = {}, {}

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        given = len(args)
        if self._is_section and given == self._count and len(kwargs) == 1:
            return self._func(*args, kwargs["caller"])
        if not self._is_plain or given > self._count:
            return super().__call__(*args, **kwargs)
        if given < self._count:
            args = (*args, *[kwargs.pop(name, missing) for name in self.arguments[given:]])
        if kwargs:
            return super().__call__(*args, **kwargs)  # which says what is wrong with them
        if self._is_remembered:
            return self._remembered(*args)
        return self._func(*args)

    def _remembered(self, item: object, *others: Any) -> Markup:
        """The result for this very item, which is kept too, so that none is taken for it."""
        key = (id(item), *others)
        try:
            found = self._kept.get(key) or self._kept_before.get(key)
        except TypeError:  # something that may change is among the arguments
            return _marked(self._func(item, *others))
        if found is not None:
            return found[1]
        text = _marked(drop_line_ends(str.__str__(self._func(item, *others))))
        if _is_frozen(item):
            if len(self._kept) >= REMEMBERED:
                self._kept, self._kept_before = {}, self._kept
            self._kept[key] = item, text
        return text


def _is_frozen(item: object) -> bool:
    """Whether an item stays as it is: a tuple of such, or a frozen record."""
    if isinstance(item, tuple):
        return all(map(_is_frozen, item))
    parameters = getattr(type(item), "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


class _LeanCode(CodeGenerator):
    """Writes attributes, calls and macros as Python has them, and no switch of what is on already.

    The parameters of a macro have their own names, so that it can be called as it is.
    """

    _renamed: Sequence[tuple[str, str]] = ()
    """What the parameters of the macro that is being written are called inside, and outside."""

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        if isinstance(node, nodes.Macro) and x.startswith(_MACRO):
            names = [argument.name for argument in node.args]
            inside = x.removeprefix(_MACRO).removesuffix("):").split(", ")
            if len(names) == len(inside) and not any(map(_is_taken, names)):
                self._renamed = list(zip(inside, names, strict=True))
                x = f"{_MACRO}{', '.join(f'{name}=missing' for name in names)}):"
        super().writeline(x, node, extra)

    def buffer(self, frame: Frame) -> None:
        renamed, self._renamed = self._renamed, ()
        for inside, name in renamed:
            self.writeline(f"{inside} = {name}")
        super().buffer(frame)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:
        # Of a macro too it is markup, as its own place says: see _LeanMacro.
        super().return_buffer_contents(frame)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:
        """Hands on what another template gives as it comes, not piece by piece."""
        is_named = isinstance(node.template, nodes.Const) and isinstance(node.template.value, str)
        if node.ignore_missing or not node.with_context or not is_named:
            super().visit_Include(node, frame)
            return
        self.writeline("template = environment.get_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        context = f"template.new_context(context.get_all(), True, {self.dump_local_context(frame)})"
        pieces = f"template.root_render_func({context})"
        self.writeline(
            f"yield from {pieces}" if frame.buffer is None else f"{frame.buffer}.extend({pieces})"
        )

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:
        names = [one.key for one in node.kwargs]
        if node.dyn_args or node.dyn_kwargs or any(map(iskeyword, names)):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def visit_ScopedEvalContextModifier(
        self, node: nodes.ScopedEvalContextModifier, frame: Frame
    ) -> None:
        if frame.eval_ctx.volatile or frame.eval_ctx.autoescape is not True or not _is_on(node):
            super().visit_ScopedEvalContextModifier(node, frame)
            return
        for child in node.body:
            self.visit(child, frame)


def _is_taken(name: str) -> bool:
    """Whether compiled code has a meaning of its own for a name."""
    return iskeyword(name) or name in _TAKEN or name[:2] in ("t_", "l_")


def _is_on(node: nodes.ScopedEvalContextModifier) -> bool:
    """Whether a node is `{% autoescape true %}`."""
    return all(
        one.key == "autoescape" and isinstance(one.value, nodes.Const) and one.value.value is True
        for one in node.options
    )


class _LineEnds(Extension):
    """Leaves out line ends of a template where none shows, before it is compiled.

    A tag may have expressions and conditions in it, so the beginning of one that is open is
    remembered over them, but not behind the branch that it stands in.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        tag, is_outside = "", False
        for token in stream:
            if token.type == TOKEN_DATA:
                text = tag + token.value
                yield Token(token.lineno, token.type, drop_line_ends(text)[len(tag) :])
                is_outside = is_outside and "<" not in token.value
                tag = text[text.rfind("<") :] if "<" in text else ""
                tag = "" if ">" in tag else tag
                continue
            if token.type == TOKEN_BLOCK_BEGIN:
                # The name of the block is the token that comes next.
                if not stream.current.value.startswith(("el", "end")):
                    is_outside = True
                elif not is_outside:
                    tag = ""
            yield token


def drop_line_ends(html: str, begin: int = 0) -> str:
    """The markup without the line ends beside tags of blocks, and the white space around these.

    What is before `begin` stays as it is.
    """
    kept = []
    start = 0
    end = html.find("\n", begin)
    while end >= 0:
        after = end + 1
        while html[after : after + 1].isspace():
            after += 1
        while end > start and html[end - 1].isspace():
            end -= 1
        is_before = html[after : after + 1] == "<" and _BLOCK_TAG.match(html, after)
        if is_before or _is_block_tag_before(html, end):
            kept.append(html[start:end])
            start = after
        end = html.find("\n", after)
    if not kept:
        return html
    kept.append(html[start:])
    return "".join(kept)


def _is_block_tag_before(html: str, end: int) -> bool:
    """Whether the tag of a block ends at a place."""
    if html[end - 1 : end] != ">":
        return False
    return _BLOCK_TAG.search(html, html.rfind(">", 0, end - 1) + 1, end) is not None
