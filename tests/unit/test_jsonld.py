"""Structured data: whole nodes, nothing empty, no half URL, safe in a script element."""

from __future__ import annotations

import json
import random

import pytest

from explainer.dates import parse_date
from explainer.export import jsonld
from explainer.export.jsonld import Node, dump_json_ld, temporal_coverage

SITE = "https://n.example"
NEWSROOM = jsonld.publisher(name="The Courier", url=f"{SITE}/")
RUTTE: Node = {"@type": "Person", "name": "Mark Rutte", "url": f"{SITE}/actors/rutte/"}
UKRAINE: Node = {"@type": "Country", "name": "Ukraine"}


def test_dump_is_compact_and_in_order() -> None:
    text = dump_json_ld({"@type": "Person", "name": "Zoë", "alternateName": ["Ä"]})
    assert text == (
        '{"@context":"https://schema.org","@type":"Person","name":"Zoë","alternateName":["Ä"]}'
    )


def test_dump_of_several_is_a_graph() -> None:
    assert dump_json_ld([UKRAINE]) == (
        '{"@context":"https://schema.org","@graph":[{"@type":"Country","name":"Ukraine"}]}'
    )


@pytest.mark.parametrize(
    "text",
    ["</script><script>", "<!--<script", "a & b ]]>", "line\u2028end\u2029", 'quote " \\ \n\x00'],
)
def test_dump_is_safe_in_a_script_and_reads_back(text: str) -> None:
    dumped = dump_json_ld({"name": text, text: ""})
    assert not set("<>&\u2028\u2029\n") & set(dumped)
    assert json.loads(dumped) == {"@context": "https://schema.org", "name": text, text: ""}


def test_dump_can_always_be_encoded() -> None:
    assert dump_json_ld({"name": "\ud83d"}).encode("utf-8").endswith(b'"\\ud83d"}')


def test_news_article_whole() -> None:
    node = jsonld.news_article(
        headline="Ukraine Gives Up Its NATO Bid",
        url=f"{SITE}/articles/nato/",
        description="What is known.",
        published="2025-12-14",
        modified="2025-12-15T08:00:00+01:00",
        authors=[jsonld.author(name="Jane Roe", url=f"{SITE}/authors/jane-roe/")],
        publisher=NEWSROOM,
        dateline="BERLIN",
        language="en",
        image=jsonld.image(url=f"{SITE}/images/b.jpg", caption="The hall.", credit="J. Roe"),
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        part_of=jsonld.work(name="Peace talks", url=f"{SITE}/stories/talks/"),
        mentions=[UKRAINE, RUTTE],
        citations=[
            jsonld.source(title="Treaty", publisher="NATO", archive_url="https://a.example/")
        ],
        corrections=[jsonld.correction(text="It was Sunday.", published="2025-12-15")],
        keywords=["nato"],
        words=640,
    )
    assert node == {
        "@type": "NewsArticle",
        "headline": "Ukraine Gives Up Its NATO Bid",
        "url": "https://n.example/articles/nato/",
        "mainEntityOfPage": "https://n.example/articles/nato/",
        "description": "What is known.",
        "datePublished": "2025-12-14",
        "dateModified": "2025-12-15T08:00:00+01:00",
        "author": [
            {"@type": "Person", "name": "Jane Roe", "url": "https://n.example/authors/jane-roe/"}
        ],
        "publisher": {
            "@type": "Organization",
            "name": "The Courier",
            "url": "https://n.example/",
        },
        "dateline": "BERLIN",
        "inLanguage": "en",
        "image": {
            "@type": "ImageObject",
            "url": "https://n.example/images/b.jpg",
            "caption": "The hall.",
            "creditText": "J. Roe",
        },
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "isPartOf": {
            "@type": "CreativeWork",
            "name": "Peace talks",
            "url": "https://n.example/stories/talks/",
        },
        "mentions": [UKRAINE, RUTTE],
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Treaty",
                "publisher": {"@type": "Organization", "name": "NATO"},
                "archivedAt": "https://a.example/",
            }
        ],
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "It was Sunday.",
                "datePublished": "2025-12-15",
            }
        ],
        "keywords": ["nato"],
        "wordCount": 640,
    }


def test_news_article_without_authors_is_the_publishers() -> None:
    node = jsonld.news_article(headline="A brief", publisher=NEWSROOM)
    assert node == {
        "@type": "NewsArticle",
        "headline": "A brief",
        "author": NEWSROOM,
        "publisher": NEWSROOM,
    }


def test_news_article_leaves_out_paths() -> None:
    node = jsonld.news_article(
        headline="A brief",
        url="/articles/b/",
        authors=[jsonld.author(name="Jane Roe", url="/authors/jane-roe/")],
        image=jsonld.image(url="/images/b.jpg", caption="The hall."),
        part_of=jsonld.work(name="Talks", url="stories/talks/"),
        licence_url="LICENCE.txt",
    )
    assert node == {
        "@type": "NewsArticle",
        "headline": "A brief",
        "author": [{"@type": "Person", "name": "Jane Roe"}],
        "isPartOf": {"@type": "CreativeWork", "name": "Talks"},
    }


def test_story_page_lists_its_events_in_order() -> None:
    node = jsonld.story_page(
        headline="Peace talks",
        url=f"{SITE}/stories/talks/",
        publisher=NEWSROOM,
        coverage="2022/2025-12",
        events=[("War begins", f"{SITE}/stories/talks/#event-war"), ("Talks", "#event-talks")],
        articles=[jsonld.work(name="A brief")],
    )
    assert node == {
        "@type": ["NewsArticle", "BackgroundNewsArticle"],
        "headline": "Peace talks",
        "url": "https://n.example/stories/talks/",
        "mainEntityOfPage": "https://n.example/stories/talks/",
        "author": NEWSROOM,
        "publisher": NEWSROOM,
        "temporalCoverage": "2022/2025-12",
        "hasPart": [{"@type": "CreativeWork", "name": "A brief"}],
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": 2,
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": 1,
                    "name": "War begins",
                    "url": "https://n.example/stories/talks/#event-war",
                },
                {"@type": "ListItem", "position": 2, "name": "Talks"},
            ],
        },
    }


def test_story_page_without_events_has_no_list() -> None:
    assert jsonld.story_page(headline="Peace talks", events=()) == {
        "@type": ["NewsArticle", "BackgroundNewsArticle"],
        "headline": "Peace talks",
    }


def test_person_whole() -> None:
    node = jsonld.person(
        name="Mark Rutte",
        url=f"{SITE}/actors/rutte/",
        also_known_as=["Rutte"],
        description="Leads NATO.",
        job_title="Secretary General",
        born="1967-02-14",
        died="",
        same_as=["https://www.wikidata.org/wiki/Q57792", "wikidata:Q57792"],
    )
    assert node == {
        "@type": "Person",
        "name": "Mark Rutte",
        "url": "https://n.example/actors/rutte/",
        "alternateName": ["Rutte"],
        "description": "Leads NATO.",
        "jobTitle": "Secretary General",
        "birthDate": "1967-02-14",
        "sameAs": ["https://www.wikidata.org/wiki/Q57792"],
    }


@pytest.mark.parametrize(
    ("born", "birth_date"),
    [("1967", "1967"), ("1967-02", "1967-02"), ("1967~", None), ("1967-02-14T10:00Z", None)],
)
def test_person_birth_date_is_a_date_and_no_time(born: str, birth_date: str | None) -> None:
    assert jsonld.person(name="A", born=born).get("birthDate") == birth_date


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (
            jsonld.organization(name="NATO", founded="1949-04-04", ended="2049"),
            {
                "@type": "Organization",
                "name": "NATO",
                "foundingDate": "1949-04-04",
                "dissolutionDate": "2049",
            },
        ),
        (
            jsonld.organization(name="European powers", kind="group"),
            {"@type": "Organization", "name": "European powers"},
        ),
        (
            jsonld.organization(name="Ukraine", kind="country", founded="1991-08-24"),
            {"@type": "Country", "name": "Ukraine"},
        ),
    ],
    ids=["organization", "group", "country-has-no-dates"],
)
def test_organization_type_follows_from_the_kind(node: Node, expected: Node) -> None:
    assert node == expected


@pytest.mark.parametrize(
    ("kind", "type_name"),
    [
        ("person", "Person"),
        ("organization", "Organization"),
        ("country", "Country"),
        ("group", "Organization"),
    ],
)
def test_actor_has_the_type_of_its_kind(kind: jsonld.ActorKind, type_name: str) -> None:
    assert jsonld.actor(kind=kind, name="A") == {"@type": type_name, "name": "A"}


def test_profile_page_is_about_its_actor() -> None:
    node = jsonld.profile_page(entity=RUTTE, name="Mark Rutte", url=f"{SITE}/actors/rutte/")
    assert node == {
        "@type": "ProfilePage",
        "name": "Mark Rutte",
        "url": "https://n.example/actors/rutte/",
        "mainEntity": RUTTE,
    }


def test_web_page_of_a_list_holds_it() -> None:
    node = jsonld.web_page(name="Archives", kind="CollectionPage", items=[("A", f"{SITE}/a/")])
    assert node == {
        "@type": "CollectionPage",
        "name": "Archives",
        "mainEntity": jsonld.item_list([("A", "https://n.example/a/")]),
    }


def test_web_site_whole() -> None:
    node = jsonld.web_site(name="The Courier", url=f"{SITE}/", language="en", publisher=NEWSROOM)
    assert node == {
        "@type": "WebSite",
        "name": "The Courier",
        "url": "https://n.example/",
        "inLanguage": "en",
        "publisher": NEWSROOM,
    }


def test_breadcrumb_list_whole() -> None:
    node = jsonld.breadcrumb_list([("Home", f"{SITE}/"), ("Actors", "/actors/"), ("Rutte", "")])
    assert node == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://n.example/"},
            {"@type": "ListItem", "position": 2, "name": "Actors"},
            {"@type": "ListItem", "position": 3, "name": "Rutte"},
        ],
    }


def test_claim_and_quotation_have_no_country_as_speaker() -> None:
    told = jsonld.claim(text="It is so.", speakers=[UKRAINE, RUTTE], published="2025-12")
    said = jsonld.quotation(text="So it is.", speakers=[RUTTE], url=f"{SITE}/#quote-so")
    assert (told, said) == (
        {"@type": "Claim", "text": "It is so.", "author": [RUTTE], "datePublished": "2025-12"},
        {
            "@type": "Quotation",
            "text": "So it is.",
            "url": "https://n.example/#quote-so",
            "spokenByCharacter": [RUTTE],
        },
    )


@pytest.mark.parametrize(
    ("dates", "coverage"),
    [
        ([], ""),
        (["2022"], "2022"),
        (["2025-12-14", "2022", "2025-12-XX"], "2022/2025-12"),
        (["2025-12?", "2022", "2025-12-XX"], "2022/2025-12"),
        (["2014~", "2014", "2015"], "2014/2015"),
        (["2014~", "2015"], ""),
        (["2014", "2015-21"], ""),
        (["2019/..", "2014"], "2014/.."),
        (["2019/", "2014"], ""),
        (["../1985", "1990"], ""),
        (["2014-02-20/2014-03-18"], "2014-02-20/2014-03-18"),
        (["[2014..2016]", "2013", "2018"], "2013/2018"),
        (["-0299", "2018"], ""),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_temporal_coverage_spans_what_is_exact(dates: list[str], coverage: str) -> None:
    shuffled = random.Random(5).sample(dates, len(dates))
    assert temporal_coverage(parse_date(text) for text in dates) == coverage
    assert temporal_coverage(parse_date(text) for text in shuffled) == coverage
