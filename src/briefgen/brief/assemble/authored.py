"""What the author writes: answers to the template's inputs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from briefgen.brief.assemble.gaps import gap_offers
from briefgen.brief.assemble.material import Material
from briefgen.brief.assemble.sentences import cite_item
from briefgen.brief.judging.mixing import mixes_likelihood_and_confidence
from briefgen.brief.model import Blocks, Cite, CiteItem, Inlines, Paragraph
from briefgen.brief.template.model import SectionTemplate
from briefgen.brief.traversal import map_blocks
from briefgen.errors import InputError, Origin

if TYPE_CHECKING:
    from briefgen.brief.own_text.citations import Resolver
    from briefgen.brief.own_text.reader import OwnText


def input_blocks(section: SectionTemplate, material: Material, *, tells: bool) -> Blocks:
    """The author's answer to the section's input; nothing if there is none."""
    assert section.input is not None
    text = material.spec.text.get(section.input, "")
    from briefgen.brief.own_text.reader import count_words

    asked = material.template.input(section.input)
    if not text.strip():
        if asked is not None and asked.offers == "gaps":
            _offer_gaps(section.input, material)
        return ()
    cites = asked is None or asked.cites
    blocks = authored_blocks(
        section.input, text, material, cites=cites, section=section.id, tells=tells
    )
    own_words = count_words(text)
    if asked is not None and asked.max_words is not None and own_words > asked.max_words:
        material.warn(
            f"{section.input} has {own_words} words; the template asks for at most "
            f"{asked.max_words}",
            at=material.spec.text_origins.get(section.input, material.spec.origin),
        )
    if section.tone == "accent" and blocks and isinstance(blocks[0], Paragraph):
        blocks = (replace(blocks[0], role="lead"), *blocks[1:])
    return blocks


def _offer_gaps(name: str, material: Material) -> None:
    """Tell whoever writes the brief what there is to say of what is not known.

    Nobody writes where the brief has no words of its author's at all.
    """
    spec = material.spec
    if not (any(spec.text.values()) or spec.judgements or spec.sections.leads):
        return
    offers = gap_offers(material.facts, material)
    if offers:
        told = " ".join(offers)
        in_file = Origin(spec.origin.path)
        material.warn(f"{name}: not written; there is this to say of: {told}", at=in_file)


def authored_blocks(
    name: str,
    text: str,
    material: Material,
    *,
    section: str,
    tells: bool,
    cites: bool = True,
) -> Blocks:
    """The author's text as blocks. Sentences without a source are warned of by name.

    `name` is how `BriefSpec.text_origins` calls the text, `section` where it is printed. `tells`:
    what it cites counts as told in the body. `cites` false: what needs no sources, a programme or a
    list of names, gets no such warning.

    Raises `InputError` for a citation that cannot be read, or of what the base does not have.
    """
    from briefgen.brief.own_text.reader import read_own_text, split_sentences

    origin = material.spec.text_origins.get(name, material.spec.origin)
    cited: list[str] = []
    own = read_own_text(text, citation_resolver(material, cited), material.language)
    refuse_faults(own, origin)
    material.note_cited(section, cited, tells=tells)
    for sentence in own.uncited if cites else ():
        material.warn(
            f"{name}: no source for “{sentence}”; add [@fact-id] or [@source-id, p. 3]", at=origin
        )
    for sentence in split_sentences(text):
        if mixes_likelihood_and_confidence(sentence):
            material.warn(
                f"{name}: likelihood and confidence in one sentence, “{sentence}”; "
                "say them apart (ICD 203)",
                at=origin,
            )
    return map_blocks(own.blocks, _each_place_once)


def _each_place_once(run: Inlines) -> Inlines:
    """The run with each place cited once in a citation: two facts may stand in the same one."""
    return tuple(
        replace(one, items=tuple(dict.fromkeys(one.items))) if isinstance(one, Cite) else one
        for one in run
    )


def refuse_faults(own: OwnText, origin: Origin) -> None:
    """Raise `InputError` for the first citation in the text that could not be read."""
    if own.faults:
        fault = own.faults[0]
        raise InputError(
            fault.message + (f" (line {fault.line} of the text)" if fault.line > 1 else ""),
            hint=fault.hint,
            origin=origin if origin.path else None,
        )


def citation_resolver(material: Material, cited: list[str] | None = None) -> Resolver:
    """From `[@id]` to what it cites: a fact's citations, or the source itself.

    The ids of facts that are asked for are added to `cited`.
    """

    def resolve(name: str) -> tuple[CiteItem, ...] | None:
        fact = material.fact(name)
        if fact is not None:
            if cited is not None:
                cited.append(name)
            return tuple(map(cite_item, fact.cites))
        return (CiteItem(name),) if name in material.base.sources else None

    return resolve
