"""What the files of format 1 say, as values: see `test_old_formats`."""

from __future__ import annotations

from briefgen.addresses import Address
from briefgen.brief.spec.model import (
    BriefSpec,
    Edits,
    EmailRequest,
    Judgement,
    OwnSection,
    Passages,
    ReferenceListing,
    SectionEdits,
    Sides,
)
from briefgen.brief.template.model import SectionTemplate, TextTemplate, Where
from briefgen.dates import parse_edtf
from briefgen.facts.model import Actor, Citation, Fact, Figure, Passage, Role
from briefgen.select.model import Selection
from briefgen.standards.markings import MarkingScheme
from briefgen.standards.scale import Band, Scale, Term

FACTS = (
    Fact(
        "everything",
        ("energy.oil", "trade"),
        "agreement",
        "A statement with <b>, & and {{ braces }}.",
        (
            Citation(
                "everything",
                locators=(("page", "3-4"), ("paragraph", "9")),
                quote="The words of the source,\non two lines.\n",
            ),
            Citation("repeats"),
        ),
        date=parse_edtf("2011-05-17"),
        date_note="the day of the signing, from the second report",
        actors=("pakistan", "minister", "pipeline"),
        detail="A second sentence or two.",
        attribution="Jo Example, Minister of Energy",
        figures=(
            Figure(
                "bilateral-trade",
                542,
                "USD million",
                "reported",
                value_to=760.5,
                period=parse_edtf("2022-07/2023-05"),
                qualifier="about",
            ),
            Figure("oil-delivered", 100000, "tonnes", "estimate", qualifier="at-least"),
            Figure("oil-delivered", 45000, "tonnes", "potential", qualifier="at-most"),
            Figure("oil-delivered", -1.5, "tonnes", "planned"),
        ),
        credibility=2,
        key=True,
        supersedes=("superseded",),
        disputes=("position",),
        marking="OFFICIAL",
        recorded="2026-11-21",
        checked="2026-11-22",
        recorded_by="Jo Example",
    ),
    Fact(
        "superseded",
        ("energy",),
        "event",
        "It happened, as was thought then.",
        (Citation("repeats"),),
        status="superseded",
    ),
    Fact(
        "position",
        ("energy",),
        "position",
        "Nothing of the kind was agreed on.",
        (Citation("repeats"),),
        date=parse_edtf("2012~"),
        attribution="the ministry",
        credibility=6,
    ),
    Fact(
        "draft",
        ("energy",),
        "plan",
        "It is to be built.",
        (Citation("repeats"),),
        date=parse_edtf("2013/.."),
        status="draft",
    ),
    Fact(
        "retracted",
        ("trade",),
        "figure",
        "Trade stood at 542 million dollars.",
        (Citation("repeats"),),
        date=parse_edtf("201X"),
        status="retracted",
    ),
    Fact(
        "assessment",
        ("trade",),
        "assessment",
        "Trade will grow.",
        (
            Citation(
                "repeats",
                locators=(
                    ("act", "1"),
                    ("appendix", "2"),
                    ("article", "3"),
                    ("book", "4"),
                    ("canon", "5"),
                    ("chapter", "6"),
                    ("column", "7"),
                    ("elocation", "8"),
                    ("equation", "9"),
                    ("figure", "10"),
                    ("folio", "11"),
                    ("issue", "12"),
                    ("line", "13"),
                    ("note", "14"),
                    ("opus", "15"),
                    ("page", "16"),
                    ("paragraph", "17"),
                    ("part", "18"),
                    ("rule", "19"),
                    ("scene", "20"),
                    ("section", "21"),
                    ("sub-verbo", "22"),
                    ("supplement", "23"),
                    ("table", "24"),
                    ("timestamp", "25"),
                    ("title", "26"),
                    ("verse", "27"),
                    ("version", "28"),
                    ("volume", "29"),
                ),
            ),
        ),
        date=parse_edtf("2013-21"),
        attribution="Jo Example",
    ),
    Fact(
        "background",
        ("trade",),
        "background",
        "Trade is an old subject between the two.",
        (Citation("repeats"),),
    ),
)

TIMED_FACTS = (
    Fact(
        "occurred",
        ("energy",),
        "event",
        "Talks were held all summer.",
        (Citation("repeats"),),
        date=parse_edtf("2011-05/2011-07"),
        date_is="occurrence",
        said=parse_edtf("2013-08-28"),
        status="superseded",
        status_note="the communiqué tells it better",
        recorded="2026-11-21",
        checked="2026-11-22",
        recorded_by="Jo Example",
        checked_by="Sam Example",
    ),
    Fact(
        "once-within",
        ("trade",),
        "agreement",
        "The contract was signed.",
        (Citation("everything"),),
        date=parse_edtf("2014/2023-09~"),
        date_is="within",
        said=parse_edtf("2023-09~"),
    ),
    Fact(
        "held",
        ("trade",),
        "position",
        "Nothing of the kind is planned.",
        (Citation("everything"),),
        date=parse_edtf("2013-08"),
        date_is="state",
        said=parse_edtf("2013-08/.."),
        attribution="the ministry",
    ),
    Fact(
        "due",
        ("energy",),
        "plan",
        "The working group was to meet.",
        (Citation("everything"),),
        date=parse_edtf("2013-11"),
        date_is="expected",
    ),
    Fact(
        "told",
        ("energy",),
        "background",
        "The minister welcomed it.",
        (Citation("everything"),),
        date=parse_edtf("2017-12"),
        date_is="statement",
    ),
)
"""What stands in the files that came later."""
FINGERPRINTS = {
    "everything": "5ca28d001651d49c216e2929dd9cd96839c29c117127100fe947b0008b8af5d9",
    "position": "46d3754d23bd7fe15604bea8347ae97dc52dd76245fcd37425c7c1947b723cf3",
}
"""The SHA-256 of facts as they stand: one that differs makes passages stale that are not."""

PASSAGES = {
    "both": Passage(
        "both",
        "The *signing* of 17 May 2011 was reported [@everything], and the ministry denied it "
        "[@position; @{draft}].",
        ("everything", "position", "draft"),
        checked=FINGERPRINTS,
        key=True,
    ),
    "plain": Passage(
        "plain",
        "\\[Trade\\] is an old subject [@background] and will grow, Jo Example says. [@assessment]",
        ("background", "assessment"),
    ),
}

ACTORS = {
    "pakistan": Actor("pakistan", "Pakistan", "state", aliases=("Islamabad", "Пакистан")),
    "ministry": Actor("ministry", "Ministry of Energy", "organisation"),
    "minister": Actor(
        "minister",
        "Jo Example",
        "person",
        roles=(
            Role(
                "Minister of Energy",
                of="pakistan",
                since=parse_edtf("2012"),
                until=parse_edtf("2013-06"),
                cites=(Citation("everything", locators=(("page", "3"),)),),
            ),
            Role("Member of Parliament"),
        ),
    ),
    "gwadar": Actor("gwadar", "Gwadar", "place"),
    "pipeline": Actor("pipeline", "The pipeline", "asset"),
}

BRIEF = BriefSpec(
    title="Energy ties, 2011–2023",
    template="everything",
    select=Selection(
        topics=("energy", "trade"),
        start=parse_edtf("2011"),
        end=parse_edtf("2023-12"),
        kinds=("event", "agreement", "figure", "position", "plan", "assessment", "background"),
        actors=("pakistan",),
        sources=("report", "article"),
        markings=("OFFICIAL", "OFFICIAL-SENSITIVE"),
        text='oil "a phrase" ship*',
        min_reliability="C",
        min_credibility=3,
        ungraded=True,
        undated=True,
        status=("current", "draft", "superseded", "retracted"),
    ),
    passages=Passages(
        add=(
            Passage(
                "own",
                "It was signed [@everything] and denied [@position].",
                ("everything", "position"),
                checked={"everything": FINGERPRINTS["everything"]},
            ),
        ),
        split=("both",),
    ),
    edits=Edits(
        exclude=("draft",),
        include=("superseded",),
        order=("everything", "position"),
        key=("position",),
        unkey=("everything",),
        not_for_use=("superseded",),
        reword={"position": "Nothing was agreed on."},
    ),
    sections=SectionEdits(
        leave_out=("annex",),
        order=("points", "outlook"),
        limits={"points": 3},
        add=(OwnSection("mine", "What I saw", "It *arrived* [@everything].", after="points"),),
        leads={"energy": "Oil has moved [@everything]."},
    ),
    attendees=("minister", "Deputy Minister"),
    posts=("head-of-state", "head-of-government", "foreign-minister"),
    sides=Sides(ours=("pakistan",), theirs=("ministry", "minister")),
    text={"outlook": "Two paragraphs [@everything, p. 3].\n\nThe *second* one.\n"},
    style="ieee",
    citations="zotero",
    notes="end",
    references=ReferenceListing(backlinks=False, grades=True, group="kind"),
    grades=True,
    language="en-GB",
    paper="letter",
    max_pages=8,
    marking="OFFICIAL",
    handling=("COMMERCIAL", "UK EYES ONLY"),
    reference="SA/2026/114",
    version="2",
    contact="south.asia@research.example",
    prepared_for="Director, South Asia",
    prepared_by="Research desk",
    cleared_by="Head of desk",
    distribution=("Director South Asia", "Moscow post"),
    review_on="2027-05-01",
    changes="The shipment is in [@everything].\n",
    date="2026-11-21",
    outputs=("docx", "pdf", "html", "md", "txt", "json"),
    email=EmailRequest(
        to=(Address("jo", "example.org"), Address("jo.doe", "example.org", name="Jo Doe")),
        cc=(Address("desk", "example.org"),),
        subject="Energy ties",
        body="As agreed.\n",
        send=True,
    ),
)

OTHER_BRIEF = BriefSpec(
    select=Selection(
        topics=("energy",), kinds=("event",), actors=("pakistan",), min_reliability="A"
    ),
    edits=Edits(exclude=("draft",)),
    grades=False,
    outputs=("docx",),
    email=EmailRequest(to=(Address("jo", "example.org"),)),
)

TEMPLATE_SECTIONS = (
    SectionTemplate("outlook", TextTemplate("Outlook"), "input", input="outlook", tone="accent"),
    SectionTemplate(
        "points",
        TextTemplate("Key points"),
        "bullets",
        where=Where(
            Selection(
                topics=("energy",),
                start=parse_edtf("2011"),
                end=parse_edtf("2013"),
                kinds=(
                    "agreement",
                    "event",
                    "figure",
                    "position",
                    "plan",
                    "assessment",
                    "background",
                ),
                actors=("pakistan",),
                sources=("report",),
                markings=("OFFICIAL",),
                text="oil",
                min_reliability="D",
                min_credibility=4,
                ungraded=True,
                undated=True,
                status=("current", "draft", "superseded", "retracted"),
            ),
            side="ours",
            key=True,
            any_text=("ship*", "oil gas"),
            use="free",
        ),
        sort="importance",
        limit=5,
        keep="important",
        at_least=3,
        one_per="topic",
        detail=True,
        tell_disputes=True,
        text=TextTemplate("A lead, in *CommonMark*."),
        empty=TextTemplate("There are none."),
    ),
    SectionTemplate(
        "said",
        TextTemplate("Said of {{ topic.label }}"),
        "paragraphs",
        where=Where(Selection(min_reliability="B"), side="theirs", key=False),
        sort="newest",
        for_each="topic",
        spoken=True,
    ),
    SectionTemplate(
        "years",
        TextTemplate("{{ year }}"),
        "chronology",
        sort="oldest",
        for_each="year",
        label="topic",
    ),
    SectionTemplate("by-date", TextTemplate("Dates"), "chronology"),
    SectionTemplate(
        "by-actor", TextTemplate("{{ actor.name }}"), "chronology", for_each="actor", label="actor"
    ),
    SectionTemplate(
        "by-kind",
        TextTemplate("Kinds"),
        "chronology",
        for_each="kind",
        one_per="actor",
        label="kind",
    ),
    SectionTemplate(
        "table",
        TextTemplate("Table"),
        "table",
        where=Where(Selection(min_reliability="E")),
        columns=("date", "act", "statement", "actors", "kind", "source"),
    ),
    SectionTemplate(
        "figures",
        TextTemplate("Figures"),
        "figures",
        figure_columns=("measure", "value", "period", "basis", "as_of", "change"),
    ),
    SectionTemplate("positions", TextTemplate("Positions"), "positions"),
    SectionTemplate("who", TextTemplate("Who"), "actors"),
    SectionTemplate(
        "disputes", TextTemplate("Disputes"), "disputes", tone="warning", in_a_sentence=True
    ),
    SectionTemplate("gaps", TextTemplate("Gaps"), "gaps"),
    SectionTemplate("judgements", TextTemplate("Outlook in numbers"), "judgements"),
    SectionTemplate(
        "words",
        TextTemplate(""),
        "text",
        text=TextTemplate(
            '{{ base.title }}, {{ subject }}, {{ topics }}, {{ period }}, {{ ours }}, {{ theirs }},\n{{ count }}, {{ sources }}, {{ date }}, {{ template }}.\n\n{{ subject | trim | capitalize | default("none") }} {{ subject | title | truncate(20) }}\n{{ subject | upper }} {{ subject | lower }} {{ subject | list | unique | sort | reverse | first }}\n{{ subject | list | last }} {{ subject | length }} {{ "3" | int }} {{ 2.5 | round | string }}\n{{ subject | list | map("upper") | select("string") | reject("number") | join("") }}\n{{ [{"a": 1}] | selectattr("a") | rejectattr("a", "none") | list | length }}\n'
        ),
    ),
    SectionTemplate("annex", TextTemplate("Annex"), "annex", page_break=True),
    SectionTemplate("sources", TextTemplate("Sources"), "sources", with_notes=False),
    SectionTemplate("about", TextTemplate("About the sources"), "about_sources"),
    SectionTemplate("coming", TextTemplate("Who is coming"), "attendees"),
    SectionTemplate("posts", TextTemplate("Posts"), "posts"),
    SectionTemplate(
        "stood",
        TextTemplate("As of {{ newest }}, {{ undated_left_out }} left out"),
        "bullets",
        where=Where(
            Selection(),
            date_is=("occurrence", "within", "state", "expected", "statement"),
            dated=True,
        ),
        group="source",
    ),
    SectionTemplate(
        "apart",
        TextTemplate("What happened"),
        "chronology",
        where=Where(Selection(), date_is=("occurrence",)),
        group="date_is",
    ),
    SectionTemplate("spelling", TextTemplate("In {{ language }}"), "gaps"),
    SectionTemplate(
        "due",
        TextTemplate("What was due"),
        "bullets",
        where=Where(
            Selection(),
            date_is=("occurrence", "within", "state", "expected", "statement"),
            ahead=False,
        ),
    ),
    SectionTemplate("agreements", TextTemplate("Agreements"), "chronology", acts=True),
    SectionTemplate(
        "by-subtopic",
        TextTemplate("What else there is"),
        "paragraphs",
        again=True,
        run_in="subtopic",
        formerly=("more",),
    ),
    SectionTemplate(
        "lines", TextTemplate("Lines"), "input", input="line", spoken=True, numbered=True
    ),
    SectionTemplate(
        "usable",
        TextTemplate("Facts"),
        "usable",
        input="line",
        where=Where(Selection(), use="not_for_use"),
    ),
    SectionTemplate(
        "meetings", TextTemplate("Meetings"), "bullets", where=Where(Selection(), side="both")
    ),
    SectionTemplate("evidence", TextTemplate("Evidence"), "evidence"),
)

LIKELIHOODS = (
    "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely", "improbable",
    "roughly even chance", "roughly even odds", "likely", "probable", "very likely",
    "highly probable", "almost certain", "nearly certain",
)  # fmt: skip
JUDGEMENTS = (
    *(
        Judgement(
            "Something will happen [@everything].",
            likelihood,
            ("low", "moderate", "high")[number % 3],  # type: ignore[arg-type]
            ("everything",),
        )
        for number, likelihood in enumerate(LIKELIHOODS)
    ),
    Judgement("Something unlikely is left unsaid."),
    Judgement(
        "Something will happen [@everything].",
        "a word of our own",
        "fair",
        because="we have one source [@everything]",
        assumes="nothing else happens",
        would_change="A second source\n",
    ),
)

SCALE = Scale(
    "ours.yaml",
    "Our own scale",
    "How we say what we think",
    "2026-11",
    (
        Band(0, 40, (Term("hardly"),)),
        Band(
            40, 100, (Term("a word of our own", ("own words",), True, "We have a word for this."),)
        ),
    ),
    ("poor", "fair"),
    "trust",
    "Ministry of Examples",
    "https://example.org/scale",
    "Figures are for guidance.",
)
MARKINGS = MarkingScheme(
    ("OFFICIAL", "OFFICIAL-SENSITIVE"),
    (("OFF", "OFFICIAL"),),
    ("UK",),
    ("COMMERCIAL",),
    "Our own markings",
)

_KHAN = [{"family": "Khan", "given": "Aisha"}]
_GAULLE = [{"family": "Gaulle", "given": "Charles", "dropping-particle": "de"}]
_GOGH = [
    {
        "family": "Gogh", "given": "Vincent", "non-dropping-particle": "van", "suffix": "Jr.",
        "comma-suffix": True,
    }
]  # fmt: skip
_TWO = [
    {"literal": "Ministry of Energy"},
    {"family": "Li", "given": "Wei", "static-ordering": True, "parse-names": False},
]
_PLAIN = [{"literal": "A name as plain text"}]

NAMES = {
    **dict.fromkeys(
        (
            "author",
            "container-author",
            "editorial-director",
            "interviewer",
            "producer",
            "translator",
        ),
        _KHAN,
    ),
    **dict.fromkeys(
        ("chair", "contributor", "executive-producer", "narrator", "recipient"), _GAULLE
    ),
    **dict.fromkeys(
        ("collection-editor", "curator", "guest", "organizer", "reviewed-author"), _GOGH
    ),
    **dict.fromkeys(("compiler", "director", "host", "original-author", "script-writer"), _TWO),
    **dict.fromkeys(("composer", "editor", "illustrator", "performer", "series-creator"), _PLAIN),
}
DATES = {
    "accessed": {"date-parts": [[2023, 9, 1]]},
    "available-date": {"date-parts": [[2013, 8, 28]]},
    "event-date": {"date-parts": [[2013, 21]]},
    "issued": {"date-parts": [[2013], [2014]], "circa": True, "literal": "2013 or 2014"},
    "original-date": {"date-parts": [[1948]], "circa": True},
    "submitted": {"date-parts": [[2013, 22]]},
}
