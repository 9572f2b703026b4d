"""Which articles are recommended under an article, in which order, and why."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePosixPath

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.dates import parse_date
from explainer.derive import matrices
from explainer.derive.likeness import Engine
from explainer.derive.recommended import (
    MAX_SHARED,
    RUNNING,
    Account,
    Document,
    Part,
    Reason,
    Recommender,
    documents_of,
    recommend,
)
from explainer.derive.weights import Weights
from explainer.fragment import read_fragment
from explainer.graph import Graph
from explainer.link import link_content
from explainer.load import ContentFile
from explainer.validate import validate_content
from tools.evaluate_recommended import document_of, generated

ACTORS = "".join(
    f"{name}: {{name: {name.title()}, kind: {kind}}}\n"
    for name, kind in {
        **dict.fromkeys(("ann", "ben", "cal"), "person"),
        "un": "organization",
        "land": "country",
    }.items()
)
STORIES = {"stories/war.yaml": "title: War\n", "stories/trade.yaml": "title: Trade\n"}


def graph_of(articles: dict[str, str], **sidecars: str) -> Graph:
    """A site of articles, given by the lines of their front matter, and of annotations."""
    texts = {"actors.yaml": ACTORS, **STORIES}
    for slug, lines in articles.items():
        date = "" if "date:" in lines else "date: 2025-06-01\n"
        texts[f"articles/{slug}.md"] = f"---\ntitle: {slug}\n{date}{lines}\n---\nIt is said.\n"
    for slug, records in sidecars.items():
        texts[f"articles/{slug}.yaml"] = records
    content, problems = validate_content(
        ContentFile(PurePosixPath(path), path, text) for path, text in texts.items()
    )
    fragment = read_fragment("<p>It is said.</p>")
    fragments = dict.fromkeys(content.articles, fragment)
    translations = dict.fromkeys(content.translations, fragment)
    graph, more = link_content(
        content, fragments, today=parse_date("2026-01-01"), translations=translations
    )
    assert [problem for problem in [*problems, *more] if problem.severity == "error"] == []
    return graph


def cards(graph: Graph, slug: str, *names: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """The cards of an article, where every text names these actors."""
    mentioned = {slug: frozenset(names) for slug in graph.articles}
    found = recommend(graph, mentioned=mentioned)[slug]
    return [(card.slug, card.reason.kind, card.reason.ids) for card in found]


def slugs(graph: Graph, slug: str, limit: int = 4) -> str:
    return " ".join(card.slug for card in recommend(graph, limit=limit)[slug])


def event(name: str, *actors: str) -> str:
    who = f"actors: [{', '.join(actors)}], "
    return f"events:\n  - {{id: {name}, title: x, {who}evidence: said}}\n"


# -------------------------------------------------------------------------------- reasons


def test_reason_is_the_event_that_both_report() -> None:
    graph = graph_of(
        {"a": "story: war", "b": "story: war", "c": "story: war"},
        a=event("talks", "ann"),
        b="events:\n  - {same: talks, evidence: said}\n",
    )
    assert cards(graph, "b") == [("a", "event", ("talks",)), ("c", "story", ("war",))]
    assert cards(graph, "a") == [("b", "event", ("talks",)), ("c", "story", ("war",))]


def test_reason_is_the_actors_in_the_order_of_the_article_of_the_page() -> None:
    articles = {"a": "", "b": "story: war"}
    graph = graph_of(articles, a=event("one", "cal", "ann"), b=event("two", "ann", "cal"))
    assert cards(graph, "a", "ann", "cal") == [("b", "actors", ("cal", "ann"))]
    assert cards(graph, "b", "ann", "cal") == [("a", "actors", ("ann", "cal"))]


def test_actor_is_a_reason_only_where_a_reader_finds_the_name_in_both_articles() -> None:
    graph = graph_of({"a": "", "b": ""}, a=event("one", "ann", "ben"), b=event("two", "ann", "ben"))
    mentioned = {"a": frozenset({"ann", "ben"}), "b": frozenset({"ben"})}
    (card,) = recommend(graph, mentioned=mentioned)["a"]
    assert card.reason == Reason("actors", ("ben",))
    assert cards(graph, "a") == [("b", "near-in-time", ())]


def test_reason_names_persons_before_organizations_and_countries_last() -> None:
    articles = {"a": "story: war", "b": "story: war\ndate: 2025-07-01"}
    graph = graph_of(articles, a=event("one", "un", "ann", "land"), b=event("two", "un", "ann"))
    assert cards(graph, "a", "land", "un", "ann") == [("b", "actors", ("ann",))]
    assert cards(graph, "a", "land", "un") == [("b", "actors", ("un",))]
    assert cards(graph, "a", "land") == [("b", "later", ("war",))]
    alone = graph_of({"a": "", "b": ""}, a=event("one", "land"), b=event("two", "land"))
    assert cards(alone, "a", "land") == [("b", "actors", ("land",))]


@pytest.mark.parametrize(
    "records",
    [
        pytest.param(event("two", "ann"), id="event"),
        pytest.param("quotes:\n  - {actor: ann, text: It is said}\n", id="quote"),
        pytest.param("roles:\n  - {actor: ann, role: mayor, evidence: said}\n", id="role"),
        pytest.param(
            "claims:\n  - {actor: ben, text: x, evidence: said, "
            "responses: [{actor: ann, kind: denies, text: y, evidence: It is}]}\n",
            id="answer to a claim",
        ),
    ],
)
def test_actor_counts_in_every_kind_of_record(records: str) -> None:
    graph = graph_of({"a": "", "b": ""}, a=event("one", "ann"), b=records)
    assert cards(graph, "a", "ann") == [("b", "actors", ("ann",))]


def test_actor_without_a_name_is_no_reason() -> None:
    graph = graph_of({"a": "", "b": ""}, a=event("one", "unnamed"), b=event("two", "unnamed"))
    assert cards(graph, "a") == [("b", "near-in-time", ())]


def test_actor_who_is_only_mentioned_counts_less() -> None:
    articles = {"a": "", "b": "", "c": ""}
    graph = graph_of(
        articles, a=event("one", "ann"), b=event("two", "ben"), c=event("three", "ann")
    )
    mentioned = {"a": frozenset({"ann"}), **dict.fromkeys("bc", frozenset({"ann", "ben"}))}
    assert [(c.slug, c.reason) for c in recommend(graph, mentioned=mentioned)["a"]] == [
        ("c", Reason("actors", ("ann",))),
        ("b", Reason("actors", ("ann",))),
    ]


@pytest.mark.parametrize(
    ("own", "other", "reason"),
    [
        pytest.param("story: war", "story: war", ("story", ("war",)), id="story"),
        pytest.param("story: war", "story: trade", ("near-in-time", ()), id="another story"),
        pytest.param("tags: [Peace talks]", "tags: [peace  TALKS]", ("tags", ("Peace talks",))),
        pytest.param("tags: [b, a, c]", "tags: [a, b]", ("tags", ("b", "a")), id="tags in order"),
        pytest.param("tags: [a]\nstory: war", "tags: [a]\nstory: war", ("story", ("war",))),
        pytest.param("", "", ("near-in-time", ()), id="nothing"),
    ],
)
def test_reason_is_the_strongest_kind_that_is_shared(
    own: str, other: str, reason: tuple[str, tuple[str, ...]]
) -> None:
    assert cards(graph_of({"a": own, "b": other}), "a") == [("b", *reason)]


def test_reason_does_not_change_with_articles_elsewhere() -> None:
    articles = {"a": "tags: [x]", "b": "tags: [x]\nstory: war", "c": "story: war"}
    more = {f"z{n}": "tags: [x]\nstory: war\ndate: 2020-01-01" for n in range(3)}
    few = recommend(graph_of(articles), limit=9)
    many = recommend(graph_of(articles | more), limit=9)
    for slug, own in few.items():
        assert set(own) <= set(many[slug])


def test_person_who_acts_in_one_article_is_a_reason_and_an_organization_must_act_in_both() -> None:
    graph = graph_of({"a": "", "b": ""}, a=event("one", "ann", "un"))
    assert cards(graph, "a", "ann", "un") == [("b", "actors", ("ann",))]
    assert cards(graph, "a", "un") == [("b", "near-in-time", ())]


def test_organization_that_half_of_a_running_story_names_is_no_reason() -> None:
    articles = {f"a{n}": f"story: war\ndate: 2025-06-{n + 1:02}" for n in range(RUNNING)}
    records = {f"a{n}": event(f"e{n}", "un") for n in range(2)}
    graph = graph_of(articles, **records)
    few = {"a0": frozenset({"un"}), "a1": frozenset({"un"})}
    many = few | {"a2": frozenset({"un"})}
    explained = Recommender(documents_of(graph, few)).explain("a1", "a0", limit=2)
    assert explained.reason == Reason("actors", ("un",))
    explained = Recommender(documents_of(graph, many)).explain("a1", "a0", limit=2)
    assert explained.reason == Reason("earlier", ("war",))


def test_actors_who_act_in_most_records_of_both_are_named_first() -> None:
    of_one = event("one", "ann") + "  - {id: more, title: x, actors: [ben], evidence: said}\n"
    ours = f"{of_one}  - {{id: most, title: x, actors: [ben], evidence: said}}\n"
    graph = graph_of({"a": "", "b": ""}, a=ours, b=ours.replace("id: ", "id: b-"))
    assert cards(graph, "a", "ann", "ben") == [("b", "actors", ("ben", "ann"))]


def test_tag_of_two_articles_of_a_story_is_a_reason_and_that_of_half_the_story_is_none() -> None:
    articles = {f"a{n}": f"story: war\ndate: 2025-06-{n + 1:02}" for n in range(5)}
    two = {slug: articles[slug] + "\ntags: [Grain, War]" for slug in ("a0", "a4")}
    graph = graph_of(articles | two | {"a2": articles["a2"] + "\ntags: [War]"})
    found = {slug: (kind, ids) for slug, kind, ids in cards(graph, "a0")}
    assert found["a4"] == ("tags", ("Grain",))
    assert found["a2"] == ("later", ("war",))


# ---------------------------------------------------------------------------------- order


def test_order_is_by_what_is_shared_and_then_by_time() -> None:
    graph = graph_of(
        {
            "page": "story: war\ntags: [x]",
            "event": "date: 2024-01-01",
            "actors": "date: 2024-01-01",
            "story": "story: war\ndate: 2024-01-01",
            "tags": "tags: [x]\ndate: 2024-01-01",
            "time": "",
        },
        page=event("talks", "ann", "ben"),
        event="events:\n  - {same: talks, evidence: said}\n",
        actors=event("other", "ben"),
    )
    assert slugs(graph, "page", 5) == "event story actors tags time"


def test_order_prefers_what_is_rare() -> None:
    common = {f"z{n}": "tags: [common]\ndate: 2020-01-01" for n in range(6)}
    graph = graph_of(
        {
            "page": "tags: [common, rare]",
            "common": "tags: [common]",
            "rare": "tags: [rare]",
            **common,
        }
    )
    assert slugs(graph, "page", 2) == "rare common"


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        pytest.param({"b": "2025-05-01", "c": "2025-05-30"}, "c b", id="the nearer first"),
        pytest.param({"b": "2025-06-09", "c": "2025-05-30"}, "c b", id="in either direction"),
        pytest.param({"b": "2025-05-30", "c": "2025-06-03"}, "c b", id="the newer of two as near"),
        pytest.param({"c": "2025-05-30", "b": "2025-05-30"}, "b c", id="by slug on one day"),
        pytest.param(
            {"b": "2025-06-01T08:00Z", "c": "2025-06-01T09:00Z"}, "c b", id="the newer on one day"
        ),
        pytest.param(
            {"b": "2025-06-03", "c": "2025-06-02", "d": "2025-05-31", "e": "2025-05-28"},
            "c d b e",
            id="to and fro",
        ),
    ],
)
@pytest.mark.parametrize("tags", ["", "tags: [x]\n"], ids=["nothing shared", "a tag shared"])
def test_order_of_equals_is_by_distance_in_days(
    dates: dict[str, str], expected: str, tags: str
) -> None:
    articles = {name: f"{tags}date: {date}" for name, date in dates.items()}
    assert slugs(graph_of({"page": tags, **articles}), "page") == expected


def test_order_gives_an_evergreen_article_no_age() -> None:
    graph = graph_of(
        {
            "page": "tags: [x]",
            "old": "tags: [x]\ndate: 2015-01-01\nevergreen: true",
            "recent": "tags: [x]\ndate: 2025-04-01",
        }
    )
    assert slugs(graph, "page") == "old recent"


def test_order_is_the_same_however_the_articles_are_listed() -> None:
    articles = {
        f"a{n}": f"tags: [t{n % 3}, t{n % 4}]\ndate: 2025-06-{n % 5 + 1:02}" for n in range(20)
    }
    graph = graph_of(articles)
    expected = recommend(graph)
    items = list(graph.articles.items())
    random.Random(1).shuffle(items)
    assert recommend(replace(graph, articles=dict(items))) == expected


def test_articles_come_in_the_order_of_the_graph() -> None:
    graph = graph_of({"a": "date: 2025-01-01", "b": "date: 2025-03-01", "c": "date: 2025-02-01"})
    assert list(recommend(graph)) == ["b", "c", "a"]


def test_signal_that_very_many_share_is_followed_to_the_nearest_in_time() -> None:
    count = MAX_SHARED + 40
    dates = {f"a{n:03}": f"{2000 + n // 12}-{n % 12 + 1:02}-01" for n in range(count)}
    graph = graph_of({slug: f"tags: [x]\ndate: {date}" for slug, date in dates.items()})
    found = recommend(graph)
    assert [card.slug for card in found["a060"]] == ["a061", "a059", "a062", "a058"]
    assert [card.slug for card in found["a000"]] == ["a001", "a002", "a003", "a004"]
    assert {card.reason for card in found[f"a{count - 1:03}"]} == {Reason("tags", ("x",))}


# -------------------------------------------------------------------------- pins and blocks


def test_pins_come_first_in_the_order_of_the_editor() -> None:
    graph = graph_of(
        {
            "page": "tags: [x]\nrecommended: {pin: [c, b]}",
            "b": "tags: [x]",
            "c": "",
            "d": "tags: [x]",
        }
    )
    assert cards(graph, "page") == [
        ("c", "pinned", ()),
        ("b", "tags", ("x",)),
        ("d", "tags", ("x",)),
    ]


@pytest.mark.parametrize(
    ("wishes", "limit", "expected"),
    [
        pytest.param("pin: [d, c, b]", 2, "d c", id="more pins than cards"),
        pytest.param("pin: [d, d]", 4, "d b c", id="a pin twice"),
        pytest.param("pin: [page, d]", 4, "d b c", id="the article itself"),
        pytest.param("block: [b]", 4, "c d", id="block"),
        pytest.param("pin: [b], block: [b]", 4, "c d", id="block outweighs pin"),
        pytest.param("block: [b, c, d]", 4, "", id="all blocked"),
        pytest.param("pin: [d]", 1, "d", id="one card"),
        pytest.param("pin: [d]", 0, "", id="no card"),
    ],
)
def test_wishes_of_the_editor_are_honoured(wishes: str, limit: int, expected: str) -> None:
    graph = graph_of({"page": f"recommended: {{{wishes}}}", "b": "", "c": "", "d": ""})
    assert slugs(graph, "page", limit) == expected


def test_reason_of_a_pin_is_the_editors_where_only_the_story_is_shared() -> None:
    own = "story: war\nrecommended: {pin: [b, c]}"
    graph = graph_of(
        {"a": own, "b": "story: war", "c": ""}, a=event("x", "ann"), c=event("y", "ann")
    )
    assert cards(graph, "a", "ann") == [("b", "actors", ("ann",)), ("c", "actors", ("ann",))]
    assert cards(graph, "a") == [("b", "pinned", ()), ("c", "pinned", ())]


def test_block_holds_for_one_page_only() -> None:
    graph = graph_of({"a": "recommended: {block: [b]}", "b": "", "c": ""})
    assert (slugs(graph, "a"), slugs(graph, "b")) == ("c", "a c")


# ------------------------------------------------------------------------- what is left out


@pytest.mark.parametrize(
    "hidden",
    [
        pytest.param("status: draft", id="draft"),
        pytest.param("date: 2030-01-01", id="embargoed"),
    ],
)
@pytest.mark.parametrize("wish", ["", "recommended: {pin: [secret]}\n"], ids=["found", "pinned"])
def test_article_that_is_not_published_leaves_no_trace(hidden: str, wish: str) -> None:
    articles = {"a": f"{wish}tags: [x]", "b": "", "secret": f"tags: [x]\n{hidden}"}
    graph = graph_of(articles, a=event("one", "ann"), secret=event("hidden", "ann"))
    assert list(recommend(graph)) == ["a", "b"]
    assert cards(graph, "a") == [("b", "near-in-time", ())]


def test_translation_is_never_recommended() -> None:
    graph = graph_of({"a": "tags: [x]", "a.de": "tags: [x]", "b": ""})
    assert list(graph.translations) == [("a", "de")]
    assert {slug: slugs(graph, slug) for slug in recommend(graph)} == {"a": "b", "b": "a"}


def test_only_article_has_no_cards() -> None:
    assert recommend(graph_of({"a": ""})) == {"a": ()}


def test_site_without_articles_has_none() -> None:
    assert recommend(Graph(today=parse_date("2026-01-01"))) == {}


LINES = st.sampled_from(["", "tags: [x]", "tags: [x, y]", "story: war", "date: 2024-02-29"])


@settings(max_examples=30, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=8), st.integers(1, 5))
def test_every_article_has_as_many_cards_as_there_can_be(lines: list[str], limit: int) -> None:
    graph = graph_of({f"a{n}": line for n, line in enumerate(lines)})
    for slug, found in recommend(graph, limit=limit).items():
        names = [card.slug for card in found]
        assert slug not in names
        assert len(set(names)) == len(names) == min(limit, len(lines) - 1)


# --------------------------------------------------------------------------------- by words

FLOOD = "The river {0} rose over the market square and the firemen pumped the cellars dry."
COURT = "The judge {0} heard the witness and sent the jury home to weigh the verdict."
CHESS = "The champion {0} gave up her queen and drew a long endgame against the boy from Riga."


def documents(texts: dict[str, str], **more: Mapping[str, object]) -> list[Document]:
    """Articles of one day, with these texts."""
    return [
        Document(slug, text=text, instant=0, **more.get(slug, {}))  # type: ignore[arg-type]
        for slug, text in texts.items()
    ]


def subjects(count: int) -> dict[str, str]:
    """Articles on three subjects, in words of their own beside the shared ones."""
    return {
        f"{name}{n:02}": text.format(f"z{n}{name}")
        for n in range(count)
        for name, text in (("flood", FLOOD), ("court", COURT), ("chess", CHESS))
    }


@pytest.mark.parametrize("engine", ["native", "python"])
def test_articles_of_one_subject_are_near_by_their_words(engine: Engine) -> None:
    ranking = Recommender(documents(subjects(17)), engine=engine)
    assert {card.reason for card in ranking.cards("flood03")} == {Reason("words")}
    found = {s: {c.slug[:5] for c in ranking.cards(s)} for s in ("flood11", "court11")}
    assert found == {"flood11": {"flood"}, "court11": {"court"}}


@pytest.mark.parametrize("engine", ["native", "python"])
def test_cards_are_the_same_with_what_an_earlier_ranking_counted(engine: Engine) -> None:
    earlier = Recommender(documents(subjects(20)), engine=engine)
    texts = {**subjects(17), "flood03": COURT.format("new"), "other": CHESS.format("other")}
    again = Recommender(documents(texts), engine=engine, known=earlier.counts)
    anew = Recommender(documents(texts), engine=engine)
    assert {s: again.cards(s) for s in texts} == {s: anew.cards(s) for s in texts}
    assert {card.slug[:5] for card in again.cards("flood03")} == {"court"}


@pytest.mark.parametrize("engine", ["native", "python"])
@pytest.mark.parametrize("seed", range(4))
def test_cards_are_the_same_with_an_earlier_ranking(
    engine: Engine, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each of some changes, and whatever part of all articles they touch."""
    monkeypatch.setattr(matrices, "MAX_CHANGED", 1.0)
    chance = random.Random(seed)
    ours = {document.slug: document for document in map(document_of, generated(60))}
    earlier = Recommender(ours.values(), engine=engine)
    for number in range(8):
        change(ours, chance, f"new{number}")
        again = Recommender(ours.values(), engine=engine, earlier=earlier)
        anew = Recommender(ours.values(), engine=engine)
        assert [again.cards(s) for s in anew.slugs] == [anew.cards(s) for s in anew.slugs]
        assert [again.explain(s, "new") for s in ("a000001", "a000030")] == [
            anew.explain(s, "new") for s in ("a000001", "a000030")
        ]
        earlier = again


@pytest.mark.parametrize("engine", ["native", "python"])
@pytest.mark.parametrize("texts", [{}, {"x": ""}, {"x": "Nothing else."}], ids=len)
def test_ranking_of_other_articles_does_no_harm(engine: Engine, texts: dict[str, str]) -> None:
    other = Recommender(documents(texts), engine=engine)
    ours = subjects(8)
    again = Recommender(documents(ours), engine=engine, earlier=other)
    back = Recommender(documents(texts), engine=engine, earlier=again)
    anew = Recommender(documents(ours), engine=engine)
    assert [again.cards(s) for s in ours] == [anew.cards(s) for s in ours]
    assert [back.cards(s) for s in texts] == [other.cards(s) for s in texts]


def change(ours: dict[str, Document], chance: random.Random, new: str) -> None:
    """Change one article: its words, its tags, or whether it is there."""
    ours.setdefault("new", Document("new", text=FLOOD))
    one, other = chance.sample(sorted(ours.keys() - {"new", "a000001", "a000030"}), 2)
    match chance.randrange(6):
        case 0:
            ours[one] = replace(ours[one], text=f"{ours[one].text} {ours[other].title}")
        case 1:
            ours[one] = replace(ours[one], text=ours[other].text)
        case 2:
            ours[one] = replace(ours[one], title="", text=ours[one].text[:60])
        case 3:
            ours[one] = replace(ours[one], signals={("tags", "x"): 1.0}, tags={"x": "X"})
        case 4:
            del ours[one]
        case _:
            ours[new] = replace(ours[one], slug=new)


def test_subject_is_no_reason_before_common_words_can_be_told() -> None:
    ranking = Recommender(documents(subjects(3)))
    assert {card.reason.kind for card in ranking.cards("flood00")} == {"near-in-time"}


WRITINGS = {
    "arabic": ("غمرت مياه النهر سوق المدينة القديم {0}", "برأت المحكمة العليا صاحب المصنع {0}"),
    "chinese": ("河水淹没了老城市场和地窖{0}", "最高法院宣判工厂主无罪释放{0}"),
    "filipino": (
        "Binaha ng ilog ang lumang palengke {0}",
        "Pinawalang-sala ng korte ang may-ari {0}",
    ),
    "thai": ("น้ำท่วมตลาดเก่าริมแม่น้ำ{0}", "ศาลฎีกาตัดสินให้เจ้าของโรงงานพ้นผิด{0}"),
}


@pytest.mark.parametrize("language", WRITINGS)
def test_words_are_told_in_every_script(language: str) -> None:
    flood, court = WRITINGS[language]
    texts = {
        f"{name}{n}": text.format(f" {name}{n}a {name}{n}b {name}{n}c")
        for n in range(4)
        for name, text in (("f", flood), ("c", court))
    }
    ranking = Recommender(documents(texts))
    assert [card.slug for card in ranking.cards("f0", 3)] == ["f1", "f2", "f3"]
    assert [card.slug for card in ranking.cards("c3", 3)] == ["c0", "c1", "c2"]


def test_same_text_is_not_shown_twice_while_there_are_others() -> None:
    texts = subjects(4) | {"copy": FLOOD.format("z1flood"), "mine": FLOOD.format("z0flood")}
    ranking = Recommender(documents(texts))
    shown = [card.slug for card in ranking.cards("flood00", 13)]
    assert shown[-2:] == ["mine", "flood01"]
    assert shown.index("copy") < shown.index("court00")
    assert ranking.explain("flood00", "mine").same_text_as == "flood00"


def test_briefs_come_after_articles_that_share_anything() -> None:
    ours = documents(
        {"page": "", "brief": "", "article": "", "far": ""},
        page={"signals": {("event", "talks"): 1.0, ("tags", "x"): 1.0}, "tags": {"x": "x"}},
        brief={"signals": {("event", "talks"): 1.0}, "is_brief": True},
        article={"signals": {("tags", "x"): 1.0}},
    )
    assert [card.slug for card in Recommender(ours).cards("page")] == ["article", "brief", "far"]


# ------------------------------------------------------------------------- a running story


def running(count: int) -> Graph:
    return graph_of({f"a{n}": f"story: war\ndate: 2025-06-{n + 1:02}" for n in range(count)})


@pytest.mark.parametrize(
    ("count", "slug", "expected"),
    [
        pytest.param(9, "a4", ["next a5", "start a0"], id="in the middle"),
        pytest.param(9, "a0", ["later a4", "next a1"], id="the beginning"),
        pytest.param(9, "a8", ["earlier a5", "start a0"], id="the newest"),
        pytest.param(RUNNING - 1, "a2", ["later a4", "earlier a0"], id="not yet running"),
    ],
)
def test_running_story_leads_to_what_came_next_and_to_its_beginning(
    count: int, slug: str, expected: list[str]
) -> None:
    found = recommend(running(count))[slug]
    assert len(found) == 4
    assert [f"{card.reason.kind} {card.slug}" for card in found][-2:] == expected


def test_beginning_of_a_story_stays_away_where_it_is_blocked_or_pinned() -> None:
    articles = {f"a{n}": f"story: war\ndate: 2025-06-{n + 1:02}" for n in range(7)}
    blocked = recommend(
        graph_of(articles | {"a3": articles["a3"] + "\nrecommended: {block: [a0]}"})
    )
    assert [card.slug for card in blocked["a3"]] == ["a2", "a5", "a1", "a4"]
    pinned = recommend(graph_of(articles | {"a3": articles["a3"] + "\nrecommended: {pin: [a0]}"}))
    assert [card.slug for card in pinned["a3"]] == ["a0", "a2", "a5", "a4"]


def test_cards_of_a_running_story_are_those_of_which_there_is_more_to_say() -> None:
    articles = {f"a{n}": f"story: war\ndate: 2025-06-{n + 1:02}" for n in range(9)}
    tagged = articles | {slug: f"{articles[slug]}\ntags: [Grain]" for slug in ("a4", "a6", "a7")}
    found = cards(graph_of(tagged), "a4")
    assert [slug for slug, *_ in found] == ["a6", "a7", "a5", "a0"]


# ------------------------------------------------------------------------------ the account


def test_account_adds_up_to_the_score() -> None:
    graph = graph_of(
        {"a": "story: war\ntags: [x]", "b": "story: war\ndate: 2025-06-21", "c": "tags: [x]"},
        a=event("one", "ann"),
        b=event("two", "ann"),
    )
    account = Recommender(
        documents_of(graph, {"a": frozenset({"ann"}), "b": frozenset({"ann"})})
    ).explain("a", "b")
    assert account == Account(
        parts=(
            Part("words", 0.0, 1.0),
            Part("event", 0.0, 0.3),
            Part("actors", 1.0, 0.2, ("ann",)),
            Part("story", 1.0, 0.15, ("war",)),
            Part("tags", 0.0, 0.1),
        ),
        days=20,
        closeness=0.85,
        score=0.2975,
        rank=1,
        card=1,
        reason=Reason("actors", ("ann",)),
        is_pinned=False,
        is_blocked=False,
        same_text_as=None,
    )


def test_weights_of_the_editor_decide() -> None:
    graph = graph_of({"a": "story: war\ntags: [x]", "b": "tags: [x]", "c": "story: war", "d": ""})
    found = recommend(graph, weights=Weights(story=0.0, tags=1.0))
    assert [card.slug for card in found["a"]] == ["b", "c", "d"]
    assert [card.slug for card in recommend(graph)["a"]] == ["c", "b", "d"]
