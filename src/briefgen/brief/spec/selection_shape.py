"""The shape of a selection in YAML: `select:` of a brief, `where:` of a template's section."""

from __future__ import annotations

from briefgen.dates import parse_edtf
from briefgen.errors import UsageError
from briefgen.facts.model import FACT_KINDS, FACT_STATUSES, RELIABILITIES
from briefgen.reading.shapes import (
    BooleanShape,
    ChoiceShape,
    Key,
    ListShape,
    NumberShape,
    RecordShape,
    RecordValues,
    Report,
    TextShape,
    identifier,
)
from briefgen.select.model import Selection


def date_text() -> TextShape:
    """An EDTF level 1 date, read as `Edtf`."""
    return TextShape(single_line=True, expected="an EDTF date", convert=parse_edtf)


def _words(text: str) -> str:
    """A text filter, unchanged. Raises `ValueError` when there is nothing to look for in it."""
    from briefgen.index.text import parse_text_query  # the tables of folding take a moment

    try:
        parse_text_query(text)
    except UsageError as error:
        raise ValueError(str(error)) from None
    return text


def text_filter() -> TextShape:
    """Words and "quoted phrases" to look for."""
    return TextShape(expected="words", convert=_words)


def list_of_ids() -> ListShape:
    """A list of ids; one bare id is taken as a list of one."""
    return ListShape(identifier(), single_allowed=True)


SELECTION_KEYS: dict[str, Key] = {
    "topics": Key(list_of_ids(), about="Topic ids; each takes its children along."),
    "from": Key(date_text(), about="First day, as an EDTF date."),
    "to": Key(date_text(), about="Last day, as an EDTF date."),
    "kinds": Key(ListShape(ChoiceShape(FACT_KINDS), single_allowed=True)),
    "actors": Key(list_of_ids(), about="Actor ids: any of them."),
    "sources": Key(list_of_ids(), about="Source ids: facts that cite any of them."),
    "markings": Key(
        ListShape(TextShape(single_line=True, expected="a marking"), single_allowed=True),
        about="Facts at the level of any of these handling markings.",
    ),
    "text": Key(text_filter(), about='Words, "phrases", begin*.'),
    "min_reliability": Key(ChoiceShape(RELIABILITIES[:5])),
    "min_credibility": Key(NumberShape(whole=True, least=1, most=5)),
    "ungraded": Key(BooleanShape(), about="Take facts that cannot be judged, too."),
    "undated": Key(BooleanShape(), about="Take facts without a date, too."),
    "status": Key(ListShape(ChoiceShape(FACT_STATUSES), may_be_empty=False, single_allowed=True)),
}  # fmt: skip


def to_selection(record: RecordValues, report: Report) -> Selection:
    """The `Selection` that the good keys of a record say."""
    fields = {"from": "start", "to": "end"}
    selection = Selection(
        **{fields.get(key, key): record[key] for key in SELECTION_KEYS if key in record}
    )
    if selection.ends_before_it_starts:
        start, end = record["from"], record["to"]
        node = record.node.get("to") or record.node
        report.error(node, f"to ({end.text}) lies before from ({start.text})", "swap the two")
    return selection


SELECTION_SHAPE = RecordShape(SELECTION_KEYS, "selection", to_selection)
