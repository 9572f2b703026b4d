"""Which role an actor held when: joins dated roles to the dates of records."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..dates import Date, is_before, parse_date, sort_key
from ..graph import Graph, HeldRole

#: A date without such signs, and without a time, which depends on a zone.
_PLAIN = re.compile(r"[-\d./]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class RoleThen:
    """A role as of a date; `is_past` where it had ended by today, so that it reads "then …"."""

    role: HeldRole
    is_past: bool = False


def covers(role: HeldRole, date: Date) -> bool:
    """Whether a dated role was held on a date, as far as the dates tell.

    What is marked as a guess counts as it is written: "around 2015" is in 2015 here.
    """
    date = as_written(date)
    if role.start is not None and is_before(date, as_written(role.start)):
        return False
    return role.end is None or not is_before(as_written(role.end), date)


def as_written(date: Date) -> Date:
    """A date without the signs that it is approximate or uncertain."""
    if _PLAIN.fullmatch(date.edtf):
        return date
    return parse_date(re.sub("[~?%]", "", date.edtf))


def is_gone(graph: Graph, actor: str) -> bool:
    """Whether a person has died, or a body has ended, by today: then nothing of it holds "now"."""
    data = graph.actors.get(actor)
    end = (data.died or data.ended) if data is not None else None
    return end is not None and not is_before(graph.today, as_written(end))


def has_ended(role: HeldRole, graph: Graph) -> bool:
    """Whether a role is over: its end lies before today, or nobody is left to hold it.

    An end that is marked as a guess counts as it is written: "around 1994" is over by now.
    """
    is_over = role.end is not None and is_before(as_written(role.end), graph.today)
    return is_over or is_gone(graph, role.actor)


def has_begun(role: HeldRole, today: Date) -> bool:
    """Whether a role is held already, as far as its dates tell."""
    return role.start is None or not is_before(today, as_written(role.start))


def role_at(
    graph: Graph, actor: str, date: Date | None, articles: Iterable[str] = ()
) -> RoleThen | None:
    """The role of an actor as of a date, for a record that rests on `articles`.

    A dated role that covers the date wins, the one that began last before others. A role without
    dates is known only as of its own article, shows only with that article's records, and is
    called past only of those who are gone.
    """
    roles = graph.roles.get(actor, ())
    if not roles:
        return None
    dated = [r for r in roles if r.is_dated and date is not None and covers(r, date)]
    if dated:
        best = max(dated, key=lambda r: (_start_key(r), -r.order))
        return RoleThen(best, has_ended(best, graph))
    own = set(articles)
    reported = [r for r in roles if not r.is_dated and r.article in own]
    return RoleThen(reported[0], is_gone(graph, actor)) if reported else None


def latest_role(graph: Graph, actor: str) -> HeldRole | None:
    """The role that an actor is introduced by: the current one, else the last that is known.

    Of those who are gone the last with dates, before what articles report without them.
    """
    roles = graph.roles.get(actor, ())
    dated = [r for r in roles if r.is_dated and has_begun(r, graph.today)]
    current = [r for r in dated if is_gone(graph, actor) or not has_ended(r, graph)]
    if current:
        return max(current, key=lambda r: (_start_key(r), -r.order))
    reported = [r for r in roles if not r.is_dated]
    if reported:
        return max(reported, key=lambda r: (_written_key(r), -r.order))
    return max(dated, key=lambda r: (_start_key(r), -r.order)) if dated else None


def role_history(graph: Graph, actor: str) -> tuple[HeldRole, ...]:
    """All roles of an actor, newest first; what several articles report alike stands once.

    The same role of the same body that is only reported is dropped where a dated one says more.
    """
    roles = graph.roles.get(actor, ())
    dated = {(r.role.casefold(), r.of) for r in roles if r.is_dated}
    found: dict[tuple[object, ...], HeldRole] = {}
    for role in roles:
        name = (role.role.casefold(), role.of)
        if role.is_dated:
            found[(*name, role.order)] = role
        elif name not in dated:
            known = found.get(name)
            if known is None or _written_key(role) > _written_key(known):
                found[name] = role
    return tuple(sorted(found.values(), key=_history_key, reverse=True))


def _history_key(role: HeldRole) -> tuple[object, ...]:
    return (*(_start_key(role) if role.is_dated else _written_key(role)), -role.order)


def _start_key(role: HeldRole) -> tuple[int, float, bool]:
    date = role.start or role.end
    return sort_key(date) if date is not None else (-(2**62), 0.0, False)


def _written_key(role: HeldRole) -> tuple[int, float, bool]:
    return sort_key(role.written) if role.written is not None else (-(2**62), 0.0, False)
