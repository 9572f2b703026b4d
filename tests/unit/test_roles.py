"""Which role an actor held when, and how it is said."""

from __future__ import annotations

import pytest

from explainer.derive.recommended import Reason
from explainer.derive.roles import latest_role, role_history
from explainer.model import Who
from explainer.pages.build import reason_words
from explainer.pages.contexts import ActorPage

from .small_site import TOWN, small_pages, small_site
from .test_timeline import items

FILE = """\
    name: Otto Lind
    kind: person
    roles:
      - {role: Harbour Master, of: council, from: 2015, to: 2025-10, sources: [{title: Yearbook}]}
      - {role: adviser, from: 2026-04, sources: [{title: Minutes}]}
    """
ACTORS = "quill: {name: Mara Quill, kind: person}\ncouncil: {name: Town Council, kind: group}\n"
DATED = {"actors.yaml": ACTORS, "actors/lind.yaml": FILE}
TOWN_LIND = "lind: {name: Otto Lind, kind: person}\n"
REPORTED = {
    "articles/closed.yaml": "roles:\n  - {actor: quill, role: Mayor, evidence: Mayor Mara Quill}\n"
}


def role_on(date: str, files: dict[str, str], actor: str = "lind", *articles: str) -> str:
    from explainer.dates import parse_date

    return items(files).actor_ref(Who(actor=actor), parse_date(date), articles).role


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2014", ""),
        ("2015", "then Harbour Master of Town Council"),
        ("2024-03-02", "then Harbour Master of Town Council"),
        ("2024?", "then Harbour Master of Town Council"),
        ("2025-10", "then Harbour Master of Town Council"),
        ("2025-10?", "then Harbour Master of Town Council"),
        ("2025-12", ""),
        ("2026-04-28", "adviser"),
        ("2026-05~", "adviser"),
    ],
)
def test_role_is_that_of_the_date(date: str, wanted: str) -> None:
    assert role_on(date, DATED) == wanted


@pytest.mark.parametrize(
    ("articles", "wanted"), [(["closed"], "Mayor"), (["other"], ""), ([], "")], ids=str
)
def test_role_without_dates_shows_with_its_own_article_only(
    articles: list[str], wanted: str
) -> None:
    assert role_on("2026-03-09", REPORTED, "quill", *articles) == wanted


def test_role_without_dates_is_never_called_past() -> None:
    assert role_on("1990", REPORTED, "quill", "closed") == "Mayor"


def test_actor_is_introduced_by_the_current_role() -> None:
    assert items(DATED).introduced("lind").role == "adviser"


def test_actor_without_a_current_role_is_introduced_as_former() -> None:
    files = {**DATED, "actors/lind.yaml": "\n".join(FILE.split("\n")[:4]) + "\n"}
    assert items(files).introduced("lind").role == "former Harbour Master of Town Council"


def test_roles_of_a_profile_are_newest_first_and_each_once() -> None:
    again = {
        "articles/closed.yaml": "roles:\n"
        "  - {actor: lind, role: harbour master, of: council, evidence: Otto Lind}\n"
        "  - {actor: lind, role: witness, evidence: Otto Lind}\n"
        "  - {actor: lind, role: Witness, evidence: Otto Lind said}\n"
    }
    graph = items({**DATED, **again}).graph
    assert [role.role for role in role_history(graph, "lind")] == [
        "adviser",
        "witness",
        "Harbour Master",
    ]


def test_actor_without_roles_has_none() -> None:
    graph = items({"actors.yaml": TOWN["actors.yaml"]}).graph
    assert (latest_role(graph, "quill"), role_history(graph, "quill")) == (None, ())


@pytest.mark.parametrize(
    ("dates", "more", "wanted"),
    [
        ("from: 1990, to: 1994~", "", "former Mayor"),
        ("from: 1990, to: 1994?", "", "former Mayor"),
        ("from: 1990, to: 2026~", "", "Mayor"),
        ("from: 2027", "", ""),
        ("from: 1990", "died: 2020", "former Mayor"),
        ("from: 1990", "died: 2020~", "former Mayor"),
        ("from: 1990", "died: 2026-06-01", "former Mayor"),
        ("from: 1990", "born: 1950", "Mayor"),
    ],
)
def test_role_is_current_as_long_as_it_may_be_held(dates: str, more: str, wanted: str) -> None:
    lind = f"name: Otto Lind\nkind: person\n{more}\n"
    lind += f"roles:\n  - {{role: Mayor, {dates}, sources: [{{title: Yearbook}}]}}\n"
    assert (
        items({"actors.yaml": ACTORS, "actors/lind.yaml": lind}).introduced("lind").role == wanted
    )


def test_role_of_a_body_that_ended_is_past() -> None:
    port = "name: The Port\nkind: organization\nended: 1999\n"
    port += "roles:\n  - {role: customs house, from: 1900, sources: [{title: Yearbook}]}\n"
    made = items({"actors.yaml": ACTORS + TOWN_LIND, "actors/port.yaml": port})
    assert made.introduced("port").role == "former customs house"


def test_role_without_dates_is_past_of_the_dead() -> None:
    dead = (
        "council: {name: Town Council, kind: group}\nquill: {name: Q, kind: person, died: 2020}\n"
    )
    files = {
        "actors.yaml": dead + TOWN_LIND,
        "articles/closed.yaml": REPORTED["articles/closed.yaml"],
    }
    files["articles/closed.yaml"] = files["articles/closed.yaml"].replace(
        "Mayor Mara Quill", "Mayor"
    )
    assert role_on("1990", files, "quill", "closed") == "then Mayor"


def test_last_dated_role_of_the_dead_goes_before_what_articles_report() -> None:
    files = {
        **DATED,
        "actors/lind.yaml": FILE + "died: 2026-05-01\n",
        "articles/closed.yaml": "roles:\n  - {actor: lind, role: witness, evidence: Otto Lind}\n",
    }
    assert items(files).introduced("lind").role == "former adviser"


def test_role_of_a_country_reads_as_in_a_sentence_and_its_line_names_the_country_alone() -> None:
    files = {
        "actors.yaml": ACTORS + "us: {name: United States, kind: country}\n",
        "actors/lind.yaml": FILE.replace("of: council", "of: us"),
    }
    assert role_on("2016", files) == "then Harbour Master of the United States"
    pages = {page.path: page for page in small_pages(small_site(files)).pages}
    page = pages["actors/lind/index.html"]
    assert isinstance(page, ActorPage)
    assert [role.of.text for role in page.roles if role.of] == ["United States"]


def test_reason_names_actors_as_in_a_sentence() -> None:
    made = items({"actors.yaml": ACTORS + TOWN_LIND + "su: {name: Soviet Union, kind: country}\n"})
    words = reason_words(made, Reason("actors", ("su", "lind")))
    assert words == "Also about the Soviet Union and Otto Lind"
