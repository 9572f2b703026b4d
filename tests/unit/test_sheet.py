"""A sheet beside or in place of a story's YAML: what is read, and what an editor is told."""

# ruff: noqa: E501 - a message is compared as it is printed, in one line

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explainer.cli import main
from explainer.load import load_content
from explainer.model import Event
from explainer.problems import Problem, Report
from explainer.sheet import read_sheet
from explainer.sheet_columns import COLUMNS, meant_column
from explainer.site import ReadSite

from .small_site import TOWN, messages, small_pages, small_site

SHEET = "stories/bridge.csv"
TITLE = ",,,The bridge,title\n"


def site_of(text: str, files: Mapping[str, str | None] | None = None) -> ReadSite:
    """The town with a sheet beside the YAML of its story."""
    return small_site({SHEET: text, **(files or {})})


def row(cells: Mapping[str, str], files: Mapping[str, str | None] | None = None) -> ReadSite:
    """The town with a sheet of one row, which has an id and a source."""
    given = {"Id": "it", "Headline": "It happens", "Source": "Chronicle", **cells}
    quoted = ['"' + text.replace('"', '""') + '"' for text in given.values()]
    return site_of(",".join(given) + "\n" + ",".join(quoted) + "\n", files)


def event(site: ReadSite, name: str = "it") -> Event:
    record = site.graph.entries[name].record
    assert isinstance(record, Event)
    return record


def told(site: ReadSite) -> list[tuple[str, str]]:
    """Code and first words of each problem."""
    return [(p.code, p.message) for p in site.report.problems]


def problem(site: ReadSite) -> Problem:
    (one,) = site.report.problems
    return one


# ----------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    ("cells", "edtf"),
    [
        pytest.param("1888,,,,,,,,", "1888", id="year"),
        pytest.param("2026,3,,,,,,,", "2026-03", id="month"),
        pytest.param("2026,3,9,,,,,,", "2026-03-09", id="day"),
        pytest.param("2026,3,9,13:05,,,,,", "2026-03-09T13:05", id="time"),
        pytest.param("2026,3,9,1:05 pm,,,,,", "2026-03-09T13:05", id="afternoon"),
        pytest.param("2026,3,9,12:30 a.m.,,,,,", "2026-03-09T00:30", id="midnight"),
        pytest.param("2026,3,9,1305,,,,,", "2026-03-09T13:05", id="time without colon"),
        pytest.param("2026,3,9,13.05,,,,,", "2026-03-09T13:05", id="time with a point"),
        pytest.param("2026,3,9,13:05:30Z,,,,,", "2026-03-09T13:05:30Z", id="seconds"),
        pytest.param("2026,03,09,,2026,04,,,", "2026-03-09/2026-04", id="span"),
        pytest.param("2026,3,9,,2026,3,9,,", "2026-03-09", id="end is the beginning"),
        pytest.param('"1,066",,,,,,,,', "1066", id="comma of thousands"),
        pytest.param("2026.0,3.0,,,,,,,", "2026-03", id="numbers with a point"),
        pytest.param("-44,3,15,,,,,,", "-0043-03-15", id="BCE"),
        pytest.param("-1,,,,,,,,", "0000", id="year before 1 CE"),
        pytest.param("-66000000,,,,,,,,", "Y-66000000", id="long ago"),
        pytest.param(",,,,,,,,2025-12-XX", "2025-12-XX", id="EDTF"),
        pytest.param("2025,12,,,,,,,2025-12-14~", "2025-12-14~", id="EDTF beside year and month"),
        pytest.param(",,,,,,,,[2019..2021]", "[2019..2021]", id="one day between two"),
    ],
)
def test_cells_of_a_date_are_read_as_edtf(cells: str, edtf: str) -> None:
    head = "Year,Month,Day,Time,End Year,End Month,End Day,End Time,Date,Id,Headline,Source\n"
    site = site_of(f"{head}{cells},it,It happens,Chronicle\n")
    date = event(site).date
    assert (site.report.problems, date.edtf if date else None) == ((), edtf)


@pytest.mark.parametrize(
    ("cells", "cell", "message", "hints"),
    [
        pytest.param(
            {"Year": "2026", "Month": "13"},
            "B2",
            "there is no month 13",
            ("a month is a number from 1 to 12",),
            id="month 13",
        ),
        pytest.param(
            {"Year": "2026", "Month": "13", "Day": "4"},
            "B2",
            "there is no month 13",
            ("did you mean Month 4, Day 13?",),
            id="day and month exchanged",
        ),
        pytest.param(
            {"Year": "2026", "Month": "March"},
            "B2",
            "'March' is not a month; write a number from 1 to 12",
            ("did you mean 3?",),
            id="month by name",
        ),
        pytest.param(
            {"Year": "2026", "Month": "2", "Day": "30"},
            "C2",
            "February 2026 has no day 30; its last is 28",
            (),
            id="day 30 of February",
        ),
        pytest.param(
            {"Year": "2026", "Day": "9"},
            "B2",
            "there is a 'Day' and no 'Month'",
            ("fill 'Month', or empty this cell",),
            id="day without month",
        ),
        pytest.param(
            {"Year": "2026", "Month": "3", "Day": "9", "Time": "25:00"},
            "D2",
            "there is no time '25:00'; the day ends at 23:59",
            (),
            id="hour 25",
        ),
        pytest.param(
            {"Year": "2026", "Month": "3", "Day": "9", "Time": "0.545138889"},
            "D2",
            "'0.545138889' is a spreadsheet's number for a time",
            ("did you mean '13:05'?",),
            id="time as a number",
        ),
        pytest.param(
            {"Year": "2026", "End Year": "2025"},
            "B2",
            "the end is wrong: 2025 is before 2026: the earlier date comes first",
            (),
            id="end before the beginning",
        ),
        pytest.param(
            {"End Year": "2025"},
            "A2",
            "there is an end, and no 'Year' in which it begins",
            (),
            id="end alone",
        ),
        pytest.param(
            {"Year": "0"},
            "A2",
            "there is no year 0",
            ("the year before 1 CE is -1",),
            id="year 0",
        ),
        pytest.param(
            {"Year": "45735"},
            "A2",
            "45735 is what a spreadsheet calls 2025-03-19, not a year",
            (
                "did you mean Year 2025, Month 3, Day 19?",
                "if the year 45735 is meant, write Y45735 into the column 'Date'",
            ),
            id="day as a number",
        ),
        pytest.param(
            {"Year": "around 1963"},
            "A2",
            "'around 1963' is not a year; write a whole number such as 2026 or -44",
            (
                "did you mean '1963~' in the column 'Date'?",
                "what is not exact goes into 'Date': 1963~, 196X",
            ),
            id="words",
        ),
        pytest.param(
            {"Date": "12/03/2026"},
            "A2",
            '"12/03/2026" may be 2026-03-12 or 2026-12-03; write the one that is meant',
            (
                "did you mean '2026-03-12' or '2026-12-03'?",
                "spreadsheets rewrite dates: format the column as text before you type",
            ),
            id="day and month in either order",
        ),
        pytest.param(
            {"Date": "Mar-26"},
            "A2",
            '"Mar-26" is not a date; write it like 2025-12-14, 2025-12, 2025 or 2025~',
            (
                "did you mean '2026-03', or 'YYYY-03-26' with the year of that day?",
                "spreadsheets rewrite dates: format the column as text before you type",
            ),
            id="what Excel makes of 2026-03",
        ),
        pytest.param(
            {"Year": "2026", "Date": "2025-03"},
            "A2",
            "'2026' here and '2025-03' in the column 'Date' cannot both be true",
            ("mend one of the two; 'Date' is the one that is shown",),
            id="two dates",
        ),
    ],
)
def test_wrong_date_is_an_error_of_its_cell(
    cells: dict[str, str], cell: str, message: str, hints: tuple[str, ...]
) -> None:
    given = {**cells, "Id": "it", "Headline": "It happens", "Source": "Chronicle"}
    site = site_of(",".join(given) + "\n" + ",".join(given.values()) + "\n")
    found = problem(site)
    [data] = json.loads(site.report.json())
    assert (found.code, data["cell"], found.message, found.help) == (
        "bad-date",
        cell,
        message,
        hints,
    )


# ------------------------------------------------------------------------------------- ids


def test_ids_by_rule_stay_when_rows_are_added_above() -> None:
    head = "Year,Headline,Source\n"
    old = "1888,The bridge is opened,Chronicle\n1963,Trams leave the bridge,Chronicle\n"
    before = site_of(head + old).graph.entries
    after = site_of(f"{head}1850,The old bridge falls,Chronicle\n\n{old}").graph.entries
    assert set(after) - set(before) == {"the-old-bridge-falls"}


def test_ids_by_rule_are_told_as_the_whole_column() -> None:
    site = site_of(
        "Year,Headline,Source,Type\n"
        ",The bridge,,title\n"
        "1888,The bridge is opened,Chronicle,\n"
        "\n"
        "1963,Мост закрыт,Chronicle,\n"
    )
    assert messages(site).split("\n") == [
        "content/stories/bridge.csv, row 1, column A (Year): notice[id-by-rule]: 2 rows have no id, so their links follow from the headlines and change with them",
        "   A1 | Year",
        "      | ^^^^",
        "      = help: to keep the links for good, paste this into E1 and below:",
        *("Id", "", "the-bridge-is-opened", "", "event-1963"),
    ]


def test_notice_never_stops_a_build() -> None:
    site = small_site({SHEET: "Year,Headline,Source\n1888,Opened,Chronicle\n"}, strict=True)
    assert (site.report.failed, [p.severity for p in site.report.problems]) == (False, ["notice"])


def test_rows_of_the_same_headline_need_ids_of_their_own() -> None:
    site = site_of("Year,Headline,Source\n2024,Election,A\n2028,Election,B\n")
    found = problem(site)
    assert (found.code, found.message, found.help) == (
        "duplicate-id",
        "the id 'election' is that of row 2, too",
        ("write one of its own into the column 'Id', for example election-2028",),
    )


# ---------------------------------------------------------------------------------- values


def test_actors_and_places_may_stand_by_name() -> None:
    site = row(
        {
            "Year": "2026",
            "Actors": "Mara Quill: host; council; unnamed: two aides",
            "Place": "The Quay",
        }
    )
    record = event(site)
    who = [(one.actor, one.words) for one in record.actors]
    assert (site.report.problems, who, record.place) == (
        (),
        [("quill", "host"), ("council", ""), ("unnamed", "two aides")],
        "quay",
    )


@pytest.mark.parametrize(
    ("text", "sources"),
    [
        pytest.param("Minutes", [("Minutes", None)], id="title"),
        pytest.param(
            "https://www.example.org/9?a=1",
            [("example.org", "https://www.example.org/9?a=1")],
            id="address",
        ),
        pytest.param(
            "Minutes, no. 9: https://example.org/9",
            [("Minutes, no. 9", "https://example.org/9")],
            id="both",
        ),
        pytest.param(
            "https://example.org/9 Minutes",
            [("Minutes", "https://example.org/9")],
            id="address first",
        ),
        pytest.param(
            "[Minutes](https://example.org/9)",
            [("Minutes", "https://example.org/9")],
            id="Markdown",
        ),
        pytest.param(
            "A https://a.org; B https://b.org",
            [("A", "https://a.org"), ("B", "https://b.org")],
            id="two in a line",
        ),
        pytest.param(
            "Book one; part two\nhttps://b.org",
            [("Book one; part two", None), ("b.org", "https://b.org")],
            id="two lines",
        ),
    ],
)
def test_source_is_a_title_an_address_or_both(
    text: str, sources: list[tuple[str, str | None]]
) -> None:
    site = row({"Year": "2026", "Source": text})
    assert [(s.title, s.url) for s in event(site).sources] == sources


def test_evidence_is_words_of_the_article_that_the_row_names() -> None:
    site = row(
        {"Article": "closed", "Evidence": "Divers had found cracks\nin two piers", "Source": ""}
    )
    entry = site.graph.entries["it"]
    assert (
        site.report.problems,
        entry.article,
        entry.stories,
        [e.words for e in entry.evidence],
    ) == ((), "closed", ("bridge",), ["Divers had found cracks", "in two piers"])


def test_group_is_a_lane_of_the_yaml_by_its_title_else_a_new_one() -> None:
    text = "Id,Year,Headline,Source,Group\nit,2026,It happens,A,{}\n"
    lanes = {"stories/bridge.yaml": "title: The bridge\nlanes: [{id: town, title: The town}]\n"}
    listed = site_of(text.format("the Town"), lanes)
    new = site_of(text.format("The quay"))
    unknown = site_of(text.format("The tow"), lanes)
    assert (
        event(listed).lane,
        [(lane.id, lane.title) for lane in new.graph.stories["bridge"].lanes],
        told(unknown),
    ) == (
        "town",
        [("the-quay", "The quay")],
        [("unknown-lane", "the story has no lane 'The tow'")],
    )


def test_further_keys_of_an_event_may_be_columns() -> None:
    site = row(
        {
            "Date": "2026?",
            "date_note": "A guess.",
            "Tags": "harbour; trams",
            "Was": "old",
            "Status": "Planned",
            "Weight": "turning point",
        }
    )
    record = event(site)
    assert (site.report.problems, record.date_note, record.tags, record.was, record.status, record.weight) == (
        (), "A guess.", ("harbour", "trams"), ("old",), "planned", "turning-point",
    )  # fmt: skip


# ------------------------------------------------------------------------- the whole story


ALONE = {key: text for key, text in TOWN.items() if key.startswith("places")}


def test_sheet_alone_is_a_story() -> None:
    text = (
        "Date,Headline,Text,Type,Source\n"
        ",The bridge,How it came to be shut.,title,Town archive\n"
        "1888/1963,Trams cross the bridge,,,Yearbook\n"
        "1888/..,The iron bridge,,era,\n"
    )
    site = small_site({SHEET: text}, base=ALONE)
    story = site.graph.stories["bridge"]
    assert (
        [p.code for p in site.report.problems],
        story.title,
        story.short.text if story.short else None,
        [(e.title, e.date.edtf) for e in story.eras],
        [s.title for s in story.sources],
        list(site.graph.entries),
    ) == (
        ["id-by-rule"],
        "The bridge",
        "How it came to be shut.",
        [("The iron bridge", "1888/..")],
        ["Town archive"],
        ["trams-cross-the-bridge"],
    )


def test_yaml_comes_before_the_title_row() -> None:
    site = small_site(
        {
            SHEET: "Headline,Text,Type\nFrom the sheet,Words,title\n",
            "stories/bridge.yaml": "summary: From the YAML.\ntitle: The bridge\n",
        }
    )
    story = site.graph.stories["bridge"]
    assert (story.title, story.summary, story.short.text if story.short else None) == (
        "The bridge",
        "From the YAML.",
        "Words",
    )


def test_yaml_may_leave_its_title_to_the_sheet() -> None:
    site = small_site(
        {
            SHEET: "Headline,Type\nFrom the sheet,title\n",
            "stories/bridge.yaml": "summary: From the YAML.\n",
        }
    )
    assert (site.report.problems, site.graph.stories["bridge"].title) == ((), "From the sheet")


def test_yaml_and_rows_refer_to_one_another() -> None:
    site = site_of(
        "Id,Year,Headline,Text,Source,After\nrepair,2026,Repair,See [it](#bridge-closed).,A,opened\nopened,1888,Opening,,A,\n",
        {"stories/bridge.yaml": 'title: The bridge\nshort: {text: "See [repair](#repair)."}\n'},
    )
    assert site.report.problems == ()


@pytest.mark.parametrize(
    ("files", "codes"),
    [
        pytest.param({"stories/bridge.yaml": "title: [The bridge\n"}, ["yaml-syntax"], id="YAML"),
        pytest.param({"stories/bridge.yaml": "- title\n"}, ["wrong-type"], id="list"),
        pytest.param({SHEET: "Year,Source\n1888,A\n"}, ["missing-column"], id="no headline"),
        pytest.param(
            {SHEET: 'Id,Year,Headline,Source\na,1888,"A,A\nopened,1888,Opened,A\n'},
            ["unclosed-quote"],
            id="quote not closed",
        ),
    ],
)
def test_rows_that_cannot_be_read_count_as_known(files: dict[str, str], codes: list[str]) -> None:
    site = small_site(
        {
            SHEET: "Id,Year,Headline,Source\nopened,1888,Opened,A\n",
            "articles/closed.yaml": "events:\n  - id: bridge-closed\n    title: Closed\n"
            "    after: opened\n    evidence: The council closed the bridge\n",
            **files,
        }
    )
    assert [p.code for p in site.report.problems] == codes


def test_link_in_a_cell_that_leads_nowhere_is_shown_in_the_cell() -> None:
    site = site_of(
        'Id,Year,Headline,Text,Source\nrepair,2026,Repair,"He ""said"":\nsee [it](#bridge-close).",A\n'
    )
    assert messages(site).split("\n") == [
        "content/stories/bridge.csv, row 2, column D (Text): error[unknown-record]: there is no record 'bridge-close'",
        "   D2 | see [it](#bridge-close).",
        "      |           ^^^^^^^^^^^^",
        "      = help: did you mean 'bridge-closed'?",
    ]


def test_rows_of_one_date_stand_in_the_order_of_the_sheet() -> None:
    rows = "c,2020,Event c,A,\na,2020,Event a,A,closed\nb,2020,Event b,A,\n"
    page = page_of(site_of(f"Id,Year,Headline,Source,Article\n{rows}"))
    places = {name: page.index(f'id="event-{name}"') for name in "abc"}
    assert sorted(places, key=lambda name: places[name]) == ["c", "a", "b"]


def test_withheld_article_takes_its_rows_with_it() -> None:
    site = row(
        {"Article": "sold", "Source": "", "Evidence": "It is sold"},
        {
            "articles/sold.md": "---\ntitle: Sold\ndate: 2026-03-10\nstatus: draft\n---\nIt is sold.\n"
        },
    )
    assert (site.report.problems, "it" in site.graph.entries) == ((), False)


# ------------------------------------------------------------------------------- the page


def page_of(site: ReadSite) -> str:
    return dict(small_pages(site).files)["stories/bridge/index.html"]


def test_media_elsewhere_is_a_link_and_a_picture_of_ours_is_shown() -> None:
    text = (
        "Id,Year,Headline,Source,Media,Media Caption,Media Credit,Alt Text\n"
        "far,2026,Far,A,https://www.youtube.com/watch?v=1,Divers,Harbour TV,\n"
        "near,2026,Near,A,images/bridge.jpg,The bridge,Nell,A bridge\n"
    )
    site = small_site({SHEET: text}, images=frozenset({"bridge.jpg"}))
    page = page_of(site)
    assert (
        site.report.problems,
        '<a href="https://www.youtube.com/watch?v=1">Divers</a>, youtube.com, Harbour TV' in page,
        'src="/news/images/bridge.jpg" alt="A bridge"' in page,
        'src="https://www.youtube' in page,
    ) == ((), True, True, False)


def test_html_of_plain_texts_falls_out_and_its_links_are_kept() -> None:
    site = row(
        {
            "Year": "2026",
            "Headline": "Whitney Houston<br> 1963 &ndash; 2012 & <small>R&D</small>",
            "Media": "https://example.org/film",
            "Media Credit": '<a href="https://example.org/maker?a=1&amp;b=2" target=_blank>The <i>Maker</i></a>, 2012',
        }
    )
    record = event(site)
    assert (
        site.report.problems,
        record.title,
        [(x.title, x.url, x.credit) for x in record.links],
    ) == (
        (),
        "Whitney Houston 1963 – 2012 & R&D",
        [
            ("example.org", "https://example.org/film", "The Maker, 2012"),
            ("The Maker", "https://example.org/maker?a=1&b=2", None),
        ],
    )


def test_link_without_words_is_called_by_its_site() -> None:
    site = row({"Year": "2026", "Media Credit": '<a href="https://www.example.org/x"></a>'})
    links = [(link.title, link.url) for link in event(site).links]
    assert (site.report.problems, links) == ((), [("example.org", "https://www.example.org/x")])


def test_short_year_is_shown_where_it_stands() -> None:
    site = row({"Year": "19", "End Year": "0021"})
    other = row({"Year": "0019", "End Year": "21"})
    assert [problem(one).message for one in (site, other)] == [
        "'19' is the year 19 CE, not 2019",
        "'21' is the year 21 CE, not 2021",
    ]


def test_words_beside_no_media_are_told_of() -> None:
    site = row({"Year": "2026", "Media Caption": "At low tide", "Background": "#eee"})
    found = problem(site)
    assert (found.severity, found.message) == (
        "notice",
        "not read: column F (Background), cell E2",
    )


CELLS = st.text(
    alphabet=st.sampled_from("a1 -/:.,;#=<>\"'&[](){}|~?%\n\t\u202e\u00e9"), max_size=12
)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=40), max_size=4), st.randoms())
@settings(max_examples=60, deadline=None)
def test_no_sheet_fells_the_program(rows: list[list[str]], random: Random) -> None:
    columns = random.sample(COLUMNS, len(COLUMNS))
    text = "\n".join([",".join(columns), *(",".join(cells) for cells in rows)])
    tree, problems = read_sheet(text, "content/stories/bridge.csv")
    report = Report(tuple(problems), {"content/stories/bridge.csv": text})
    assert (tree.get("title") is not None, bool(report.text())) == (True, True)


def test_bare_addresses_in_a_text_are_links() -> None:
    text = "See https://example.org/a, or [here](https://example.org/c) <https://example.org/d>."
    page = page_of(row({"Year": "2026", "Text": text}))
    assert re.findall(r'<a href="https://example.org/([^"]*)"', page) == ["a", "c", "d"]


def test_hostile_cells_are_text_on_the_page() -> None:
    text = (
        "Id,Year,Headline,Source,Text,Group,Display Date\n"
        'it,2026,"1 < 2 ""quoted"" & {{ 7 * 7 }}",A,"<b onclick=alert(1)>bold</b><img src=x onerror=alert(1)> {% raw %}","x"" onclick=""alert(1)",\'soon\'\n'
    )
    site = small_site({SHEET: text})
    page = page_of(site)
    assert site.report.problems == ()
    assert "1 &lt; 2 &#34;quoted&#34; &amp; {{ 7 * 7 }}" in page
    assert [bad for bad in ("onclick=alert", "onerror=", '" onclick="') if bad in page] == []


# ------------------------------------------------------------------------------ what is wrong


def test_mistakes_of_a_sheet_are_told_all_at_once() -> None:
    site = site_of(
        "Year;Month;Headline;Source;Type;Actors\n"
        "2026;13;Month thirteen;A;;\n"
        ";;No date;A;;\n"
        "2026;;;A;;\n"
        "2026;;Wrong type;A;eras;\n"
        "2026;;Somebody else;A;;Mara Quil\n"
        "2026;;=A1;A;;\n"
        "2026;;Too; many;A;;cells\n"
        "2026;;An era without an end;;era;\n"
    )
    assert [(p.location.line, p.code) for p in site.report.problems] == [
        (2, "bad-date"),
        (3, "missing-cell"),
        (4, "missing-cell"),
        (5, "bad-choice"),
        (6, "unknown-actor"),
        (7, "formula-cell"),
        (8, "ragged-row"),
        (9, "missing-cell"),
    ]


def test_rows_without_a_source_are_one_warning() -> None:
    site = site_of(
        "Id,Year,Headline,Source,Allow\n"
        "a,2001,A,,\nb,2002,B,,\nc,2003,C,S,\nd,2004,D,,no-source\ne,2005,E,,\n"
    )
    assert told(site) == [("no-source", "rows 2 to 3 and 6 have neither evidence nor a source")]


def test_story_allows_that_its_rows_have_no_source() -> None:
    site = site_of(
        "Id,Year,Headline\nit,2026,It happens\n",
        {"stories/bridge.yaml": "title: The bridge\nallow: [no-source]\n"},
    )
    assert site.report.problems == ()


@pytest.mark.parametrize(
    ("cells", "message", "hints"),
    [
        pytest.param(
            {"Media": '<iframe src="https://video.example.org/1"></iframe>'},
            "this is code to embed, and a page shows nothing from other sites",
            ("did you mean 'https://video.example.org/1'?",),
            id="code to embed",
        ),
        pytest.param(
            {"Text": 'See <iframe src="//example.org/1"></iframe>'},
            "'<iframe src=\"//example.org/1\">' is not shown: a page holds nothing from other sites",
            ("put its address into the column 'Media' or 'Link'",),
            id="code in the text",
        ),
        pytest.param(
            {"Source": "Minutes www.example.org/9"},
            "'www.example.org/9' is not an address that may be linked",
            ("did you mean 'https://www.example.org/9'?",),
            id="address without https",
        ),
        pytest.param(
            {"Link": "The minutes"},
            "'The minutes' is not an address that may be linked",
            ("allowed are https://… and http://…, with a title or without",),
            id="link without address",
        ),
        pytest.param(
            {"Media": "a bridge"},
            "'a bridge' is neither an address nor a picture",
            ("allowed are https://…, and the name of a picture in content/images/",),
            id="no address",
        ),
        pytest.param(
            {"Media": "bridge.jpg"},
            "the picture has no 'Alt Text'",
            ("say what is on it, for those who cannot see it",),
            id="picture without words",
        ),
        pytest.param(
            {"Media": "bridge.jpg", "Alt Text": "A bridge"},
            "there is no picture content/images/bridge.jpg",
            ("put the picture there, or mend the name; capital letters count",),
            id="picture that is not there",
        ),
        pytest.param(
            {"Evidence": "Divers had found cracks"},
            "evidence is words of an article, and the row names none",
            (
                "write the name of its file in content/articles/ into the column 'Article'",
                "what others have published goes into the column 'Source'",
            ),
            id="evidence of no article",
        ),
        pytest.param(
            {"Article": "close", "Evidence": "Divers"},
            "there is no article 'close'",
            ("did you mean 'closed'?",),
            id="unknown article",
        ),
        pytest.param(
            {"Article": "closed", "Evidence": "Divers found cracks"},
            "these words do not stand in content/articles/closed.md",
            ("only 'had' is missing", "the nearest passage is: Divers had found cracks"),
            id="misquoted",
        ),
    ],
)
def test_wrong_cell_is_told_with_what_is_meant(
    cells: dict[str, str], message: str, hints: tuple[str, ...]
) -> None:
    found = problem(row({"Year": "2026", **cells}))
    assert (found.message, found.help) == (message, hints)


@pytest.mark.parametrize(
    ("cells", "files", "message", "hints"),
    [
        pytest.param(
            {"Date": "2026?"},
            {},
            "'2026?' is a guess, and nothing says on what it rests",
            (
                "say it in the column 'Date Note'",
                "where the date is certain after all, remove the '?'",
                "if it is meant, write date-note-missing into the column 'Allow' of this row",
            ),
            id="guess",
        ),
        pytest.param(
            {"Id": "opened", "Year": "1888"},
            {
                "stories/bridge.yaml": "title: The bridge\nevents:\n"
                "  - {id: opened, title: The bridge is opened, allow: [no-source]}\n"
            },
            "the id 'opened' is taken by the event in content/stories/bridge.yaml, line 3",
            (
                "if it is another event, write an id of its own into the column 'Id'",
                "if it is the same thing, delete this row",
            ),
            id="id of another file",
        ),
        pytest.param(
            {"Id": "bridge-closed", "Year": "2026"},
            {},
            "the id 'bridge-closed' is taken by the event in content/stories/bridge.csv, row 2",
            (
                "if it is another event, give this one a name of its own: 'id: …'",
                "if it is the same thing, write 'same: bridge-closed' instead",
            ),
            id="id of the sheet",
        ),
    ],
)
def test_hints_speak_of_columns_in_a_sheet_and_of_keys_elsewhere(
    cells: dict[str, str], files: dict[str, str], message: str, hints: tuple[str, ...]
) -> None:
    found = problem(row(cells, files))
    assert (found.message, found.help) == (message, hints)


def test_article_adds_to_a_row_what_it_says_of_the_same() -> None:
    site = site_of(
        "Id,Date,Headline,Source\nbridge-closed,2026-03-09,The bridge is closed,Minutes\n",
        {
            "articles/closed.yaml": "events:\n  - {same: bridge-closed, evidence: The council closed the bridge}\n"
        },
    )
    entry = site.graph.entries["bridge-closed"]
    assert (site.report.problems, [e.article for e in entry.evidence]) == ((), ["closed"])


def test_former_mistakes_hide_no_reference_to_a_row() -> None:
    site = site_of(
        "Id,Year,Headline,Source\nrepair,2026,Repair, at last,A\n",
        {"stories/bridge.yaml": 'title: The bridge\nshort: {text: "See [repair](#repair)."}\n'},
    )
    assert [p.code for p in site.report.problems] == ["ragged-row"]


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Headlin", "Headline"),
        ("Yeer", "Year"),
        ("EndYear", "End Year"),
        ("Start Date", "Date"),
        ("Title", "Headline"),
        ("Photo", "Media"),
        ("Checked by", None),
        ("Reporter", None),
        ("Weekday", None),
        ("Category", None),
    ],
)
def test_heading_that_looks_like_a_slip_is_one_and_others_are_the_editors_own(
    heading: str, meant: str | None
) -> None:
    assert meant_column(heading) == meant


def test_headings_are_read_in_any_order_and_case_and_tag_is_group() -> None:
    site = site_of(
        "SOURCE,headline,id,  display   date,#Mine,tag,year\nA,It,it,long ago,x,Town,1888\n"
    )
    record = event(site)
    assert (site.report.problems, record.title, record.date_text, record.lane) == (
        (), "It", "long ago", "town",
    )  # fmt: skip


def test_annotation_of_a_cell_has_the_line_of_the_file() -> None:
    site = site_of('Id,Year,Headline,Source\nit,2026,"It\nhappens",A\nother,13.5,Other,A\n')
    assert site.report.github() == (
        "::error file=content/stories/bridge.csv,line=4,col=7,title=bad-date::B3: '13.5' is not a year; "
        "write a whole number such as 2026 or -44%0Awhat is not exact goes into 'Date': 1963~, 196X"
        "%0Asee docs/messages.md#bad-date"
    )


# ------------------------------------------------------------------------------- encodings

PLAIN = "Id;Year;Headline;Source\nit;2026;Café closes;A\n"


def load_sheet(tmp_path: Path, data: bytes, name: str = "bridge.csv") -> list[tuple[str, str]]:
    (tmp_path / "stories").mkdir()
    (tmp_path / "stories" / name).write_bytes(data)
    return [(p.message, p.help[0]) for p in load_content(tmp_path).problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_sheet_in_utf_8_is_read_with_and_without_its_mark(tmp_path: Path, encoding: str) -> None:
    assert load_sheet(tmp_path, PLAIN.encode(encoding)) == []


SAVE = (
    "in Excel 'CSV UTF-8', in LibreOffice 'Text CSV' with the character set UTF-8, "
    "in Google Sheets 'Comma-separated values'"
)


@pytest.mark.parametrize(
    ("encoding", "message", "hint"),
    [
        (
            "cp1252",
            "this cell holds a character that is not in UTF-8 (byte 0xE9, in Windows-1252 'é')",
            f"save the sheet anew: {SAVE}",
        ),
        (
            "utf-16",
            "the sheet is in UTF-16, which Excel calls 'Unicode text'",
            f"save it anew: {SAVE}",
        ),
    ],
)
def test_sheet_in_another_encoding_says_how_to_save_it(
    tmp_path: Path, encoding: str, message: str, hint: str
) -> None:
    assert load_sheet(tmp_path, PLAIN.encode(encoding)) == [(message, hint)]


def test_workbook_says_how_to_save_it(tmp_path: Path) -> None:
    found = load_sheet(tmp_path, b"PK\x03\x04", "bridge.xlsx")
    assert found == [("this file is not read", f"save the sheet as 'bridge.csv': {SAVE}")]


def test_check_reads_sheets_from_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stories = tmp_path / "content" / "stories"
    stories.mkdir(parents=True)
    (tmp_path / "content" / "site.yaml").write_text("format: 1\n", encoding="utf-8")
    sheet = "Year;Headline;Month;Type\r\n;Caf\xe9;;title\r\n2026;It;13;\r\n"
    (stories / "cafe.csv").write_bytes(sheet.encode("cp1252"))
    (tmp_path / "pelican.conf.py").write_text('SITENAME = "Small"\nPATH = "content"\n')
    monkeypatch.chdir(tmp_path)
    code = main(["check"])
    heads = [line for line in capsys.readouterr().out.split("\n") if line.startswith("content/")]
    assert (code, heads) == (
        1,
        [
            "content/stories/cafe.csv, row 2, column B (Headline): error[not-utf-8]: this cell holds a character that is not in UTF-8 (byte 0xE9, in Windows-1252 'é')",
            "content/stories/cafe.csv, row 3, column B (Headline): warning[no-source]: row 3 has neither evidence nor a source",
            "content/stories/cafe.csv, row 3, column C (Month): error[bad-date]: there is no month 13",
        ],
    )
