"""What each part of the window is for, in the order in which one meets them.

A part is known by the name of its class, or by that of its place in the window. Whoever adds a tab
or a dialog says here what it is for.
"""

from __future__ import annotations

from typing import NamedTuple


class Words(NamedTuple):
    """A part's name, and what it is for."""

    title: str
    text: str


PARTS: dict[str, Words] = {
    "StartPage": Words(
        "Start page",
        "The briefs and bases that you had open, a new base, or the example. Enter opens, Delete "
        "takes out of a list; files are never deleted. The File menu leads back to it.",
    ),
    "CopyBaseDialog": Words(
        "A copy of your own",
        "The base that comes with briefgen, and any folder that you may not write in, are edited "
        "as a copy. Say where it is to lie; the brief uses the copy from then on.",
    ),
    "NewBaseDialog": Words(
        "A base of your own",
        "A fact base is a folder of plain text. Say what it is called, what its facts are filed "
        "under, and where it is to lie. It begins without facts.",
    ),
    "header": Words(
        "The head of the window",
        "Which fact base the brief is from, with a menu that leads to others. What it is called "
        "and how it is made: its title, the template that says which "
        "sections it has, the style of its citations, and its handling marking. Next to them "
        "stands how many pages it takes. The filled button writes the files.",
    ),
    "message": Words(
        "Messages",
        "Over the foot of the window: what was done, what could not be done and why, and what is "
        "going on. Their buttons are the ways out. What went well goes by itself.",
    ),
    "BriefSheet": Words(
        "Document",
        "Everything else that a brief says of itself: for whom it is and from whom, who cleared "
        "it, reference and version, paper and language, how many pages it may have, and how notes "
        "and references are printed. Escape closes the sheet.",
    ),
    "Gallery": Words(
        "Templates",
        "A template says which sections a brief has, in which order, and what it asks you to "
        "write. Choose another one at any time: what you wrote for the one before is kept.",
    ),
    "scope": Words(
        "Scope",
        "What the brief is about: dates, topics, actors, and how good its sources must be. The "
        "number beside each choice counts the facts that it would bring under all the others.",
    ),
    "DatesGroup": Words(
        "When",
        "The dates that facts must lie in. Drag the ends of the range, or type dates as you would "
        "say them. A field left empty is open. Facts without a date are taken with the box below.",
    ),
    "TopicsGroup": Words(
        "Topics",
        "Tick what the brief is about. A topic brings those under it. The menu key leaves one "
        "topic alone ticked.",
    ),
    "ActorsGroup": Words(
        "Who and what",
        "Limits the facts to those about certain people, states or bodies, with certain words, of "
        "certain kinds, or from sources of at least a certain grade; More filters has the sources "
        "themselves and handling markings. Saved scopes keeps all of it under a name.",
    ),
    "FactsTab": Words(
        "Facts",
        "The facts that the scope picks, in the brief’s order. Untick one and it is left out, but "
        "stays in sight. Pin one and it stays whatever the scope says; a star makes it a key "
        "point. Enter rewords a fact for this brief, Alt with the arrow keys moves it.",
    ),
    "DetailsPane": Words(
        "Details of the fact",
        "The fact in hand, whole: its sources with the places in them and what they say there, "
        "how good they are, what disputes it, and what it replaced.",
    ),
    "SectionsTab": Words(
        "Sections",
        "The sections that the template gives the brief. Untick one and it is not printed, say "
        "how many facts it shows at most, move it, or add one of your own. Below stand the key "
        "points, and the sentences for several facts.",
    ),
    "OwnTextTab": Words(
        "Own text",
        "What you write yourself, where the template asks for it. Type [@ and a few letters to "
        "cite a fact or a source. What is written for another template is kept at the end.",
    ),
    "JudgementsTab": Words(
        "Judgements",
        "What you conclude, which no base can: how likely something is, how sure you are and why, "
        "and the facts that it rests on. Each is checked against its own words while you type.",
    ),
    "pages": Words(
        "Pages",
        "The pages as they will be printed, made anew with every change. Click a sentence and its "
        "fact is in hand. F7 shows them as text with a caret, for screen readers.",
    ),
    "strip": Words(
        "The line at the foot",
        "What a careful reader would hold against the brief, the weightiest first: what keeps it "
        "from being sent, what is weak or disputed, what is missing. Each leads to its facts. At "
        "the right stands whether the brief is saved.",
    ),
    "FactDialog": Words(
        "The form of a fact",
        "One fact: what is stated, when it was, what it is about, and the sources that say so. "
        "What is wrong is said beside the field while you type. Saving writes it into the base’s "
        "files and changes nothing else in them.",
    ),
    "SimpleDialog": Words(
        "The form of a source or an actor",
        "A source is what facts are cited from, and a grade says how far it is to be relied on. "
        "An actor is whom facts are about; the other names it goes by are found too.",
    ),
    "SourcesWindow": Words(
        "Sources",
        "The library of the base: every source with its grade and how many facts cite it. Search "
        "and sort it, correct an entry, merge two that are the same, take sources in from a file "
        "or write them out.",
    ),
    "MergeDialog": Words(
        "Merging two sources",
        "Two entries for one source become one: choose what of each is kept. Facts that cite the "
        "other are led to the one that stays.",
    ),
    "ImportDialog": Words(
        "Import",
        "Shows what would become of each row of a bibliography or of a table of facts: new, there "
        "already, or faulty and why. What is ticked goes into the base; nothing is written before.",
    ),
    "ManyDialog": Words(
        "Change many facts",
        "Gives all chosen facts a topic, a kind, a grade, a status or a marking, or notes that "
        "they were checked. You see what changes in each before it is written.",
    ),
    "TopicsDialog": Words(
        "Topics",
        "What the base files facts under. A new name is carried through all its files; briefs and "
        "templates that have the old one are offered the change.",
    ),
    "MeasuresDialog": Words(
        "Measures",
        "What the base counts, each in its unit. A new name is carried through all its files; the "
        "unit stays while facts give figures in it.",
    ),
    "QuickAddDialog": Words(
        "Quick add",
        "Paste a passage and say where it stands. That makes a draft with its source; a draft is "
        "printed as not yet checked, until somebody marks it as checked.",
    ),
    "PassageDialog": Words(
        "One sentence for several facts",
        "Make one readable sentence of what several facts say. Each stays cited behind its words. "
        "What a careful reader would ask is said while you type.",
    ),
    "Reader": Words(
        "Reading a saved copy",
        "The text of a copy that the base keeps, and beside it a form. Mark a passage with the "
        "mouse, or with Shift and the arrow keys, and press Ctrl+Enter: a fact begins with the "
        "passage, its place and its source, and suggests the rest. Passages that facts quote are "
        "lit. Of a scan the pages are shown, and you type what they say.",
    ),
    "ChooseCopyDialog": Words(
        "Which source to read",
        "The sources that have a saved copy, the newest first. Type words of a title to find one.",
    ),
    "RetractDialog": Words(
        "Retract",
        "Marks a fact as wrong and says why. It is not deleted, so that a brief which printed it "
        "can still be explained.",
    ),
    "ScopeNameDialog": Words(
        "Saved scope",
        "A name for the scope as it is now: dates, topics, words and all other filters. It is kept "
        "for every brief on this base, and taken again, renamed or removed under Saved scopes.",
    ),
    "ChooseEntryDialog": Words(
        "Choosing an entry",
        "Type part of a name or of a title, and choose the source or the actor that you want to "
        "correct.",
    ),
    "ProblemsDialog": Words(
        "Problems of the base",
        "What is wrong in the base’s files, each with its place. A faulty fact is left out, the "
        "others are used.",
    ),
    "MailDialog": Words(
        "E-mail",
        "The brief as a message: as its text, as files with it, or both. It becomes a draft in "
        "your mail program or a file; it is sent from here only if an account is set up, and "
        "never before you have seen to whom and what.",
    ),
    "SettingsDialog": Words(
        "Settings",
        "Where your base and your templates lie, what new briefs start with, and the account that "
        "messages are sent with.",
    ),
    "Question": Words(
        "A question first",
        "Something would be lost or overwritten. Nothing happens before you answer; Escape "
        "changes nothing.",
    ),
    "LicencesDialog": Words(
        "Licences",
        "What this program stands on, with versions. Choose one to read its licence, what follows "
        "from it, and where its source is.",
    ),
    "Palette": Words(
        "Commands and keys",
        "Every command of the menus with its keys. Type a few letters of what you want to do; "
        "Enter runs what is marked.",
    ),
}
