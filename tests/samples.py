"""Sample page contexts, one or more a page class: the seed story, and the states beside it.

Tests render them, check them and take pictures of them; nothing here is read by the plugin.
`all_pages()` names every sample; the rest are builders that a test may vary with
`dataclasses.replace`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from explainer.pages.contexts import (
    AboutCard,
    ActorCard,
    ActorIndexPage,
    ActorPage,
    ActorRef,
    ArticleCard,
    ArticlePage,
    Board,
    BoardItem,
    BriefPage,
    ChangeItem,
    ChangesPage,
    ClaimItem,
    ClaimStep,
    CoActor,
    Correction,
    DateText,
    EraItem,
    EventGroup,
    EventItem,
    EvidenceRef,
    Feed,
    Head,
    HomePage,
    IssueBlock,
    IssuesPage,
    Link,
    ListPage,
    MenuItem,
    News,
    NotFoundPage,
    Page,
    Pager,
    Picture,
    PlaceItem,
    PlacesPage,
    PositionItem,
    Provenance,
    QuestionItem,
    QuoteItem,
    RecordRef,
    RedirectPage,
    RoleItem,
    ShortVersion,
    Site,
    SourceRef,
    StanceRow,
    StaticPage,
    StoryCard,
    StoryPage,
    StorySlicePage,
    TaxonomyPage,
    TermItem,
    TermsPage,
    TieItem,
    TimelineFilter,
    TimelinePage,
    TimelineView,
)

ROOT = "/demo/"
BASIS = "As of December 2025, from 1 of our articles and 1 outside source"
STORY = f"{ROOT}stories/ukraine-peace-talks/"
ARTICLE = f"{ROOT}articles/nato-for-guarantees/"
HEADLINE = (
    "Ukraine Abandons NATO Membership in Exchange for Western Security Guarantees "
    "Amid Berlin Peace Talks"
)
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitän"
BERLIN_PASSAGE = f"{ARTICLE}#evidence-berlin-talks"
PUBLISHED = DateText("24 January 2026", "2026-01-24")
DECEMBER = DateText("December 2025", "2025-12")
REPORTED = DateText("reported December 2025")
PICTURE = Picture(
    src="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 9'/%3E",
    alt="An empty conference table",
    caption="Before the talks.",
    credit="A. Photographer",
    licence="CC BY 4.0",
    width=1600,
    height=900,
)

# --------------------------------------------------------------------------------------- chrome


def site(**changes: object) -> Site:
    """What stands on every page of the demo site."""
    menu = ("Stories", ""), ("Timeline", "timeline/"), ("Actors", "actors/"), ("Terms", "terms/")
    base = Site(
        title="The Explainer",
        tagline="Running stories, explained from their sources",
        language="en",
        direction="ltr",
        home_href=ROOT,
        logo=None,
        menu=tuple(MenuItem(text, ROOT + path, path == "timeline/") for text, path in menu),
        footer_html="<p>Written by the editors of The Explainer.</p>",
        licence=Link("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        css_hrefs=(f"{ROOT}theme/site.css",),
        accent_class="accent-red",
        icon_href=f"{ROOT}theme/icon.svg",
        feed=Feed("All articles (Atom)", f"{ROOT}feed.atom"),
        footer_links=(
            Link("About", f"{ROOT}about/"),
            Link("How we verify", f"{ROOT}how-we-verify/"),
            Link("Corrections", f"{ROOT}corrections/"),
        ),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def head(title: str, *crumbs: Link, **changes: object) -> Head:
    """A page's head, with breadcrumbs from the home page."""
    trail = (Link("Front page", ROOT), *crumbs, Link(title)) if crumbs or title else ()
    base = Head(
        title=title or "The Explainer",
        description=f"About: {title}" if title else "",
        canonical="https://example.org/demo/",
        breadcrumbs=trail,
        json_ld=('{"@context": "https://schema.org", "@type": "WebPage"}',),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


# -------------------------------------------------------------------------------------- records


def actor(name: str, kind: str = "person", role: str = "", part: str = "") -> ActorRef:
    """An actor with a profile, named after the last word."""
    slug = name.removeprefix("The ").lower().replace(" ", "-")
    letters = "".join(word[0] for word in name.removeprefix("The ").split())[:2].upper()
    return ActorRef(name, f"{ROOT}actors/{slug}/", kind, part, role, letters)


ZELENSKIY = actor("Volodymyr Zelenskiy", role="President of Ukraine")
TRUMP = actor("Donald Trump", role="President of the United States")
WITKOFF = actor("Steve Witkoff", role="envoy of Donald Trump")
KUSHNER = actor("Jared Kushner", role="envoy of Donald Trump")
MERZ = actor("Friedrich Merz", role="Chancellor of Germany")
PUTIN = actor("Vladimir Putin", role="President of Russia")
RUTTE = actor("Mark Rutte", role="Secretary General of NATO")
PESKOV = actor("Dmitry Peskov", role="spokesman of the Kremlin")
UKRAINE = actor("Ukraine", "country")
RUSSIA = actor("Russia", "country")
UNITED_STATES = actor("United States", "country")
GERMANY = actor("Germany", "country")
UNITED_KINGDOM = actor("United Kingdom", "country")
FRANCE = actor("France", "country")
NATO = actor("NATO", "organization")
KREMLIN = actor("The Kremlin", "organization")
PARTNERS = ActorRef("some partners in the US and Europe", None, "unnamed", monogram="?")
COALITION = ActorRef("Coalition of the willing", None, "group", monogram="CW")
EVERYONE = (
    *(ZELENSKIY, TRUMP, WITKOFF, KUSHNER, MERZ, PUTIN, RUTTE, PESKOV),
    *(UKRAINE, RUSSIA, UNITED_STATES, GERMANY, UNITED_KINGDOM, FRANCE, NATO, KREMLIN),
)
KIND_WORDS = {
    "person": "Person",
    "organization": "Organization",
    "country": "Country",
    "group": "Group",
}


def evidence(words: str, anchor: str = "evidence-berlin-talks") -> EvidenceRef:
    """The way to words of the seed article."""
    return EvidenceRef(words, f"{ARTICLE}#{anchor}", HEADLINE, PUBLISHED)


def resting_on(*words: str, according_to: str = "") -> Provenance:
    """Provenance of passages in the seed article."""
    return Provenance(tuple(evidence(text) for text in words), according_to=according_to)


OUTSIDE = SourceRef(
    title="The North Atlantic Treaty",
    href="https://www.nato.int/cps/en/natohq/official_texts_17120.htm",
    publisher="NATO",
    date="4 April 1949",
    archive_href="https://web.archive.org/web/2025/https://www.nato.int/",
)


def event(slug: str, title: str, date: DateText, **changes: object) -> EventItem:
    """An event on its home page."""
    anchor = f"event-{slug}"
    base = EventItem(anchor, f"{STORY}#{anchor}", title, date)
    return replace(base, **changes)  # type: ignore[arg-type]


def quote(slug: str, text: str, *speakers: ActorRef, **changes: object) -> QuoteItem:
    """A quote from the seed article."""
    anchor = f"quote-{slug}"
    base = QuoteItem(
        anchor, f"{STORY}#{anchor}", text, speakers, REPORTED, provenance=resting_on(text)
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def position(
    slug: str, stance: str, *actors: ActorRef, issue: str = "nato-membership", **changes: object
) -> PositionItem:
    """A position as of December 2025."""
    anchor = f"position-{slug}"
    base = PositionItem(
        anchor=anchor,
        href=f"{STORY}#{anchor}",
        actors=actors,
        issue=Link("Should Ukraine join NATO?", f"{ROOT}issues/#issue-{issue}"),
        stance=stance,
        date=DateText("as of December 2025"),
        provenance=resting_on("officially abandon NATO ambitions"),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


CONSTRUCTIVE = quote(
    "unnamed-constructive",
    "constructive",
    ActorRef("unnamed", kind="unnamed", monogram="?"),
    event=Link("Putin receives US envoys in the Kremlin", f"{STORY}#event-putin-meets-us-envoys"),
)
BERLIN_TALKS = event(
    "berlin-talks",
    "Peace talks resume in Berlin",
    DateText("a Sunday in December 2025", uncertain=True),
    weight="turning-point",
    actors=(ZELENSKIY, WITKOFF, KUSHNER, replace(MERZ, part="host")),
    place=Link("Berlin", f"{ROOT}places/#place-berlin"),
    tags=(Link("Diplomacy", f"{ROOT}tags/diplomacy/"),),
    picture=PICTURE,
    links=(
        SourceRef("The envoys arrive", "https://example.org/films/7", "example.org, Town TV"),
        SourceRef("example.org", "https://example.org/a/long/address"),
    ),
    lane="At the table",
    lane_id="talks",
    news=News("2026-01-24", "added 24 January 2026"),
    provenance=resting_on(
        "peace negotiations resumed in Berlin on Sunday",
        "engaged in discussions with US President Donald Trump’s envoys, Steve Witkoff and "
        "Jared Kushner, under the auspices of German Chancellor Friedrich Merz",
    ),
    aliases=("event-berlin-meeting",),
)
GIVES_UP_GOAL = event(
    "zelenskiy-gives-up-nato-goal",
    "Zelenskiy says Ukraine gives up its goal of joining NATO",
    REPORTED,
    weight="turning-point",
    actors=(replace(ZELENSKIY, part="for Ukraine"),),
    provenance=resting_on(
        "announced that Ukraine is relinquishing its long-standing goal of joining NATO",
        "revealed this compromise while en route to Germany’s capital",
    ),
    text_html="<p>The concession comes as negotiations <em>resume</em>.</p>",
)
INVASION = event(
    "invasion-2022",
    "Russia invades Ukraine",
    DateText("2022", "2022"),
    weight="turning-point",
    actors=(RUSSIA, UKRAINE),
    provenance=resting_on("Russia’s 2022 invasion"),
)
PROPOSAL = event(
    "twenty-point-proposal",
    "A 20-point proposal is under discussion",
    REPORTED,
    status="ongoing",
    status_words="ongoing as of December 2025",
    actors=(ZELENSKIY,),
    provenance=resting_on(
        "ongoing discussions around a comprehensive 20-point proposal culminating in a ceasefire",
        according_to="according to Volodymyr Zelenskiy",
    ),
)


def story_timeline() -> TimelineView:
    """Fourteen events and more: every weight, status and kind of date."""
    return TimelineView(
        groups=(
            EventGroup("2022", "year-2022", (INVASION,), "2022"),
            EventGroup(
                "2025", "year-2025", (_constitution(), _kremlin_meeting(), *_december()), "2025"
            ),
        ),
        planned=(_next_round(),),
        proposed=(_ceasefire(),),
        eras=(EraItem("era-war", "War since Russia’s invasion", DateText("since 2022")),),
        count=15,
        count_words="15 events",
        filter=TimelineFilter(15, (("talks", "At the table"), ("front", "At the front"))),
    )


def _constitution() -> EventItem:
    return event(
        "nato-goal-in-constitution",
        "Ukraine writes the NATO goal into its constitution",
        DateText("date not given", uncertain=True),
        gap="three years later",
        actors=(UKRAINE,),
        provenance=resting_on("previously enshrined in its constitution"),
        note="“Previously” can mean that it was taken out again; the article does not say.",
        order_note="Order uncertain",
    )


def _kremlin_meeting() -> EventItem:
    return event(
        "putin-meets-us-envoys",
        "Putin receives US envoys in the Kremlin",
        DateText("probably December 2025", uncertain=True),
        actors=(PUTIN, ActorRef("unnamed envoys", kind="unnamed", part="for the United States")),
        place=Link("The Kremlin"),
        date_note="“Earlier in December”; the year is inferred.",
        other_dates=(replace(evidence("12 December 2025"), article="Envoys Land in Moscow"),),
        quotes=(replace(CONSTRUCTIVE, is_home=False),),
        provenance=Provenance((evidence("Earlier in December"),), (OUTSIDE,)),
    )


def _december() -> tuple[EventItem, ...]:
    return (
        GIVES_UP_GOAL,
        BERLIN_TALKS,
        event(
            "strikes-on-power",
            "Russian strikes leave hundreds of thousands without power",
            REPORTED,
            status="ongoing",
            status_words="ongoing as of December 2025",
            actors=(RUSSIA, UKRAINE),
            provenance=resting_on(
                "Hundreds of thousands remain without power",
                according_to="according to Volodymyr Zelenskiy",
            ),
        ),
        event(
            "rutte-warns",
            "Rutte warns in Berlin that the alliance must prepare for war",
            DateText("14 December 2025", "2025-12-14"),
            actors=(RUTTE,),
            place=Link("Berlin", f"{ROOT}places/#place-berlin"),
            provenance=resting_on("speaking in Berlin, cautioned that the alliance must prepare"),
        ),
        event(
            "kremlin-rejects-rutte",
            "The Kremlin dismisses Rutte’s warning",
            DateText("15 December 2025", "2025-12-15"),
            gap="the next day",
            weight="minor",
            actors=(KREMLIN, PESKOV),
            provenance=resting_on("The Kremlin dismissed these remarks"),
        ),
        event(
            "europeans-refine-proposals",
            "European powers rework the US-led proposals",
            REPORTED,
            status="ongoing",
            status_words="ongoing as of December 2025",
            actors=(UNITED_KINGDOM, FRANCE, GERMANY),
            actors_note="“European powers, including” these three.",
            provenance=resting_on("European powers, including Britain, France, and Germany"),
        ),
        event(
            "us-led-proposals",
            "US-led proposals reportedly ask Ukraine to cede more territory",
            REPORTED,
            actors=(UNITED_STATES, UKRAINE),
            provenance=Provenance(according_to="reportedly"),
        ),
        event(
            "trump-presses-kyiv",
            "Trump presses Kyiv to accept terms favourable to Russia",
            REPORTED,
            weight="minor",
            actors=(TRUMP, UKRAINE),
            provenance=resting_on("pressure from former US President Trump"),
        ),
        event(
            "signing-called-off",
            f"Signing of the {LONG_WORD} memorandum called off after both sides fail to agree",
            DateText("between 18 and 20 December 2025", uncertain=True),
            status="cancelled",
            status_words="cancelled",
            gap="three days later",
        ),
        PROPOSAL,
    )


def _next_round() -> EventItem:
    return event(
        "next-round",
        "A second round of talks is to be held",
        DateText("early 2026", uncertain=True),
        status="planned",
        status_words="planned for early 2026",
        actors=(UKRAINE, UNITED_STATES),
        provenance=resting_on("a continuation of efforts"),
    )


def _ceasefire() -> EventItem:
    return event(
        "ceasefire-on-current-lines",
        "Ceasefire along the current front lines",
        REPORTED,
        status="proposed",
        status_words="proposed",
        actors=(UKRAINE, RUSSIA),
        provenance=resting_on(
            "a ceasefire, which would ideally maintain current frontlines",
            according_to="according to Volodymyr Zelenskiy",
        ),
    )


def one_event_timeline() -> TimelineView:
    """A timeline of a single event."""
    groups = (EventGroup("2022", "year-2022", (INVASION,), "2022"),)
    return TimelineView(groups=groups, count=1, count_words="1 event")


def issues() -> tuple[IssueBlock, ...]:
    """Two issues: one with a shift, one with several actors on a side."""
    return (_nato_issue(), _territory_issue())


def _nato_issue() -> IssueBlock:
    now = position(
        "ukraine-nato-membership",
        "gives up membership in return for binding guarantees",
        UKRAINE,
        date=DateText("since December 2025"),
        provenance=resting_on(
            "relinquishing its long-standing goal of joining NATO",
            according_to="according to Volodymyr Zelenskiy",
        ),
    )
    then = position(
        "ukraine-wanted-nato",
        "wants to join NATO",
        UKRAINE,
        date=DateText("until December 2025"),
        is_current=False,
        provenance=resting_on("our goal was NATO membership"),
    )
    demand = "demands that Kyiv renounce NATO and become neutral, without NATO troops"
    partners = position("partners-nato", "did not support Ukraine’s way into NATO", PARTNERS)
    return IssueBlock(
        "issue-nato-membership",
        "Should Ukraine join NATO?",
        f"{ROOT}issues/#issue-nato-membership",
        "",
        (
            StanceRow((UKRAINE,), (now,), (then,)),
            StanceRow((RUSSIA,), (position("russia-nato-membership", demand, RUSSIA),)),
            StanceRow((PARTNERS,), (partners,)),
        ),
    )


def _territory_issue() -> IssueBlock:
    refusal = position(
        "ukraine-territory", "has so far refused to give up its claims in the Donbas", UKRAINE
    )
    demand = position(
        "russia-territory",
        "demands that Ukraine withdraw from parts of the east that it still holds",
        RUSSIA,
        note="The article does not say which parts.",
    )
    three = (UNITED_KINGDOM, FRANCE, replace(GERMANY, part="host"))
    rework = position("europeans-territory", "rework the US proposals", *three)
    return IssueBlock(
        "issue-territory",
        "Who holds the Donbas and the east?",
        f"{ROOT}issues/#issue-territory",
        "The region in eastern Ukraine whose cession Kyiv has so far resisted.",
        (
            StanceRow((UKRAINE,), (refusal,)),
            StanceRow((RUSSIA,), (demand,)),
            StanceRow(three, (rework,)),
        ),
    )


def quotes() -> tuple[QuoteItem, ...]:
    """The quotes of the seed article: from one word to four sentences."""
    outset = (
        "From the outset, our goal was NATO membership—true security guarantees. However, some "
        "partners in the US and Europe did not support this path. Consequently, we are now "
        "pursuing security guarantees from the US, Europe, Canada, Japan, and other allies—akin "
        "to Article 5 of the NATO treaty—to prevent future Russian aggression. This represents a "
        "compromise on our part."
    )
    berlin = Link("Berlin", f"{ROOT}places/#place-berlin")
    return (
        quote("zelenskiy-from-the-outset", outset, ZELENSKIY, aliases=("quote-outset",)),
        quote("zelenskiy-dignified-peace", "dignified peace", ZELENSKIY),
        CONSTRUCTIVE,
        quote("rutte-we-are-russia-s", "We are Russia’s next target.", RUTTE, place=berlin),
        quote(
            "peskov-they-have-no",
            "They have no understanding, and unfortunately, Mr. Rutte does not grasp what he is "
            "talking about.",
            PESKOV,
            note="Said on state television.",
        ),
    )


def claims() -> tuple[ClaimItem, ...]:
    """Claims in every state, one with a verdict."""
    return (_disputed_claim(), _stated_claim(), _judged_claim())


def _claim(slug: str, text: str, state: str, words: str, **changes: object) -> ClaimItem:
    anchor = f"claim-{slug}"
    stated = ClaimStep("states", "states", REPORTED, (ZELENSKIY,), provenance=resting_on(text))
    base = ClaimItem(anchor, f"{STORY}#{anchor}", text, False, state, words, (stated,))
    return replace(base, **changes)  # type: ignore[arg-type]


def _disputed_claim() -> ClaimItem:
    called = "calls the remarks irresponsible"
    words = "They have no understanding"
    return _claim(
        "rutte-next-target",
        "We are Russia’s next target.",
        "disputed",
        "Disputed",
        is_quote=True,
        steps=(
            ClaimStep("states", "states", REPORTED, (RUTTE,), provenance=resting_on("next target")),
            ClaimStep(
                "denies", "denies", REPORTED, (KREMLIN,), called, provenance=resting_on(called)
            ),
            ClaimStep(
                "denies", "denies", None, (PESKOV,), words, True, provenance=resting_on(words)
            ),
        ),
    )


def _stated_claim() -> ClaimItem:
    return _claim(
        "no-direct-negotiations",
        "Ukraine is not negotiating directly with Russia.",
        "stated",
        "Stated, no answer on record",
        note="The article reports what he said; it does not say whether it is so.",
    )


def _judged_claim() -> ClaimItem:
    return _claim(
        "was-a-member",
        "Ukraine was a member of NATO.",
        "answered",
        "Answered",
        steps=(
            ClaimStep("states", "states", None, (ZELENSKIY,), provenance=resting_on("goal")),
            ClaimStep("comments", "comments", None, (NATO,), provenance=resting_on("goal")),
            ClaimStep(
                "refuted",
                "Refuted",
                PUBLISHED,
                text="The list of members does not name it.",
                provenance=Provenance(
                    sources=(OUTSIDE, SourceRef("Members, a printed list", publisher="NATO"))
                ),
            ),
        ),
    )


def questions() -> tuple[QuestionItem, ...]:
    """Answered, answered by records alone, and open."""

    def ask(slug: str, question: str, answer: str, status: str, words: str) -> QuestionItem:
        anchor = f"question-{slug}"
        return QuestionItem(anchor, f"{STORY}#{anchor}", question, answer, status, words)

    goal = RecordRef("Event", GIVES_UP_GOAL.title, GIVES_UP_GOAL.href)
    talks = RecordRef("Event", BERLIN_TALKS.title, BERLIN_TALKS.href)
    wants = RecordRef("Position", "Russia demands neutrality", f"{STORY}#position-russia-territory")
    given_up = "<p>Its goal of joining NATO, in return for legally binding guarantees.</p>"
    member = "<p>No. The headline says “abandons membership”; the text speaks of a goal.</p>"
    return (
        replace(
            ask("given-up", "What did Ukraine give up, and for what?", given_up, "answered", ""),
            records=(goal,),
            provenance=resting_on("relinquishing its long-standing goal"),
        ),
        replace(
            ask("member", "Was Ukraine a member of NATO?", member, "answered", ""), records=(goal,)
        ),
        replace(ask("russia", "What does Russia want?", "", "answered", ""), records=(wants,)),
        replace(
            ask("table", "Who sits at the table in Berlin?", "", "open", "Open"), records=(talks,)
        ),
        replace(
            ask("guarantees", "Who would guarantee Ukraine’s safety?", "", "open", "Open"),
            note="Nobody named has agreed.",
        ),
    )


def board() -> Board:
    """Nothing agreed, two proposals, two refusals."""

    def line(who: str, text: str, slug: str, according_to: str = "") -> BoardItem:
        return BoardItem(who, text, f"{STORY}#{slug}", REPORTED, according_to)

    return Board(
        proposed=(
            line(
                "",
                "Ceasefire along the current front lines",
                "event-ceasefire-on-current-lines",
                "according to Volodymyr Zelenskiy",
            ),
            line(
                "United States", "Ukraine cedes more land", "event-us-led-proposals", "reportedly"
            ),
        ),
        refused=(
            line("Ukraine", "Giving up its claims in the Donbas", "position-ukraine-territory"),
            line("Russia", "Ukraine in NATO", "position-russia-nato-membership"),
        ),
    )


def terms() -> tuple[TermItem, ...]:
    """Glossary entries with and without a source."""
    mentioned = (Link(HEADLINE, ARTICLE),)
    words = {
        "Article 5": "The article of the NATO treaty that the guarantees are to resemble.",
        "Donbas": "The region in eastern Ukraine whose cession Kyiv has so far resisted.",
        "Frozen assets": "Russian central bank assets that European states have frozen.",
        "Security guarantees": "Assurances by other states against a further Russian attack.",
    }
    slugs = {name: name.lower().replace(" ", "-") for name in words}
    return tuple(
        TermItem(
            f"term-{slugs[name]}",
            f"{ROOT}terms/#term-{slugs[name]}",
            name,
            text,
            (OUTSIDE,) if name == "Article 5" else (),
            mentioned,
        )
        for name, text in words.items()
    )


# ---------------------------------------------------------------------------------------- lists


def actor_cards() -> tuple[ActorCard, ...]:
    """Everyone of the story; nobody has a picture."""
    return tuple(
        ActorCard(ref, counts="3 events, 1 quote", kind_words=KIND_WORDS[ref.kind])
        for ref in EVERYONE
    )


def article_card(title: str, byline: str = "", **changes: object) -> ArticleCard:
    """A card of an article of 24 January 2026."""
    slug = "-".join(title.lower().split()[:3])
    base = ArticleCard(title, f"{ROOT}articles/{slug}/", PUBLISHED, byline)
    return replace(base, **changes)  # type: ignore[arg-type]


def seed_card() -> ArticleCard:
    """The seed article in a list."""
    return replace(
        article_card(HEADLINE, "By Staff"),
        href=ARTICLE,
        minutes="4 min read",
        summary="Ukraine relinquishes its goal of joining NATO, President Zelenskiy announced.",
    )


def _title_card() -> ArticleCard:
    """The seed article on its story's page, where the rest tells what it says."""
    return replace(seed_card(), minutes="", byline="", summary="")


def recommended() -> tuple[ArticleCard, ...]:
    """The four articles that the seed recommends."""
    return (
        article_card(
            "Malacañang Refutes Claims of US Recruiting Filipinos for Ukraine Conflict",
            "Apolinario Tiamzon",
            kind="brief",
            kind_words="Brief",
            reason="Chosen by the editors",
        ),
        article_card(
            "Severe Floods Devastate Indonesia's Sumatra, Leaving Thousands Displaced and Dozens "
            "Dead",
            "Delfin Carreon",
            kind="brief",
            kind_words="Brief",
            reason="Chosen by the editors",
        ),
        article_card(
            "PNP Reports Peaceful Conclusion to Anti-Corruption Protests in Metro Manila",
            "Delfin Carreon",
            minutes="3 min read",
            reason="Also about NATO and Volodymyr Zelenskiy",
        ),
        article_card(
            f"DICT to Expand {LONG_WORD} Portals Amid Infrastructure Scam",
            "Apolinario Tiamzon",
            reason="From the same week",
        ),
    )


def changes() -> tuple[ChangeItem, ...]:
    """Two changes, newest first."""
    first = RecordRef("Event", BERLIN_TALKS.title, BERLIN_TALKS.href)
    return (
        ChangeItem(
            PUBLISHED,
            "First article: talks resume in Berlin.",
            (first,),
            "change-2",
            "2026-01-24",
            "first-article-talks-resume-in",
        ),
        ChangeItem(DECEMBER, "The story begins.", (), "change-1", "2025-12-01", "the-story-begins"),
    )


def story_card(**changed: object) -> StoryCard:
    """The seed story on the home page."""
    base = StoryCard(
        title="Peace talks on Ukraine",
        href=STORY,
        summary="Who wants what, what is proposed, and what is still open.",
        short_html=(
            f'Ukraine <a href="{GIVES_UP_GOAL.href}">gives up its goal of joining NATO</a> and '
            "wants legally binding guarantees instead."
        ),
        as_of=DateText("As of December 2025"),
        counts="15 events, 16 actors, 1 article",
        last_change=changes()[0],
        next_event=replace(_next_round(), is_home=False),
    )
    return replace(base, **changed)  # type: ignore[arg-type]


# ---------------------------------------------------------------------------------------- pages


def home_page() -> HomePage:
    """The front page with a lead story, a second one and a few articles."""
    second = story_card(
        title="Floods in Sumatra",
        short_html="",
        counts="1 event",
        last_change=None,
        next_event=None,
    )
    return HomePage(
        "index.html",
        site(),
        head(""),
        (story_card(), second, replace(second, title=f"Inquiry into {LONG_WORD} contracts")),
        (seed_card(), *recommended()),
        Link("All articles", f"{ROOT}archives/"),
    )


def empty_home_page() -> HomePage:
    """The front page of a site that has published nothing."""
    return HomePage("index.html", site(menu=(), feed=None), head(""), (), (), None)


def story_page(**changed: object) -> StoryPage:
    """The explainer of the seed story, every section filled."""
    links = {
        "gives up its goal of joining NATO": "event-zelenskiy-gives-up-nato-goal",
        "talks in Berlin": "event-berlin-talks",
        "refused to give up the Donbas": "position-ukraine-territory",
        "20-point proposal": "event-twenty-point-proposal",
    }
    sentences = (
        "Ukraine {0}, President Zelenskiy says, and wants legally binding guarantees instead.",
        "He said so before {1} with Trump’s envoys Witkoff and Kushner, hosted by Merz.",
        "Russia demands no NATO and withdrawal from parts of the east; Ukraine has {2} so far.",
        "A {3} that would end in a ceasefire is being discussed. Nothing is agreed.",
    )
    marks = tuple(f'<a href="#{anchor}">{words}</a>' for words, anchor in links.items())
    base = StoryPage(
        "stories/ukraine-peace-talks/index.html",
        site(),
        head(
            "Peace talks on Ukraine",
            og_type="article",
            feeds=(Feed("Peace talks on Ukraine", f"{STORY}feed.atom"),),
        ),
        title="Peace talks on Ukraine",
        summary="Who wants what, what is proposed, and what is still open.",
        as_of=DECEMBER,
        basis=BASIS,
        picture=None,
        short=ShortVersion(tuple(s.format(*marks) for s in sentences), DECEMBER, changes()[0]),
        board=board(),
        key_events=tuple(
            replace(item, is_home=False) for item in (INVASION, GIVES_UP_GOAL, BERLIN_TALKS)
        ),
        timeline=story_timeline(),
        actors=actor_cards(),
        unnamed=(PARTNERS, ActorRef("Russian officials", kind="unnamed")),
        issues=issues(),
        quotes=quotes(),
        claims=claims(),
        questions=questions(),
        terms=tuple(Link(term.name, term.href) for term in terms()),
        articles=(_title_card(), replace(_title_card(), kind_words="Brief", picture=PICTURE)),
        read_first=(replace(_title_card(), reason="Read for: “Talks in Berlin”."),),
        changes=changes(),
        changes_href=f"{STORY}changes/",
        note="Everything here rests on one article.",
        sources=(OUTSIDE,),
        visit_key=STORY,
        slices=(
            ("By year", (Link("2022", f"{STORY}2022/"), Link("2025", f"{STORY}2025/"))),
            ("By actor", (Link("Mark Rutte", f"{STORY}actors/rutte/"),)),
        ),
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def one_event_story_page() -> StoryPage:
    """A story that has just begun: one event, nothing else."""
    return story_page(
        path="stories/one/index.html",
        title=f"A first report on the {LONG_WORD} affair that nobody has explained so far, in full",
        picture=PICTURE,
        short=None,
        board=Board(),
        key_events=(),
        timeline=one_event_timeline(),
        actors=(),
        unnamed=(),
        issues=(),
        quotes=(),
        claims=(),
        questions=(),
        terms=(),
        articles=(_title_card(),),
        read_first=(),
        changes=(),
        sources=(),
        note="",
        visit_key="",
        slices=(),
    )


def slice_page(**changed: object) -> StorySlicePage:
    """What the seed story says of Zelenskiy."""
    groups = (EventGroup("2025", "year-2025", (replace(BERLIN_TALKS, is_home=False),), "2025"),)
    base = StorySlicePage(
        "stories/ukraine-peace-talks/actors/volodymyr-zelenskiy/index.html",
        site(),
        head("Volodymyr Zelenskiy", Link("Peace talks on Ukraine", STORY)),
        title="Volodymyr Zelenskiy",
        story=Link("Peace talks on Ukraine", STORY),
        summary="1 event, 3 quotes",
        basis=BASIS,
        actor=ZELENSKIY,
        timeline=TimelineView(groups=groups, count=1, count_words="1 event"),
        quotes=tuple(replace(item, is_home=False) for item in quotes()),
        claims=tuple(replace(item, is_home=False) for item in claims()),
        others=(Link("Ukraine", f"{STORY}actors/ukraine/"), Link("Volodymyr Zelenskiy")),
        others_heading="By actor",
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def year_slice_page() -> StorySlicePage:
    """What the seed story says of 2022."""
    return slice_page(
        path="stories/ukraine-peace-talks/2022/index.html",
        title="2022",
        summary="1 event",
        actor=None,
        timeline=one_event_timeline(),
        quotes=(),
        claims=(),
        others=(Link("2022"), Link("2025", f"{STORY}2025/")),
        others_heading="By year",
    )


def changes_page() -> ChangesPage:
    """What changed in the story."""
    title = "What changed: Peace talks on Ukraine"
    crumb = Link("Peace talks on Ukraine", STORY)
    path = "stories/ukraine-peace-talks/changes/index.html"
    return ChangesPage(path, site(), head(title, crumb), title, crumb, BASIS, changes())


def timeline_page() -> TimelinePage:
    """Everything, across stories: copies with links to their homes."""
    story = (Link("Peace talks on Ukraine", STORY),)
    view = story_timeline()
    groups = tuple(
        replace(
            group,
            events=tuple(replace(item, is_home=False, stories=story) for item in group.events),
        )
        for group in view.groups
    )
    years = (Link("2022", f"{ROOT}timeline/2022/"), Link("2025"))
    return TimelinePage(
        "timeline/index.html",
        site(),
        head("Timeline"),
        "Timeline",
        replace(view, groups=groups, planned=(), proposed=()),
        years,
    )


def actors_page() -> ActorIndexPage:
    """The index of actors: four kinds, one with a picture."""
    cards = actor_cards()
    pictured = replace(cards[0], picture=PICTURE, summary="Known from the seed article.")
    groups = (
        ("Persons", (pictured, *cards[1:8])),
        ("Organizations", cards[14:]),
        ("Countries", cards[8:14]),
        ("Groups", (ActorCard(COALITION, kind_words="Group"),)),
    )
    return ActorIndexPage("actors/index.html", site(), head("Actors"), "Actors", groups)


def actor_page(**changed: object) -> ActorPage:
    """A profile without a picture."""
    base = ActorPage(
        "actors/volodymyr-zelenskiy/index.html",
        site(),
        head("Volodymyr Zelenskiy", Link("Actors", f"{ROOT}actors/"), og_type="profile"),
        name="Volodymyr Zelenskiy",
        kind="person",
        kind_words="Person",
        monogram="VZ",
        role="President of Ukraine, as of December 2025",
        life="",
        also_known_as="",
        summary_html="<p>President of Ukraine at the time of the <em>Berlin</em> talks.</p>",
        picture=None,
        roles=(
            RoleItem(
                "President",
                Link("Ukraine", UKRAINE.href),
                DateText("as of December 2025"),
                resting_on("President Volodymyr Zelenskiy"),
            ),
        ),
        ties=(
            TieItem(
                "head of state of",
                UKRAINE,
                DECEMBER,
                resting_on("President Volodymyr Zelenskiy"),
            ),
            TieItem("adviser", ZELENSKIY, None, is_theirs=True),
        ),
        timeline=replace(one_event_timeline(), groups=timeline_page().timeline.groups),
        issues=(),
        quotes=(
            replace(quotes()[0], is_home=False),
            replace(
                quotes()[1], is_home=False, sentence=("He wants “", "dignified peace", "” now.")
            ),
        ),
        claims=(replace(_stated_claim(), is_home=False),),
        co_actors=(CoActor(WITKOFF, 2, "2 events"), CoActor(UKRAINE, 1, "1 event")),
        stories=(Link("Peace talks on Ukraine", STORY),),
        articles=(seed_card(),),
        links=(Link("Official site", "https://www.president.gov.ua/en"),),
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def organization_page() -> ActorPage:
    """A profile with a picture, dates of life and little else."""
    return actor_page(
        path="actors/nato/index.html",
        name=f"North Atlantic Treaty Organization ({LONG_WORD})",
        kind="organization",
        kind_words="Organization",
        monogram="N",
        role="",
        life="founded 1949",
        also_known_as="Also called NATO, the alliance",
        summary_html="",
        picture=PICTURE,
        roles=(),
        ties=(),
        timeline=TimelineView(),
        issues=tuple(
            replace(block, rows=tuple(_copied(row) for row in block.rows)) for block in issues()
        ),
        quotes=(),
        claims=(),
        co_actors=(),
        articles=(),
        links=(),
        note="Only what our articles say.",
    )


def _copied(row: StanceRow) -> StanceRow:
    now = tuple(replace(item, is_home=False) for item in row.now)
    return replace(row, now=now, then=tuple(replace(item, is_home=False) for item in row.then))


BODY = """<p>In a significant diplomatic development, President \
<a class="mention" href="{actor}">Volodymyr Zelenskiy</a>{about} \
<span class="evidence" id="evidence-zelenskiy-gives-up-nato-goal">announced that Ukraine is \
relinquishing its long-standing goal of joining NATO to secure legally binding security guarantees \
from Western nations</span><sup class="evidence-mark"><a href="{story}#event-zelenskiy-gives-up-\
nato-goal" aria-label="1: Event: Zelenskiy gives up the NATO goal">1</a></sup>. This concession \
comes as <span class="evidence" id="evidence-berlin-talks">peace negotiations resumed in Berlin on \
Sunday</span><sup class="evidence-mark"><a href="{story}#event-berlin-talks" aria-label="2: Event: \
Peace talks resume in Berlin">2</a></sup>, aiming to resolve the ongoing war with Russia.</p>
{notes}
<p>Zelenskiy revealed this compromise while en route to Germany’s capital, where he engaged in \
discussions with US President Donald Trump’s envoys, Steve Witkoff and Jared Kushner, under the \
auspices of German Chancellor Friedrich Merz. The talks are a continuation of efforts to halt \
Europe’s deadliest conflict since World War II.</p>
<aside class="editor-note"><p><span class="editor-note__label">Editor’s note</span> The page is \
dated 24 January 2026, but the text was written in December.</p></aside>
<h2>What Moscow demands</h2>
<p><span class="evidence" id="evidence-constitution">Ukraine’s NATO aspiration, previously \
enshrined in its constitution</span><sup class="evidence-mark"><a href="{story}#event-nato-goal-in-\
constitution" aria-label="3: Event">3</a></sup>, was considered a critical defense against Russian \
aggression. The decision to forgo alliance membership aligns partially with Russia’s demands but \
marks a profound shift for Kyiv, which has so far resisted conceding territorial claims in the \
Donbas region.</p>
{notes_late}
<ul><li>No NATO.</li><li>Withdrawal from parts of the east.</li></ul>
<blockquote><p>We are Russia’s next target.</p></blockquote>
<table><thead><tr><th>Who</th><th>What</th></tr></thead><tbody><tr><td>Russia</td><td>neutrality\
</td></tr></tbody></table>
<p>The Kremlin dismissed these remarks as "irresponsible".</p>"""

NOTES = (
    '<details class="evidence-notes"><summary>3 notes on this paragraph</summary><ol>{0}</ol>'
    "</details>"
)
NOTE = (
    '<li value="{0}"><span class="evidence-notes__number" aria-hidden="true">{0}</span>'
    '<a href="{1}"><span class="evidence-notes__kind">Event</span> {2}</a></li>'
)


ABOUT = (
    '<span class="about"><button popovertarget="about-zelenskiy" '
    'aria-label="About Volodymyr Zelenskiy"></button></span>'
)


def body_html() -> str:
    """The seed article's beginning, with evidence, notes and a little of all Markdown."""
    first = (
        NOTE.format(1, GIVES_UP_GOAL.href, GIVES_UP_GOAL.title)
        + NOTE.format(2, BERLIN_TALKS.href, BERLIN_TALKS.title)
        + NOTE.format(2, STORY, "Ukraine gives up membership in return for binding guarantees")
    )
    late = NOTE.format(3, STORY, "Ukraine writes the NATO goal into its constitution")
    return BODY.format(
        actor=ZELENSKIY.href,
        about=ABOUT,
        story=STORY,
        notes=NOTES.format(first),
        notes_late=NOTES.format(late),
    )


def article_page(**changed: object) -> ArticlePage:
    """The seed article: long headline, corrections, evidence, four cards."""
    base = ArticlePage(
        "articles/nato-for-guarantees/index.html",
        site(),
        head(HEADLINE, Link("Articles", f"{ROOT}archives/"), og_type="article", image=PICTURE),
        title=HEADLINE,
        headline_html=HEADLINE,
        date=PUBLISHED,
        modified=DateText("25 January 2026", "2026-01-25"),
        written=DECEMBER,
        byline="",
        authors=(Link("Staff", f"{ROOT}authors/staff/"),),
        dateline="BERLIN/KYIV",
        minutes="4 min read",
        summary="Zelenskiy calls it a compromise; talks resume in Berlin.",
        picture=None,
        body_html=body_html(),
        story=Link("Peace talks on Ukraine", STORY),
        story_line="Ukraine gives up its goal of joining NATO and wants binding guarantees.",
        corrections=(
            Correction(
                DateText("26 January 2026", "2026-01-26"), "The talks were in Berlin.", "Bern"
            ),
        ),
        tags=(Link("Diplomacy", f"{ROOT}tags/diplomacy/"), Link("Europe", f"{ROOT}tags/europe/")),
        sources=(OUTSIDE,),
        records=(
            RecordRef("Event", GIVES_UP_GOAL.title, GIVES_UP_GOAL.href),
            RecordRef("Event", BERLIN_TALKS.title, BERLIN_TALKS.href),
            RecordRef("Quote", "We are Russia’s next target.", quotes()[3].href),
        ),
        recommended=recommended(),
        cards=(
            AboutCard(
                "about-zelenskiy",
                "Volodymyr Zelenskiy",
                ZELENSKIY.href or "",
                "President at the time of the Berlin talks.",
                "President of Ukraine",
            ),
            AboutCard("about-term_nato", "NATO", f"{ROOT}terms/#term-nato", "An alliance."),
        ),
    )
    return replace(base, **changed)  # type: ignore[arg-type]


def own_records_article_page() -> ArticlePage:
    """An article of no story: its records have their home on its page, which is German."""
    return article_page(
        path="articles/alone/index.html",
        story=None,
        story_line="",
        authors=(),
        byline="By Staff",
        corrections=(),
        picture=PICTURE,
        timeline=one_event_timeline(),
        positions=(position("alone", "wants to join NATO", UKRAINE),),
        quotes=quotes()[1:2],
        claims=(_stated_claim(),),
        questions=questions()[3:4],
        records=(),
        sources=(),
        tags=(),
        recommended=(),
        cards=(),
        translations=(Link("Deutsch", f"{ROOT}de/articles/alone/"),),
        original=Link("English", ARTICLE),
        language="de",
        direction="ltr",
    )


def brief_page() -> BriefPage:
    """An article of which only the headline, the date and the author are known."""
    card = recommended()[1]
    return BriefPage(
        "articles/sumatra-floods/index.html",
        site(),
        head(card.title, Link("Articles", f"{ROOT}archives/")),
        card.title,
        card.date,
        card.byline,
        (Link(card.byline, f"{ROOT}authors/delfin-carreon/"),),
        Link("news.example", "https://news.example/floods"),
        (),
        None,
        recommended()[:2],
    )


def places_page() -> PlacesPage:
    """Two places, one with events and a map."""
    berlin = PlaceItem(
        "place-berlin",
        f"{ROOT}places/#place-berlin",
        "Berlin",
        "Germany’s capital, where the talks resumed.",
        "https://www.openstreetmap.org/?mlat=52.52&mlon=13.40",
        (replace(BERLIN_TALKS, is_home=False),),
    )
    kyiv = PlaceItem("place-kyiv", f"{ROOT}places/#place-kyiv", "Kyiv", "")
    return PlacesPage("places/index.html", site(), head("Places"), "Places", (berlin, kyiv))


def terms_page() -> TermsPage:
    """The glossary."""
    return TermsPage("terms/index.html", site(), head("Terms"), "Terms", terms())


def issues_page() -> IssuesPage:
    """Every issue, as copies of the positions."""
    blocks = tuple(
        replace(block, rows=tuple(_copied(row) for row in block.rows)) for block in issues()
    )
    return IssuesPage("issues/index.html", site(), head("Issues"), "Where they stand", blocks)


def list_page() -> ListPage:
    """The second page of a tag."""
    tag_head = head("Diplomacy", Link("Tags", f"{ROOT}tags/"), previous=f"{ROOT}tags/diplomacy/")
    return ListPage(
        "tags/diplomacy/page/2/index.html",
        site(),
        tag_head,
        "Diplomacy",
        "Tag",
        (seed_card(), replace(recommended()[2], picture=PICTURE), *recommended()[3:]),
        "23 articles",
        Pager(2, 3, f"{ROOT}tags/diplomacy/", f"{ROOT}tags/diplomacy/page/3/"),
        (Link("Tags", f"{ROOT}tags/"), Link("Authors", f"{ROOT}authors/")),
    )


def taxonomy_page() -> TaxonomyPage:
    """All tags."""
    entries = (
        (Link("Diplomacy", f"{ROOT}tags/diplomacy/"), "23 articles"),
        (Link("Europe"), "1 article"),
    )
    return TaxonomyPage("tags/index.html", site(), head("Tags"), "Tags", entries)


def static_page() -> StaticPage:
    """A page of prose."""
    body = "<p>We link every statement to its words.</p><h2>Dates</h2><p>As precise as known.</p>"
    title = "How we verify"
    return StaticPage("how-we-verify/index.html", site(), head(title), title, "In short.", body)


def redirect_page() -> RedirectPage:
    """The page of a former id."""
    title = "This page has moved"
    page_head = head(title, is_indexed=False)
    target = Link("Peace talks on Ukraine", STORY)
    return RedirectPage("stories/old/index.html", site(), page_head, title, target)


def not_found_page() -> NotFoundPage:
    """What stands where nothing is."""
    title = "Page not found"
    return NotFoundPage("404.html", site(), head(title, is_indexed=False), title, (story_card(),))


def all_pages() -> Mapping[str, Page]:
    """Every sample by a readable name; at least one of each page class."""
    return {
        "home": home_page(),
        "home-empty": empty_home_page(),
        "story": story_page(),
        "story-one-event": one_event_story_page(),
        "slice-actor": slice_page(),
        "slice-year": year_slice_page(),
        "changes": changes_page(),
        "timeline": timeline_page(),
        "timeline-empty": replace(timeline_page(), timeline=TimelineView(), years=()),
        "actors": actors_page(),
        "actors-empty": replace(actors_page(), groups=()),
        "actor": actor_page(),
        "actor-organization": organization_page(),
        "article": article_page(),
        "article-own-records": own_records_article_page(),
        "brief": brief_page(),
        "places": places_page(),
        "places-empty": replace(places_page(), places=()),
        "terms": terms_page(),
        "terms-empty": replace(terms_page(), terms=()),
        "issues": issues_page(),
        "issues-empty": replace(issues_page(), issues=()),
        "list": list_page(),
        "list-empty": replace(list_page(), articles=(), pager=None),
        "taxonomy": taxonomy_page(),
        "taxonomy-empty": replace(taxonomy_page(), entries=()),
        "static": static_page(),
        "redirect": redirect_page(),
        "not-found": not_found_page(),
    }
