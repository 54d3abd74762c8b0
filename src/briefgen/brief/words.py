"""The standing words of a document, by language. Renderers take them from `Brief.words`.

Only English so far, written here as in Britain, quotations in single marks: American words are
made of them (`briefgen.english`). Another language is another table here (and one in
`briefgen.dates`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from briefgen.english import words_by_language

ENGLISH: Mapping[str, str] = MappingProxyType(
    {
        # what renderers print
        "contents": "Contents",
        "page_of": "Page {page} of {pages}",
        "page": "page",
        "version": "version",
        "notes": "Notes",
        "note_mark": "Note {number}",
        "back_to_text": "Back to the text",
        "back_from_note": "Back to the text from note {number}",
        "back_to_mark": "Back to mark {mark} of note {number}",
        "citation_place": "Citation {place} of {places}",
        "cited_on_page": "Cited on p. {pages}.",
        "cited_on_pages": "Cited on pp. {pages}.",
        "cited_in_note": "Cited in n. {notes}.",
        "cited_in_notes": "Cited in nn. {notes}.",
        "cited_at": "Cited at {places}.",
        # references
        "reliability": "Reliability {grade}, {meaning}.",
        "reliability_why": "Reliability {grade}, {meaning}: {why}",
        "saved_copy": "Saved copy: {archive}.",
        "reliability_A": "completely reliable",
        "reliability_B": "usually reliable",
        "reliability_C": "fairly reliable",
        "reliability_D": "not usually reliable",
        "reliability_E": "unreliable",
        "reliability_F": "cannot be judged",
        "sources_official": "Treaties, laws and official records",
        "sources_press": "Press",
        "sources_scholarly": "Books and articles",
        "sources_reports": "Reports and papers",
        "sources_web": "Web pages and posts",
        "sources_spoken": "Speeches, interviews and broadcasts",
        "sources_other": "Other sources",
        "warning": "Caution",
        "title": "Title",
        # masthead
        "for": "For",
        "from": "From",
        "topics": "Topics",
        "period": "Period",
        "prepared": "Prepared",
        "cleared_by": "Cleared by",
        "distribution": "Distribution",
        "newest_information": "Newest information",
        "information_age_one": "more than a year old",
        "information_age": "more than {count} years old",
        "sources": "Sources",
        "review_on": "Review on",
        "all_topics": "all",
        "all_dates": "all dates",
        "by": "by {end}",
        "between": "between {start} and {end}",
        "from_to": "{start} to {end}",
        "graded": "{count}, graded A–F for reliability, 1–6 for credibility",
        # when: what a fact's date means
        "some_time": "some time {at}",
        "some_time_between": "some time between {start} and {end}",
        "some_time_since": "some time since {start}",
        "from_on": "from {start}",
        "in_time": "in {date}",
        "on_day": "on {date}",
        "on_about_day": "on or about {date}",
        "perhaps_at": "perhaps {at}",
        "as_reported": "as reported",
        "reported_at": "as reported {at}",
        "label_not_given": "date not given (reported {date})",
        "period_not_given": "date not given ({span})",
        "said_at": "said {at}",
        "undated_reported": "undated; reported {at}",
        "time_and_report": "{time}, {report}",
        "was_due": "was due {at}",
        "was_due_unknown": "was due {at}; {outcome}",
        "due": "due {at}",
        "due_then": "due",
        "outcome_not_recorded": "outcome not recorded",
        "happened": "What happened",
        "fell_due": "What fell due (outcome not recorded)",
        "yet_to_fall_due": "What is yet to fall due",
        "held_or_said": "How things stood and what was said, as reported",
        "in_its_own_view": ", in its own view",
        # sentences
        "according_to": ", according to {who}",
        "according_to_all": "According to {who}:",
        "spoken_voice": ", by the account of {who}",
        "reported_all": "As reported {at}:",
        "according_to_after": " (according to {who})",
        "who_at": "{who} {at}",
        "who_at_apart": "{who}, {at}",
        # flags
        "one_unnamed_source": "one unnamed source",
        "alone_D": "weak source",
        "all_D": "weak sources",
        "alone_E": "unreliable source",
        "all_E": "unreliable sources",
        "draft": "unchecked",
        "superseded": "superseded",
        "retracted": "retracted",
        "disputed": "disputed",
        # the key to flags and grades
        "one_unnamed_source_means": "one source tells it, from one person whom it does not name",
        "alone_D_means": "no source judged better than ‘not usually reliable’ bears it out",
        "alone_E_means": "no source judged better than ‘unreliable’ bears it out",
        "draft_means": "a draft that nobody has checked against its source",
        "superseded_means": "newer information has taken its place",
        "retracted_means": "withdrawn, and told here for the record",
        "disputed_means": "another account contradicts it",
        "grades_mean": (
            "Codes such as C3: reliability of the source, from A (completely reliable) to "
            "E (unreliable), F (cannot be judged); credibility of the information, from "
            "1 (confirmed) to 5 (improbable), 6 (cannot be judged)."
        ),
        "disputes_pointer_one": "Sources disagree on one point: see ‘{heading}’.",
        "disputes_pointer": "Sources disagree on {count} points: see ‘{heading}’.",
        # tables and labelled lists
        "date": "Date",
        "undated": "undated",
        "event": "Event",
        "statement": "Statement",
        "act": "Status",
        "act_told": " Status: {act}.",
        "not_in_force": "In force: not recorded.",
        "others_not_in_force": "In force: not recorded of the others.",
        "actors": "Who",
        "kind": "Kind",
        "source": "Source",
        "name": "Name",
        "office": "Office",
        "topic": "Topic",
        "actor": "Actor",
        "position": "Position",
        "said_by": "Said by",
        "measure": "Measure",
        "value": "Value",
        "basis": "Basis",
        "as_of": "As of",
        "change": "Change",
        # figures
        "basis_reported": "reported",
        "basis_estimate": "estimate",
        "basis_potential": "potential, not a total",
        "basis_planned": "planned, not a total",
        "qualifier_about": "about",
        "qualifier_at-least": "at least",
        "qualifier_at-most": "at most",
        # kinds
        "kind_event": "Events",
        "kind_agreement": "Agreements",
        "kind_figure": "Figures",
        "kind_position": "Positions",
        "kind_plan": "Offers and plans",
        "kind_assessment": "Assessments",
        "kind_background": "Background",
        # judgements
        "likelihood": "Likelihood: {term}.",
        "scale_likelihood": "What the words mean ({label}): {ranges}.",
        "scale_confidence": "{called} ({grades}) says how sound evidence and reasoning are.",
        "confidence": "Our {called} is {confidence}.",
        "confidence_because": "Our {called} is {confidence}: {because}.",
        "judgement_because": "We say so because {because}.",
        "assumes": "We assume that {what}.",
        "would_change": "{what} would change our view.",
        "would_change_if": "Our view would change {what}.",
        # gaps
        "gap_topic_all": "{topic}: nothing is recorded in the period.",
        "gap_topic_years": "{topic}: nothing is recorded for {years}.",
        "gap_undated_one": "One fact that fits the request carries no date and is left out.",
        "gap_undated": "{count} facts that fit the request carry no date and are left out.",
        "left_out_one": "One fact{on} is left out for {reasons}.",
        "left_out": "{count} facts{on} are left out for {reasons}.",
        "left_on": " on {topic}",
        "left_text": "not mentioning ‘{text}’",
        "left_actors": "not naming {actors}",
        "left_sources": "resting on other sources than were asked for",
        "left_markings": "not being marked {markings}",
        "left_kinds": "being of another kind than {kinds}",
        "left_grades": "being less well borne out than was asked for",
        "left_status": "being current, which was not asked for",
        "gap_one_source": "{count} of {total} facts rest on one source alone.",
        "gap_no_primary": (
            "No fact here rests on a primary record, such as a treaty: all {count} sources are "
            "press, commentary or the like."
        ),
        "gap_no_primary_one": (
            "No fact here rests on a primary record, such as a treaty: the one source is press, "
            "commentary or the like."
        ),
        "and": "and",
        "or": "or",
        "numbers": "one two three four five six seven eight nine ten",
        "also_attending": "Also",
        "attending": "In the room",
        "once_between": "exact date not known",
        "on_unknown_date": "On an unknown date",
        # how much a limit shows, of how much, and where the rest is
        "cut": "{shown} of {total} {what} shown.",
        "cut_there": "{shown} of {total} {what} shown; the rest in ‘{heading}’.",
        "cut_elsewhere": "{shown} of {total} {what} shown; the rest elsewhere in this brief.",
        "cut_partly": (
            "{shown} of {total} {what} shown; some of the others stand elsewhere in this brief, "
            "the rest on request from the author."
        ),
        "cut_nowhere": "{shown} of {total} {what} shown; the others on request from the author.",
        "cut_nowhere_one": "{shown} of {total} {what} shown; the other on request from the author.",
        # where the document names nobody to ask
        "cut_partly_unsigned": (
            "{shown} of {total} {what} shown; some of the others stand elsewhere in this brief, "
            "the rest are not printed here."
        ),
        "cut_nowhere_unsigned": "{shown} of {total} {what} shown; the others are not printed here.",
        "cut_nowhere_unsigned_one": (
            "{shown} of {total} {what} shown; the other is not printed here."
        ),
        # of what was not told before
        "cut_further": "further {what}",
        "cut_disputes": (
            "{shown} of {total} disputes shown; for the rest, look for facts marked ‘disputed’."
        ),
        "cut_of_fact": "facts",
        "cut_of_event": "events",
        "cut_of_agreement": "agreements",
        "cut_of_figure": "figures",
        "cut_of_position": "positions",
        "cut_of_plan": "offers and plans",
        "cut_of_assessment": "assessments",
        "cut_of_background": "facts",
        "cut_of_person": "people",
        "cut_of_gap": "gaps",
        "cut_of_dispute": "disputes",
        "more_accounts_one": "; {number} more account differs, too",
        "more_accounts": "; {number} more accounts differ, too",
        # what is spoken, and its evidence
        "evidence_line": "Line",
        "evidence": "Evidence",
        "evidence_again": "As under {lines}.",
        "evidence_source": "See the source.",
        "to_be_written": "To be written: {label}. {hint}",
        "draft_mark": "DRAFT",
        # changes
        "changes": "What changed since the last issue",
        # about the sources
        "sources_rest_on": "This brief rests on {sources}, issued {span}.",
        "sources_rest_on_undated": "This brief rests on {sources}.",
        "sources_of_kinds": "{count} sources: {kinds}",
        "sources_none_official": "None of them is an official record.",
        "sources_none_official_one": "It is no official record.",
        "sources_newest": "The newest information is of {date}.",
        "sources_newest_old": (
            "The newest information is of {date}, more than {number} years before this brief."
        ),
        "sources_newest_old_one": (
            "The newest information is of {date}, more than a year before this brief."
        ),
        "sources_reliability": "Judged for reliability: {grades}.",
        "sources_graded": "{count} {meaning}",
        "reliability_ungraded": "not judged",
        "sources_unnamed": "{number} of the statements rest on one unnamed source each.",
        "sources_unnamed_one": "{number} of the statements rests on one unnamed source.",
        "sources_hearsay": "{number} of the statements rest on unnamed sources or on hearsay.",
        "sources_hearsay_one": "{number} of the statements rests on unnamed sources or on hearsay.",
        "sources_hearsay_more": "{number} more rest on unnamed sources or on hearsay.",
        "sources_hearsay_more_one": "{number} more rests on unnamed sources or on hearsay.",
        "sources_repeat": (
            "{source} repeats wording of {others}: where they agree, that confirms nothing."
        ),
        "source_press_one": "one press report",
        "source_press": "{number} press reports",
        "source_opinion_one": "one opinion piece",
        "source_opinion": "{number} opinion pieces",
        "source_article_one": "one article",
        "source_article": "{number} articles",
        "source_scholarly_one": "one scholarly article",
        "source_scholarly": "{number} scholarly articles",
        "source_book_one": "one book",
        "source_book": "{number} books",
        "source_blog_one": "one blog post",
        "source_blog": "{number} blog posts",
        "source_post_one": "one post",
        "source_post": "{number} posts",
        "source_web_one": "one web page",
        "source_web": "{number} web pages",
        "source_report_one": "one report",
        "source_report": "{number} reports",
        "source_release_one": "one press release",
        "source_release": "{number} press releases",
        "source_treaty_one": "one treaty",
        "source_treaty": "{number} treaties",
        "source_law_one": "one law or ruling",
        "source_law": "{number} laws or rulings",
        "source_record_one": "one official record",
        "source_record": "{number} official records",
        "source_data_one": "one set of data",
        "source_data": "{number} sets of data",
        "source_speech_one": "one speech",
        "source_speech": "{number} speeches",
        "source_interview_one": "one interview",
        "source_interview": "{number} interviews",
        "source_broadcast_one": "one broadcast",
        "source_broadcast": "{number} broadcasts",
        "source_letter_one": "one letter",
        "source_letter": "{number} letters",
        "source_other_one": "one other source",
        "source_other": "{number} other sources",
        # who is who
        "role_of": "{title}, {of}",
        "known_as_of": "as of {date}",
        "last_recorded": "last recorded {date}",
        "nothing_recorded": "Nothing recorded.",
        "last_met": "Last recorded meeting with {ours}: {date}.",
        "last_meeting": "Last recorded meeting: {date}.",
        "post_head-of-state": "head of state",
        "post_head-of-government": "head of government",
        "post_foreign-minister": "foreign minister",
        "post": "Post",
        "holder": "Last known holder",
    }
)


def number_in_words(count: int, words: Mapping[str, str]) -> str:
    """`three`; from eleven on, and below one, in figures."""
    known = words["numbers"].split()
    return known[count - 1] if 0 < count <= len(known) else str(count)


def listed(labels: Sequence[str], conjunction: str) -> str:
    """Labels in a row: `a, b and c`; with semicolons where one has the conjunction in it."""
    if len(labels) > 1 and any(f" {conjunction} " in label for label in labels):
        return "; ".join(labels)  # "Trade and finance and Energy" names two or three things
    if len(labels) < 2:
        return "".join(labels)
    return f"{', '.join(labels[:-1])} {conjunction} {labels[-1]}"


words_in = words_by_language(ENGLISH)
"""The standing words in a language (BCP 47): British or American for every `en` tag.

Raises `KeyError` for a language that has no table yet.
"""
