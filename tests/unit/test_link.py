"""What is wrong between records, each with its whole message; and what linking makes of them."""

# ruff: noqa: E501 - a message is compared as it is printed, in one line

from __future__ import annotations

from textwrap import dedent

import pytest

from .small_site import TOWN, messages, small_site

ARTICLE = "articles/closed.md"
NOTES = "articles/closed.yaml"
STORY = "stories/bridge.yaml"
WORDS = "evidence: The council closed the bridge"
IMAGES = frozenset({"harbour.jpg"})

DRAFT = {
    "articles/draft.md": "---\ntitle: D\ndate: 2026-03-01\nstatus: draft\n---\nSecret words.\n",
    "articles/draft.yaml": "events:\n  - {id: secret, title: T, evidence: Secret words}\n",
}


@pytest.mark.parametrize(
    ("files", "wanted"),
    [
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, actors: [quil], evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:32: error[unknown-actor]: there is no actor 'quil'
                2 |   - {id: a, title: T, actors: [quil], evidence: The council closed the bridge}
                  |                                ^^^^
                  = help: did you mean 'quill'?
            """,
            id="unknown-actor",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, actors: [town-council], evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:32: error[unknown-actor]: there is no actor 'town-council'
                2 |   - {id: a, title: T, actors: [town-council], evidence: The council closed the bridge}
                  |                                ^^^^^^^^^^^^
                  = help: did you mean 'council'?
            """,
            id="unknown-actor-called-by-name",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, actors: [{zebra: guest}], evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[unknown-actor]: there is no actor 'zebra'
                2 |   - {id: a, title: T, actors: [{zebra: guest}], evidence: The council closed the bridge}
                  |                                 ^^^^^
                  = help: add a line 'zebra: {name: …, kind: person}' to content/actors.yaml
                  = help: the actors are: quill, lind, council
            """,
            id="unknown-actor-like-no-other",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace("story: bridge", "mentions: {not: [qwill]}"),
            },
            """\
            content/articles/closed.md:6:18: error[unknown-actor]: there is no actor 'qwill'
                6 | mentions: {not: [qwill]}
                  |                  ^^^^^
                  = help: did you mean 'quill'?
            """,
            id="unknown-actor-in-front-matter",
        ),
        pytest.param(
            {
                "actors/reed.yaml": """\
                name: Jonas Reed
                kind: person
                roles:
                  - {role: clerk, of: counsil, sources: [{title: Yearbook}]}
                ties:
                  - {tie: rival of, actor: quil}
                """,
            },
            """\
            content/actors/reed.yaml:4:23: error[unknown-actor]: there is no actor 'counsil'
                4 |   - {role: clerk, of: counsil, sources: [{title: Yearbook}]}
                  |                       ^^^^^^^
                  = help: did you mean 'council'?

            content/actors/reed.yaml:6:28: error[unknown-actor]: there is no actor 'quil'
                6 |   - {tie: rival of, actor: quil}
                  |                            ^^^^
                  = help: did you mean 'quill'?
            """,
            id="unknown-actor-in-an-actor",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: bridge-closed, title: T, evidence: The council closed the bridge}
                  - {id: b, title: U, rests_on: [bridge-close]}
                """,
            },
            """\
            content/articles/closed.yaml:3:34: error[unknown-record]: there is no record 'bridge-close'
                3 |   - {id: b, title: U, rests_on: [bridge-close]}
                  |                                  ^^^^^^^^^^^^
                  = help: did you mean 'bridge-closed'?
            """,
            id="unknown-record",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: b, title: U, rests_on: [zebra]}
                """,
            },
            """\
            content/articles/closed.yaml:2:34: error[unknown-record]: there is no record 'zebra'
                2 |   - {id: b, title: U, rests_on: [zebra]}
                  |                                  ^^^^^
                  = help: an id of an event, quote, position, claim or question is meant
                  = help: the records are: b
            """,
            id="unknown-record-like-no-other",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {same: zebra, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:12: error[unknown-record]: there is no record 'zebra'
                2 |   - {same: zebra, evidence: The council closed the bridge}
                  |            ^^^^^
                  = help: an id of an event, quote, position, claim or question is meant
                  = help: there are no records yet
            """,
            id="unknown-record-in-same",
        ),
        pytest.param(
            {
                STORY: """\
                title: The bridge
                short:
                  text: |
                    A line.
                    See [this](#bridge-klosed).
                """,
            },
            """\
            content/stories/bridge.yaml:5:17: error[unknown-record]: there is no record 'bridge-klosed'
                5 |     See [this](#bridge-klosed).
                  |                 ^^^^^^^^^^^^^
                  = help: did you mean 'bridge-closed'?
            """,
            id="unknown-record-in-the-short-version",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - id: a
                    title: T
                    text: See [this](#zebra).
                    evidence: The council closed the bridge
                """,
            },
            """\
            content/articles/closed.yaml:4:23: error[unknown-record]: there is no record 'zebra'
                4 |     text: See [this](#zebra).
                  |                       ^^^^^
                  = help: an id of an event, quote, position, claim or question is meant
                  = help: the records are: a
            """,
            id="unknown-record-in-a-text",
        ),
        pytest.param(
            {
                STORY: """\
                title: The bridge
                changes:
                  - {date: 2026-03-09, text: Closed., records: [zebra]}
                """,
            },
            """\
            content/stories/bridge.yaml:3:49: error[unknown-record]: there is no record 'zebra'
                3 |   - {date: 2026-03-09, text: Closed., records: [zebra]}
                  |                                                 ^^^^^
                  = help: an id of an event, quote, position, claim or question is meant
                  = help: the records are: bridge-closed
            """,
            id="unknown-record-in-changes",
        ),
        pytest.param(
            {
                "redirects.yaml": """\
                old: zebra
                """,
            },
            """\
            content/redirects.yaml:1:6: error[unknown-record]: there is no record 'zebra'
                1 | old: zebra
                  |      ^^^^^
                  = help: an id of an event, quote, position, claim or question is meant
                  = help: the records are: bridge-closed
            """,
            id="unknown-record-in-redirects",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, place: quai, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:30: error[unknown-place]: there is no place 'quai'
                2 |   - {id: a, title: T, place: quai, evidence: The council closed the bridge}
                  |                              ^^^^
                  = help: did you mean 'quay'?
            """,
            id="unknown-place",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, place: zebra, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:30: error[unknown-place]: there is no place 'zebra'
                2 |   - {id: a, title: T, place: zebra, evidence: The council closed the bridge}
                  |                              ^^^^^
                  = help: add a line 'zebra: {name: …}' to content/places.yaml
                  = help: the places are: quay
            """,
            id="unknown-place-like-no-other",
        ),
        pytest.param(
            {
                NOTES: """\
                positions:
                  - {actor: quill, issue: honey, stance: wants it, evidence: She wants}
                """,
            },
            """\
            content/articles/closed.yaml:2:27: error[unknown-issue]: there is no issue 'honey'
                2 |   - {actor: quill, issue: honey, stance: wants it, evidence: She wants}
                  |                           ^^^^^
                  = help: did you mean 'money'?
            """,
            id="unknown-issue",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace("story: bridge", "story: bridges"),
            },
            """\
            content/articles/closed.md:6:8: error[unknown-story]: there is no story 'bridges'
                6 | story: bridges
                  |        ^^^^^^^
                  = help: did you mean 'bridge'?
            """,
            id="unknown-story",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, stories: [zebra], evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[unknown-story]: there is no story 'zebra'
                2 |   - {id: a, title: T, stories: [zebra], evidence: The council closed the bridge}
                  |                                 ^^^^^
                  = help: write content/stories/zebra.yaml; one line is enough: 'title: …'
                  = help: the stories are: bridge
            """,
            id="unknown-story-of-an-event",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace(
                    "story: bridge", "recommended: {pin: [clozed], block: [zebra]}"
                ),
            },
            """\
            content/articles/closed.md:6:21: error[unknown-article]: there is no article 'clozed'
                6 | recommended: {pin: [clozed], block: [zebra]}
                  |                     ^^^^^^
                  = help: did you mean 'closed'?

            content/articles/closed.md:6:38: error[unknown-article]: there is no article 'zebra'
                6 | recommended: {pin: [clozed], block: [zebra]}
                  |                                      ^^^^^
                  = help: the slug is the name of a file in content/articles/ without '.md'
                  = help: the articles are: closed
            """,
            id="unknown-article",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: b, title: T, after: q, evidence: The council closed the bridge}
                quotes:
                  - {id: q, actor: quill, text: Nobody has been hurt}
                """,
            },
            """\
            content/articles/closed.yaml:2:30: error[wrong-kind]: 'q' is a quote, and an event is meant here
                2 |   - {id: b, title: T, after: q, evidence: The council closed the bridge}
                  |                              ^
                  = help: there are no other events yet
            """,
            id="wrong-kind",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {same: q, evidence: The council closed the bridge}
                quotes:
                  - {id: q, actor: quill, text: Nobody has been hurt}
                """,
            },
            """\
            content/articles/closed.yaml:2:12: error[wrong-kind]: 'q' is a quote, and this is an event
                2 |   - {same: q, evidence: The council closed the bridge}
                  |            ^
                  = help: 'same' takes the id of an event; to refer to another record write 'rests_on'
            """,
            id="wrong-kind-with-same",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: The council closed the bridge}
                quotes:
                  - {id: a, actor: quill, text: Nobody has been hurt}
                """,
            },
            """\
            content/articles/closed.yaml:4:10: error[duplicate-id]: the id 'a' is taken by the event in content/articles/closed.yaml, line 2
                4 |   - {id: a, actor: quill, text: Nobody has been hurt}
                  |          ^
                  = help: if it is another quote, give this one a name of its own: 'id: …'
                  = help: if it is the same thing, write 'same: a' instead
            """,
            id="duplicate-id",
        ),
        pytest.param(
            {
                NOTES: """\
                quotes:
                  - {actor: quill, text: Nobody has been hurt}
                  - {actor: quill, text: Nobody has been}
                """,
            },
            """\
            content/articles/closed.yaml:3:5: error[duplicate-id]: the id 'quill-nobody-has-been' is taken by the quote in content/articles/closed.yaml, line 2
                3 |   - {actor: quill, text: Nobody has been}
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: if it is another quote, give this one a name of its own: 'id: …'
                  = help: if it is the same thing, write 'same: quill-nobody-has-been' instead
            """,
            id="duplicate-id-by-rule",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, date: 2026-03-09, evidence: The council closed the bridge}
                  - {same: a, date: 2026-03-08, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:3:21: warning[contradictory-dates]: 'a' is dated 2026-03-08 here and 2026-03-09 in content/articles/closed.yaml, line 2; both stand on the page
                3 |   - {same: a, date: 2026-03-08, evidence: The council closed the bridge}
                  |                     ^^^^^^^^^^
                  = help: if it is meant, add 'allow: [contradictory-dates]' to the record
            """,
            id="contradictory-dates",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, date: 2026-03?, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:29: warning[date-note-missing]: '2026-03?' is a guess, and nothing says on what it rests
                2 |   - {id: a, title: T, date: 2026-03?, evidence: The council closed the bridge}
                  |                             ^^^^^^^^
                  = help: say it: add a line 'date_note: …' to the event
                  = help: where the date is certain after all, remove the '?'
                  = help: if it is meant, add 'allow: [date-note-missing]' to the record
            """,
            id="date-note-missing",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T}
                roles:
                  - {actor: quill, role: Mayor}
                """,
            },
            """\
            content/articles/closed.yaml:2:5: warning[no-source]: the event 'a' has neither evidence nor a source
                2 |   - {id: a, title: T}
                  |     ^^^^^^^^^^^^^^^^^
                  = help: add 'evidence: words of the article', 'rests_on: [ids]' or 'sources: …'
                  = help: if it is meant, add 'allow: [no-source]' to the record

            content/articles/closed.yaml:4:5: warning[no-source]: the role has neither evidence nor a source
                4 |   - {actor: quill, role: Mayor}
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: add 'evidence: words of the article' or 'sources: …'
                  = help: if it is meant, add 'allow: [no-source]' to the record
            """,
            id="no-source",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: The council shut the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: these words do not stand in content/articles/closed.md
                2 |   - {id: a, title: T, evidence: The council shut the bridge}
                  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: only 'shut' differs: 'closed' stands there
                  = help: the nearest passage is: The council closed the bridge
            """,
            id="evidence-not-found",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: zebras}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: these words do not stand in content/articles/closed.md
                2 |   - {id: a, title: T, evidence: zebras}
                  |                                 ^^^^^^
                  = help: copy the words from the article, as they stand there
            """,
            id="evidence-not-found-and-nothing-near",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: The zebra shut ... on Monday}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: the words before '...' do not stand in content/articles/closed.md
                2 |   - {id: a, title: T, evidence: The zebra shut ... on Monday}
                  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: copy the words from the article, as they stand there
            """,
            id="evidence-not-found-before-the-dots",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: The council closed ... on Tuesday}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: the words behind '...' do not stand in content/articles/closed.md
                2 |   - {id: a, title: T, evidence: The council closed ... on Tuesday}
                  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: the nearest passage is: on Monday.
            """,
            id="evidence-not-found-behind-the-dots",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: The council closed ... on the quay}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: the words behind '...' stand in another paragraph of content/articles/closed.md
                2 |   - {id: a, title: T, evidence: The council closed ... on the quay}
                  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: write both as passages of their own, each on a line that begins with '- '
            """,
            id="evidence-not-found-in-this-paragraph",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: {exact: The council closed, prefix: zebra}}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: these words stand in content/articles/closed.md, but not between this 'prefix' and 'suffix'
                2 |   - {id: a, title: T, evidence: {exact: The council closed, prefix: zebra}}
                  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: the nearest passage is: The council closed the bridge
            """,
            id="evidence-not-found-with-this-prefix",
        ),
        pytest.param(
            {
                NOTES: """\
                quotes:
                  - {id: q, actor: quill, text: "has been hurt [...] Nobody"}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: the parts around '[...]' do not follow one another in content/articles/closed.md
                2 |   - {id: q, actor: quill, text: "has been hurt [...] Nobody"}
                  |                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: copy the words from the article, as they stand there
            """,
            id="evidence-not-found-in-this-order",
        ),
        pytest.param(
            {
                NOTES: """\
                quotes:
                  - {id: q, actor: quill, text: Nobody was hurt}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-not-found]: these words do not stand in content/articles/closed.md
                2 |   - {id: q, actor: quill, text: Nobody was hurt}
                  |                                 ^^^^^^^^^^^^^^^
                  = help: the nearest passage is: Nobody has been hurt
            """,
            id="evidence-not-found-of-a-quote",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace(
                    "story: bridge", "notes: [{at: zebra words, text: Mind the zebra.}]"
                ),
            },
            """\
            content/articles/closed.md:6:14: error[evidence-not-found]: these words do not stand in content/articles/closed.md
                6 | notes: [{at: zebra words, text: Mind the zebra.}]
                  |              ^^^^^^^^^^^
                  = help: copy the words from the article, as they stand there
            """,
            id="evidence-not-found-of-a-note",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: The council}
                """,
            },
            """\
            content/articles/closed.yaml:2:33: error[evidence-ambiguous]: these words stand 2 times in content/articles/closed.md
                2 |   - {id: a, title: T, evidence: The council}
                  |                                 ^^^^^^^^^^^
                  = help: to mean this place, write: The council closed
                  = help: to mean this place, write: The council said
            """,
            id="evidence-ambiguous",
        ),
        pytest.param(
            {
                STORY: """\
                title: The bridge
                events:
                  - {id: a, title: T, evidence: The council}
                roles:
                  - {actor: quill, role: Mayor, evidence: Mayor Mara Quill}
                """,
            },
            """\
            content/stories/bridge.yaml:3:33: error[evidence-without-article]: evidence is words of an article, and this file belongs to none
                3 |   - {id: a, title: T, evidence: The council}
                  |                                 ^^^^^^^^^^^
                  = help: move the record beside its article, or write 'rests_on: [ids of records]'

            content/stories/bridge.yaml:5:43: error[evidence-without-article]: evidence is words of an article, and this file belongs to none
                5 |   - {actor: quill, role: Mayor, evidence: Mayor Mara Quill}
                  |                                           ^^^^^^^^^^^^^^^^
            """,
            id="evidence-without-article",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, after: c, evidence: The council closed the bridge}
                  - {id: b, title: U, after: a, evidence: The council closed the bridge}
                  - {id: c, title: V, after: b, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:4:30: error[order-cycle]: these events stand before one another in a circle: 'a' → 'b' → 'c' → 'a'
                4 |   - {id: c, title: V, after: b, evidence: The council closed the bridge}
                  |                              ^
                  = help: remove one 'after' or 'before' of the circle
            """,
            id="order-cycle",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, after: a, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:30: error[order-cycle]: these events stand before one another in a circle: 'a' → 'a'
                2 |   - {id: a, title: T, after: a, evidence: The council closed the bridge}
                  |                              ^
                  = help: remove one 'after' or 'before' of the circle
            """,
            id="order-cycle-of-one",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, date: 2026-03-09, evidence: The council closed the bridge}
                  - {id: b, title: U, date: 2026-03-01, after: a, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:3:48: error[date-against-order]: 'b' (2026-03-01) cannot come after 'a' (2026-03-09)
                3 |   - {id: b, title: U, date: 2026-03-01, after: a, evidence: The council closed the bridge}
                  |                                                ^
                  = help: mend one of the dates, or remove the constraint
            """,
            id="date-against-order",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, date: 2026-03-09, evidence: The council closed the bridge}
                  - {id: m, title: U, after: a, before: b, evidence: The council closed the bridge}
                  - {id: b, title: V, date: 2026-03-01, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:3:41: error[date-against-order]: 'b' (2026-03-01) cannot come after 'm', which comes after 'a' (2026-03-09)
                3 |   - {id: m, title: U, after: a, before: b, evidence: The council closed the bridge}
                  |                                         ^
                  = help: mend one of the dates, or remove the constraint
            """,
            id="date-against-order-over-one-between",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, date: 1890, actors: [council], evidence: The council closed the bridge}
                  - {id: b, title: U, date: 2031, actors: [lind], evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:44: error[actor-not-alive]: 'council' cannot act on 1890: founded 1900
                2 |   - {id: a, title: T, date: 1890, actors: [council], evidence: The council closed the bridge}
                  |                                            ^^^^^^^
                  = help: that is said in content/actors.yaml, line 3

            content/articles/closed.yaml:3:44: error[actor-not-alive]: 'lind' cannot act on 2031: died 2030
                3 |   - {id: b, title: U, date: 2031, actors: [lind], evidence: The council closed the bridge}
                  |                                            ^^^^
                  = help: that is said in content/actors.yaml, line 2
            """,
            id="actor-not-alive",
        ),
        pytest.param(
            {
                "actors/mayor.yaml": """\
                name: The Mayor
                kind: group
                aliases: [Big M, Mara Quill]
                """,
            },
            """\
            content/actors/mayor.yaml:3:18: error[ambiguous-alias]: 'Mara Quill' is a name of 'mayor' and of 'quill'
                3 | aliases: [Big M, Mara Quill]
                  |                  ^^^^^^^^^^
                  = help: the other stands in content/actors.yaml, line 1
                  = help: write it under 'also:' where it should be found but not linked
            """,
            id="ambiguous-alias",
        ),
        pytest.param(
            {
                **DRAFT,
                STORY: """\
                title: The bridge
                short:
                  text: See [this](#secret).
                """,
            },
            """\
            content/stories/bridge.yaml:3:21: error[not-published]: 'secret' is a record of an article that is not published
                3 |   text: See [this](#secret).
                  |                     ^^^^^^
                  = help: publish the article, or take the link out
            """,
            id="not-published",
        ),
        pytest.param(
            {
                **DRAFT,
                STORY: """\
                title: The bridge
                questions:
                  - {id: q, question: What?, answer: 'See [this](#secret).'}
                """,
            },
            """\
            content/stories/bridge.yaml:3:51: error[not-published]: 'secret' is a record of an article that is not published
                3 |   - {id: q, question: What?, answer: 'See [this](#secret).'}
                  |                                                   ^^^^^^
                  = help: publish the article, or take the link out
            """,
            id="not-published-in-an-answer",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace(
                    "story: bridge", "image: {file: harbor.jpg, alt: The harbour}"
                ),
            },
            """\
            content/articles/closed.md:6:15: error[no-image]: there is no picture content/images/harbor.jpg
                6 | image: {file: harbor.jpg, alt: The harbour}
                  |               ^^^^^^^^^^
                  = help: did you mean 'harbour.jpg'?
            """,
            id="no-image",
        ),
        pytest.param(
            {
                "articles/lost.yaml": """\
                events: []
                """,
            },
            """\
            content/articles/lost.yaml:1:1: error[no-article]: no article belongs to these annotations
                1 | events: []
                  | ^
                  = help: there is no content/articles/lost.md beside them
            """,
            id="no-article",
        ),
        pytest.param(
            {
                "articles/lost.de.md": """\
                ---
                title: D
                date: 2026-03-01
                ---
                Worte.
                """,
            },
            """\
            content/articles/lost.de.md:1:1: error[no-article]: there is no content/articles/lost.md that this translates
                1 | ---
                  | ^
            """,
            id="no-article-for-a-translation",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {title: 日本, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:5: error[missing-key]: this event needs an 'id'
                2 |   - {title: 日本, evidence: The council closed the bridge}
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: none can be made from its words; write for example 'id: berlin-talks'
            """,
            id="missing-key-id",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:2:5: error[missing-key]: the event has no 'title'
                2 |   - {id: a, evidence: The council closed the bridge}
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: add 'title: …'
                  = help: what another article describes already is written '{same: its-id, …}'
                  = help: not sure that it is an event? docs/which-record.md tells
            """,
            id="missing-key-title",
        ),
        pytest.param(
            {
                NOTES: """\
                claims:
                  - {id: c, text: It is so., evidence: She wants}
                  - id: d
                    actor: quill
                    text: It is so.
                    evidence: She wants
                    responses:
                      - {kind: denies}
                """,
            },
            """\
            content/articles/closed.yaml:2:5: error[missing-key]: the claim has neither a 'quote' nor 'actor' and 'text'
                2 |   - {id: c, text: It is so., evidence: She wants}
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: add 'quote: id-of-a-quote', or both 'actor: …' and 'text: …'
                  = help: not sure that it is a claim? docs/which-record.md tells

            content/articles/closed.yaml:8:9: error[missing-key]: the response has neither a 'quote' nor 'actor' and 'text'
                8 |       - {kind: denies}
                  |         ^^^^^^^^^^^^^^
                  = help: add 'quote: id-of-a-quote', or both 'actor: …' and 'text: …'
            """,
            id="missing-key-of-a-claim",
        ),
        pytest.param(
            {
                NOTES: """\
                roles:
                  - {role: Mayor, evidence: Mayor Mara Quill}
                """,
            },
            """\
            content/articles/closed.yaml:2:5: error[missing-key]: the role has no 'actor'
                2 |   - {role: Mayor, evidence: Mayor Mara Quill}
                  |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: add 'actor: …'
            """,
            id="missing-key-of-a-role",
        ),
        pytest.param(
            {
                "actors/reed.yaml": """\
                name: Jonas Reed
                kind: person
                ties:
                  - {tie: rival of}
                """,
            },
            """\
            content/actors/reed.yaml:4:5: error[missing-key]: a tie needs 'tie' and 'actor'
                4 |   - {tie: rival of}
                  |     ^^^^^^^^^^^^^^^
            """,
            id="missing-key-of-a-tie",
        ),
        pytest.param(
            {
                NOTES: """\
                positions:
                  - {actor: quill, issue: money, stance: no, since: 14 Dec 2025, evidence: She wants}
                """,
            },
            """\
            content/articles/closed.yaml:2:53: error[bad-date]: "14 Dec 2025" is not a date; write it like 2025-12-14, 2025-12, 2025 or 2025~
                2 |   - {actor: quill, issue: money, stance: no, since: 14 Dec 2025, evidence: She wants}
                  |                                                     ^^^^^^^^^^^
                  = help: did you mean '2025-12-14'?
                  = help: or name an event by its id
            """,
            id="bad-date-of-a-position",
        ),
        pytest.param(
            {
                NOTES: """\
                events:
                  - {id: a, title: T, evidence: The council closed the bridge}
                  - {id: b, was: a, title: U, evidence: The council closed the bridge}
                """,
            },
            """\
            content/articles/closed.yaml:3:18: error[id-in-use]: 'a' cannot be a former id of 'b': the record 'a' has it
                3 |   - {id: b, was: a, title: U, evidence: The council closed the bridge}
                  |                  ^
                  = help: take it out of 'was', or give the other an id of its own
            """,
            id="id-in-use",
        ),
        pytest.param(
            {
                "pages/tags.md": """\
                ---
                title: Tags
                ---
                Words.
                """,
            },
            """\
            content/pages/tags.md:1:1: error[reserved-id]: a page cannot be called 'tags': that address is the site's own
                1 | ---
                  | ^
                  = help: give the file another name
                  = help: taken are: actors, archives, articles, authors, data, embed, images, issues, places, search, stories, tags, terms, theme, timeline
            """,
            id="reserved-id",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace(
                    "a new bridge", "a [new]({filename}nowhere.md) bridge"
                ),
            },
            """\
            content/articles/closed.md:10:78: error[dead-link]: '{filename}nowhere.md' leads to nothing that is published on this site
               10 | …d on the quay. She wants a [new]({filename}nowhere.md) bridge.
                  |                                   ^^^^^^^^^^^^^^^^^^^^
                  = help: for example: {filename}other-article.md, {static}images/map.png
            """,
            id="dead-link",
        ),
        pytest.param(
            {
                **DRAFT,
                ARTICLE: TOWN[ARTICLE].replace(
                    "a new bridge", "a [new]({filename}draft.md) bridge"
                ),
            },
            """\
            content/articles/closed.md:10:78: error[dead-link]: '{filename}draft.md' leads to nothing that is published on this site
               10 | …d on the quay. She wants a [new]({filename}draft.md) bridge.
                  |                                   ^^^^^^^^^^^^^^^^^^
                  = help: for example: {filename}other-article.md, {static}images/map.png
            """,
            id="dead-link-to-a-draft",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace(
                    "a new bridge", "a [new]({static}images/harbor.jpg) bridge"
                ),
            },
            """\
            content/articles/closed.md:10:78: error[dead-link]: '{static}images/harbor.jpg' leads to nothing that is published on this site
               10 | …d on the quay. She wants a [new]({static}images/harbor.jpg) bridge.
                  |                                   ^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: for example: {filename}other-article.md, {static}images/map.png
            """,
            id="dead-link-to-a-picture",
        ),
        pytest.param(
            {
                ARTICLE: TOWN[ARTICLE].replace("a new bridge", "a [new](#bridge-close) bridge"),
            },
            """\
            content/articles/closed.md:10:78: error[dead-link]: '#bridge-close' leads to no record that is published, and to no heading here
               10 | “Nobody has been hurt,” Mayor Mara Quill said on the quay. She wants a [new](#bridge-close) bridge.
                  |                                                                              ^^^^^^^^^^^^^
                  = help: did you mean 'bridge-closed'?
            """,
            id="dead-link-to-a-record",
        ),
        pytest.param(
            {
                "pages/about.md": """\
                ---
                title: About
                ---
                See [this]({filename}/articles/nowhere.md).
                """,
            },
            """\
            content/pages/about.md:4:12: error[dead-link]: '{filename}/articles/nowhere.md' leads to nothing that is published on this site
                4 | See [this]({filename}/articles/nowhere.md).
                  |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                  = help: for example: {filename}other-article.md, {static}images/map.png
            """,
            id="dead-link-in-a-page",
        ),
        pytest.param(
            {
                "articles/draft.md": """\
                ---
                title: D
                date: 2026-03-01
                status: draft
                ---
                See [this]({filename}nowhere.md).
                """,
            },
            """\
            content/articles/draft.md:6:12: error[dead-link]: '{filename}nowhere.md' leads to nothing that is published on this site
                6 | See [this]({filename}nowhere.md).
                  |            ^^^^^^^^^^^^^^^^^^^^
                  = help: for example: {filename}other-article.md, {static}images/map.png
            """,
            id="dead-link-in-a-draft",
        ),
        pytest.param(
            {
                STORY: """\
                title: The bridge
                short: {text: 'See [this]({filename}nowhere.md).'}
                """,
            },
            """\
            content/stories/bridge.yaml:2:27: error[dead-link]: '{filename}nowhere.md' leads to nothing that is published on this site
                2 | short: {text: 'See [this]({filename}nowhere.md).'}
                  |                           ^^^^^^^^^^^^^^^^^^^^
                  = help: for example: {filename}other-article.md, {static}images/map.png
            """,
            id="dead-link-in-the-short-version",
        ),
    ],
)
def test_problem_is_told_with_place_and_cure(files: dict[str, str], wanted: str) -> None:
    assert messages(small_site(files, images=IMAGES)) == dedent(wanted).rstrip("\n")


WARNED = {
    "contradictory-dates": "  - {id: a, title: T, date: 2026-03-09, evidence: The council closed}\n"
    "  - {same: a, date: 2026-03-08, evidence: The council closed, allow: [%s]}\n",
    "date-note-missing": "  - {id: a, title: T, date: 2026?, evidence: The council closed, allow: [%s]}\n",
    "no-source": "  - {id: a, title: T, allow: [%s]}\n",
}


@pytest.mark.parametrize("code", WARNED)
def test_warning_stops_a_strict_run_only(code: str) -> None:
    files = {NOTES: "events:\n" + WARNED[code] % "other-code"}
    plain, strict = small_site(files), small_site(files, strict=True)
    assert [problem.code for problem in plain.report.problems] == [code]
    assert (plain.report.failed, strict.report.failed) == (False, True)


@pytest.mark.parametrize("code", WARNED)
def test_warning_is_silent_where_the_record_allows_it(code: str) -> None:
    site = small_site({NOTES: "events:\n" + WARNED[code] % code}, strict=True)
    assert site.report.problems == ()


def test_error_is_never_silenced() -> None:
    record = "  - {id: a, title: T, actors: [quil], allow: [unknown-actor], " + WORDS + "}\n"
    assert small_site({NOTES: "events:\n" + record}).report.failed


@pytest.mark.parametrize(
    ("section", "record", "wanted"),
    [
        (
            "events",
            "{title: The council closes the bridge at dawn today}",
            "the-council-closes-the-bridge-at",
        ),
        ("questions", "{question: Who pays for it all in the end?}", "who-pays-for-it-all-in"),
        ("quotes", "{actor: quill, text: Nobody has been hurt}", "quill-nobody-has-been"),
        ("quotes", "{actor: [quill, lind], text: Nobody ... hurt}", "quill-nobody-hurt"),
        ("claims", "{actor: lind, text: He had warned of cracks}", "lind-he-had-warned"),
        ("positions", "{actor: quill, issue: money, stance: no}", "quill-money"),
        ("positions", "{id: named, actor: quill, issue: money, stance: no}", "named"),
    ],
    ids=["event", "question", "quote", "quote-of-two", "claim", "position", "written"],
)
def test_id_follows_the_rule_of_its_kind(section: str, record: str, wanted: str) -> None:
    site = small_site({NOTES: f"{section}:\n  - {record}\n"})
    assert list(site.graph.entries) == [wanted]


SAME = {
    "articles/later.md": "---\ntitle: Later\ndate: 2026-03-20\nstory: bridge\n---\nIt was shut in the rain. Lind saw it.\n",
    "articles/later.yaml": """\
        events:
          - same: bridge-closed
            actors: [lind, {council: by order}]
            evidence: It was shut
            sources: [{title: Minutes}]
        """,
}


def test_same_joins_people_passages_and_sources() -> None:
    entry = small_site(SAME).graph.entries["bridge-closed"]
    assert [(who.actor, who.words) for who in entry.who] == [("council", "by order"), ("lind", "")]
    assert [(one.article, one.words) for one in entry.evidence] == [
        ("closed", "The council closed the bridge"),
        ("later", "It was shut"),
    ]
    assert [source.title for source in entry.sources] == ["Minutes"]


def test_passages_of_one_record_have_anchors_of_their_own() -> None:
    notes = "events:\n  - id: a\n    title: T\n    evidence: [The council closed, found cracks]\n    allow: [cut-by-comma]\n"
    entry = small_site({NOTES: notes}).graph.entries["a"]
    assert [one.anchor for one in entry.evidence] == ["evidence-a", "evidence-a_2"]


def test_rests_on_brings_passages_and_sources_once_even_in_a_circle() -> None:
    notes = f"""\
        events:
          - {{id: a, title: T, rests_on: [b], {WORDS}, sources: [{{title: Minutes}}]}}
          - {{id: b, title: U, rests_on: [a]}}
        """
    entry = small_site({NOTES: notes}).graph.entries["b"]
    assert [one.anchor for one in entry.evidence] == ["evidence-a"]
    assert [source.title for source in entry.sources] == ["Minutes"]


def test_claim_of_a_quote_takes_its_speaker_and_passage() -> None:
    notes = "quotes:\n  - {id: q, actor: quill, text: Nobody has been hurt}\nclaims:\n  - {id: c, quote: q}\n"
    entry = small_site({NOTES: notes}).graph.entries["c"]
    assert entry.actor_ids == ("quill",)
    assert [one.words for one in entry.evidence] == ["Nobody has been hurt"]


def test_record_in_two_stories_has_the_first_for_its_home() -> None:
    notes = f"events:\n  - {{id: a, title: T, stories: [other, bridge], {WORDS}}}\n"
    site = small_site({NOTES: notes, "stories/other.yaml": "title: Another\n"})
    assert site.graph.entries["a"].stories == ("other", "bridge")


def test_file_that_cannot_be_read_makes_no_second_problem() -> None:
    files = {
        NOTES: "events:\n  - id: a\n    title: A colon: here\n",
        STORY: "title: The bridge\nquestions:\n  - {id: q, question: What?, rests_on: [a, by-rule]}\n",
        "actors.yaml": "quill: {name: Mara Quill, kind: person}\nlind: {\n",
        "articles/later.md": SAME["articles/later.md"],
        "articles/later.yaml": "events:\n  - {same: a, actors: [lind], evidence: It was shut}\n",
    }
    site = small_site(files)
    assert [(p.code, p.location.file) for p in site.report.problems] == [
        ("yaml-syntax", "content/actors.yaml"),
        ("yaml-syntax", "content/articles/closed.yaml"),
    ]


def test_links_of_an_article_lead_to_pages_and_records() -> None:
    body = "See [a]({filename}later.md#x), [b](#bridge-closed), [c](/news/x) and [d]({filename}/actors/lind.yaml)."
    files = {
        "actors.yaml": TOWN["actors.yaml"].replace("lind:", "lynd:"),
        "actors/lind.yaml": "name: Otto Lindt\nkind: person\n",
        "articles/later.md": SAME["articles/later.md"],
        "articles/links.md": f"---\ntitle: Links\ndate: 2026-03-21\n---\n{body}\n",
    }
    site = small_site(files)
    assert site.report.problems == ()
    assert site.graph.articles["links"].fragment.html == (
        '<p>See <a href="/news/articles/later/#x">a</a>, '
        '<a href="/news/stories/bridge/#event-bridge-closed">b</a>, '
        '<a href="/news/x">c</a> and <a href="/news/actors/lind/">d</a>.</p>\n'
    )


# ------------------------------------------------------------------------- what is withheld

PUBLIC = "articles/later.md"
ADDED = "articles/later.yaml"


def withheld(draft: str, public: str = "") -> dict[str, str]:
    """Records of a draft, and records of a published article."""
    return {
        "articles/closed.md": TOWN[ARTICLE].replace("story: bridge", "status: draft"),
        NOTES: draft,
        PUBLIC: SAME[PUBLIC],
        **({ADDED: public} if public else {}),
    }


EVENT = "events:\n  - {id: a, title: Secret, date: 2026-03-09, actors: [quill], " + WORDS + "}\n"


def test_record_of_a_draft_is_gone() -> None:
    site = small_site(withheld(EVENT))
    assert (dict(site.graph.entries), site.report.problems) == ({}, ())


def test_record_of_a_draft_keeps_what_a_published_article_says() -> None:
    added = "events:\n  - {same: a, title: Shut, evidence: It was shut}\n"
    entry = small_site(withheld(EVENT, added)).graph.entries["a"]
    assert (entry.article, entry.actor_ids, [e.words for e in entry.evidence]) == (
        "later",
        (),
        ["It was shut"],
    )
    assert (getattr(entry.record, "title", ""), getattr(entry.record, "date", "")) == ("Shut", None)


def test_addition_of_a_draft_adds_nothing() -> None:
    added = "events:\n  - {id: a, title: Shut, evidence: It was shut}\n"
    draft = "events:\n  - {same: a, actors: [quill], " + WORDS + "}\n"
    entry = small_site(withheld(draft, added)).graph.entries["a"]
    assert (entry.actor_ids, entry.additions, len(entry.evidence)) == ((), (), 1)


def test_words_of_a_quote_are_those_of_the_published_article() -> None:
    draft = "quotes:\n  - {id: q, actor: quill, text: Nobody has been hurt}\n"
    added = "quotes:\n  - {same: q, actor: quill, text: in the rain}\n"
    graph = small_site(withheld(draft, added)).graph
    assert graph.quote_texts == {"q": "in the rain"}


def test_response_of_a_draft_is_gone() -> None:
    claim = "claims:\n  - id: c\n    actor: lind\n    text: It was.\n    evidence: Lind saw it\n"
    draft = "claims:\n  - same: c\n    responses:\n      - {actor: council, kind: denies, text: Secret., evidence: knew of nothing}\n"
    graph = small_site(withheld(draft, claim)).graph
    assert graph.responses == {"c": ()}


@pytest.mark.parametrize(
    ("draft", "public", "place", "message", "cure"),
    [
        (
            EVENT,
            "events:\n  - {same: a, evidence: It was shut}\n",
            (2, 12),
            "'a' is described in an article that is not published",
            "add 'title' here, or publish the article",
        ),
        (
            "quotes:\n  - {id: q, actor: quill, text: Nobody has been hurt}\n",
            "claims:\n  - {id: c, quote: q}\n",
            (2, 20),
            "'q' is a quote of an article that is not published",
            "publish the article, or write 'actor' and 'text' instead",
        ),
    ],
    ids=["same", "quote"],
)
def test_what_is_published_does_not_rest_on_a_draft(
    draft: str, public: str, place: tuple[int, int], message: str, cure: str
) -> None:
    (problem,) = small_site(withheld(draft, public)).report.problems
    assert (problem.code, problem.severity) == ("not-published", "error")
    assert (problem.location.file, problem.location.line, problem.location.column) == (
        f"content/{ADDED}",
        *place,
    )
    assert (problem.message, problem.help) == (message, (cure,))


@pytest.mark.parametrize(
    ("date", "is_published"),
    [("2026-05-31", True), ("2026-06-01", True), ("2026-06-01T23:59", True), ("2026-06-02", False)],
)
def test_article_is_published_from_its_day_on(date: str, is_published: bool) -> None:
    text = TOWN[ARTICLE].replace("date: 2026-03-10", f"date: {date}")
    assert ("closed" in small_site({ARTICLE: text}).graph.articles) == is_published


@pytest.mark.parametrize("status", ["planned", "proposed", "refused", "cancelled"])
def test_plan_may_name_somebody_who_died_before_its_day(status: str) -> None:
    plan = "events:\n  - {id: a, title: T, date: 2031, status: " + status + ", actors: [lind], "
    site = small_site({NOTES: plan + WORDS + "}\n"})
    assert site.report.problems == ()


def test_unknown_id_names_three_of_many_those_of_its_own_file_first_and_where_all_stand() -> None:
    event = "  - {{id: {}, title: T, evidence: The council closed the bridge}}\n"
    other = "---\ntitle: Storm\ndate: 2026-02-01\n---\nThe council closed the bridge.\n"
    site = small_site(
        {
            "articles/storm.md": other,
            "articles/storm.yaml": "events:\n" + "".join(event.format(f"s{n}") for n in range(7)),
            NOTES: f"events:\n{event.format('a1')}{event.format('a2')}"
            "  - {id: b, title: T, after: zebra, evidence: The council closed the bridge}\n",
        }
    )
    [found] = site.report.problems
    assert found.help == (
        "the id of an event is meant here",
        (
            "3 of the 9 other events: a1, a2, s0; all stand in content/articles/*.yaml and "
            "content/stories/, as 'id:'"
        ),
    )
