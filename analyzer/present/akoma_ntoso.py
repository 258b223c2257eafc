"""An analysed agreement as Akoma Ntoso 3.0 (LegalDocML, OASIS standard of 2018), with its provisions annotated.

The structure of the agreement becomes elements: chapters, articles, paragraphs, points. An element that is a labour
provision names its categories in ``refersTo``; its strength, confidence, review and evidence are in
``meta/proprietary``, in a name space of our own. The same analysis always makes the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from analyzer.present.cells import xml_text
from analyzer.present.tables import printed, provision_rows
from analyzer.types import CONTAINERS, Clause, ClauseKind, Document

if TYPE_CHECKING:
    from analyzer.assemble.findings import Findings

AKN = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
LPA = "urn:lpa:provisions:1"
LANGUAGES = {"en": "eng", "es": "spa", "fr": "fra"}
NO_LANGUAGE = "und"
"""ISO 639-2 code of a language that is not supported."""
"""ISO 639-2 codes, which Akoma Ntoso requires."""
NO_COUNTRY = "zz"
"""Country of a text that does not belong to a single one; ISO 3166-1 reserves this code for its users."""
NO_DATE = "0001-01-01"
"""Date where none is known; the standard requires one."""

_ELEMENTS: dict[ClauseKind, str] = {
    "part": "part", "title": "title", "chapter": "chapter", "section": "section", "article": "article",
    "paragraph": "paragraph", "item": "point", "subitem": "point", "text": "alinea",
}  # fmt: skip
"""The element of each kind of clause; the others are ``hcontainer`` elements with the kind as their name."""
_SHORT = {"chapter": "chp", "article": "art", "paragraph": "para", "section": "sec"}
"""Abbreviations of eIds (Akoma Ntoso Naming Convention, table of section 5.3)."""
_FROM_ADDRESS = {"chapter": "chp", "par": "para", "section": "sec", "item": "point", "sub": "point"}
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class _Tree:
    """The clauses of an agreement as a tree, with the categories of those that are provisions."""

    document: Document
    clauses: Sequence[Clause]
    children: Mapping[int | None, Sequence[int]]
    ids: Sequence[str]
    categories: Mapping[int, Sequence[str]]


def to_akn(analysis: Findings) -> bytes:
    """Return an agreement as Akoma Ntoso: UTF-8, with an XML declaration."""
    tree = _tree(analysis)
    register_namespace("", AKN)
    register_namespace("lpa", LPA)
    root = Element(f"{{{AKN}}}akomaNtoso")
    act = _sub(root, "act", name="agreement")
    _add_meta(act, analysis, tree)
    _add_text(act, tree)
    indent(root, " ")
    written: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return written + b"\n"


def _tree(analysis: Findings) -> _Tree:
    children: dict[int | None, list[int]] = {}
    for index, clause in enumerate(analysis.clauses):
        children.setdefault(clause.parent, []).append(index)
    categories = {provision.clause: provision.categories for provision in analysis.provisions}
    return _Tree(analysis.document, analysis.clauses, children, list(_ids(analysis.clauses)), categories)


def _ids(clauses: Sequence[Clause]) -> Iterator[str]:
    """Yield an eId for each clause, made from its address: ``chp_19__art_19.3__para_1__point_a``."""
    seen: set[str] = set()
    for clause in clauses:
        parts = (part.partition("-") for part in clause.clause_id.split("/"))
        steps = (f"{_FROM_ADDRESS.get(name, name)}_{rest}" if rest else name for name, _, rest in parts)
        eid = "__".join(re.sub(r"[^\w.~-]", "_", step) for step in steps)
        while eid in seen:
            eid += "~"
        seen.add(eid)
        yield eid


# Text


def _add_text(act: Element, tree: _Tree) -> None:
    """Add preface, preamble, body and conclusions, in the order of the text."""
    top = list(tree.children.get(None, ()))
    front = _leading(top, tree, "text")
    if front:
        preface = _sub(act, "preface")
        for index in front:
            _add_blocks(preface, tree, index)
    rest = top[len(front) :]
    if rest and tree.clauses[rest[0]].kind == "preamble":
        _add_preamble(act, tree, rest.pop(0))
    last = rest.pop() if len(rest) > 1 and tree.clauses[rest[-1]].kind == "text" else None
    body = _sub(act, "body")
    for index in rest:
        _add_clause(body, tree, index)
    if not rest:
        content = _sub(_sub(body, "hcontainer", name="none", eId="body_none"), "content")
        _sub(content, "p")
    if last is not None:
        _add_blocks(_sub(act, "conclusions"), tree, last)


def _leading(top: Sequence[int], tree: _Tree, kind: ClauseKind) -> list[int]:
    """Return the clauses of a kind that come before all others."""
    return list(takewhile(lambda index: tree.clauses[index].kind == kind, top))


def _add_preamble(act: Element, tree: _Tree, index: int) -> None:
    preamble = _sub(act, "preamble", eId=tree.ids[index])
    _add_paragraphs(preamble, _own_words(tree, index))
    recitals: Element | None = None
    for child in tree.children.get(index, ()):
        if tree.clauses[child].kind != "recital" or tree.children.get(child):
            recitals = None
            _add_blocks(preamble, tree, child)
            continue
        if recitals is None:
            recitals = _sub(preamble, "recitals", eId=f"{tree.ids[child]}__recitals")
        recital = _annotated(recitals, "recital", tree, child)
        _add_paragraphs(recital, _own_words(tree, child))


def _add_blocks(parent: Element, tree: _Tree, index: int) -> None:
    """Add a clause and all clauses below it as plain paragraphs, each of which can be annotated."""
    for descendant in _descendants(tree, index):
        for number, words in enumerate(_pieces(_own_words(tree, descendant))):
            paragraph = _annotated(parent, "p", tree, descendant) if number == 0 else _sub(parent, "p")
            _fill(paragraph, words)


def _descendants(tree: _Tree, index: int) -> Iterator[int]:
    """Yield a clause and all clauses below it, in reading order."""
    waiting = [index]
    while waiting:
        current = waiting.pop()
        yield current
        waiting += reversed(tree.children.get(current, ()))


def _add_clause(parent: Element, tree: _Tree, index: int) -> None:
    """Add a clause with all clauses below it; without recursion, because agreements may be nested deeply."""
    waiting = [(parent, index)]
    while waiting:
        above, current = waiting.pop()
        clause = tree.clauses[current]
        name = _ELEMENTS.get(clause.kind)
        element = _annotated(above, name or "hcontainer", tree, current)
        if name is None:
            element.set("name", clause.kind)
        inner = tree.children.get(current, ())
        words = _own_words(tree, current)
        if clause.kind in CONTAINERS:
            _add_heading(element, clause, words)
            words = ""
        else:
            words = _add_number(element, clause, words)
        if inner and words:
            _add_paragraphs(_sub(element, "intro"), words)
        elif not inner:
            _add_paragraphs(_sub(element, "content"), words)
        waiting += reversed([(element, child) for child in inner])


def _add_heading(element: Element, clause: Clause, words: str) -> None:
    folded = " ".join(words.split())
    label = printed(words, clause.number, clause.heading)
    rest = folded[len(label) :] if folded.startswith(label) else ""
    mark = re.match(r"\s?[.:–—-]+", rest)
    if label:
        _sub(element, "num").text = xml_text(label + (mark[0] if mark else ""))
    if heading := rest[mark.end() if mark else 0 :].strip():
        _sub(element, "heading").text = xml_text(heading)


def _add_number(element: Element, clause: Clause, words: str) -> str:
    """Add the number that opens a clause, and return the words after it."""
    opened = re.match(rf"[(\[]?{re.escape(clause.number)}[.)\]:]*(?=\s|$)", words) if clause.number else None
    if opened is None:
        return words
    _sub(element, "num").text = xml_text(opened[0])
    return words[opened.end() :].strip()


def _add_paragraphs(parent: Element, words: str) -> None:
    pieces = _pieces(words)
    for piece in pieces or [""]:
        if piece or parent.tag.endswith("}content"):
            _fill(_sub(parent, "p"), piece)


def _pieces(words: str) -> list[str]:
    return [piece for piece in (part.strip() for part in _BLANK_LINE.split(words)) if piece]


def _fill(paragraph: Element, words: str) -> None:
    """Write the words of a paragraph; ``eol`` marks where its lines end."""
    first, *lines = xml_text(words).split("\n")
    paragraph.text = first
    for line in lines:
        SubElement(paragraph, f"{{{AKN}}}eol").tail = line


def _annotated(parent: Element, name: str, tree: _Tree, index: int) -> Element:
    element = _sub(parent, name, eId=tree.ids[index])
    if codes := tree.categories.get(index):
        element.set("refersTo", " ".join(f"#{code}" for code in codes))
    return element


def _own_words(tree: _Tree, index: int) -> str:
    clause = tree.clauses[index]
    return tree.document.text[clause.start : clause.own_end].strip()


# Metadata


def _add_meta(act: Element, analysis: Findings, tree: _Tree) -> None:
    document = analysis.document
    about = document.metadata
    meta = _sub(act, "meta")
    _add_identification(meta, document)
    references = _sub(meta, "references", source="#lpa")
    _sub(
        references,
        "TLCOrganization",
        eId="lpa",
        href="/ontology/organization/zz/lpa",
        showAs="labour-provision analyzer",
    )
    parties = ", ".join(about.parties) or "the parties"
    _sub(references, "TLCOrganization", eId="parties", href="/ontology/organization/zz/parties", showAs=parties)
    categories = analysis.knowledge.categories
    used = {code for codes in tree.categories.values() for code in codes}
    for code in (code for code in categories if code in used):
        _sub(references, "TLCConcept", eId=code, href=f"/ontology/concept/zz/lpa/{code}", showAs=categories[code].name)
    proprietary = _sub(meta, "proprietary", source="#lpa")
    SubElement(
        proprietary,
        f"{{{LPA}}}agreement",
        {
            "id": document.agreement_id, "title": xml_text(about.title), "parties": ";".join(about.parties),
            "dateSigned": about.date_signed, "dateInForce": about.date_in_force, "language": document.language,
            "sourceFile": xml_text(document.source_file),
        },
    )  # fmt: skip
    for provision, row in zip(analysis.provisions, provision_rows(analysis), strict=True):
        _add_provision(proprietary, tree.ids[provision.clause], row)


def _add_provision(proprietary: Element, reference: str, row: Mapping[str, object]) -> None:
    """Add what the table says about a provision."""
    element = SubElement(
        proprietary,
        f"{{{LPA}}}provision",
        {
            "href": f"#{reference}", "clause": str(row["clause_id"]),
            "start": str(row["start"]), "end": str(row["end"]),
            "strength": str(row["strength"]), "confidence": str(row["confidence"]),
            "review": str(row["review"]).lower(),
        },
    )  # fmt: skip
    for name in ("categories", "pillars", "principles", "instruments"):
        values = row[name]
        if isinstance(values, tuple) and values:
            element.set(name, ";".join(values))
    evidence = row["evidence"]
    for entry in evidence if isinstance(evidence, tuple) else ():
        values = {key: str(entry[key]) for key in ("category", "source", "rule", "confidence")}
        SubElement(element, f"{{{LPA}}}evidence", {**values, "given": str(entry["given"]).lower()}).text = xml_text(
            entry["words"]
        )


def _add_identification(meta: Element, document: Document) -> None:
    signed = document.metadata.date_signed
    date, name = _full_date(signed)
    slug = re.sub(r"[^a-z0-9]+", "-", document.agreement_id.lower()).strip("-") or "agreement"
    work = f"/akn/{NO_COUNTRY}/act/agreement/{signed or 'undated'}/{slug}"
    expression = f"{work}/{LANGUAGES.get(document.language, NO_LANGUAGE)}"
    identification = _sub(meta, "identification", source="#lpa")
    for level, uri in (("Work", work), ("Expression", expression), ("Manifestation", f"{expression}.xml")):
        part = _sub(identification, f"FRBR{level}")
        this = f"{uri}/!main" if level != "Manifestation" else f"{expression}/!main.xml"
        _sub(part, "FRBRthis", value=this)
        _sub(part, "FRBRuri", value=uri)
        if level == "Work" and document.metadata.title:
            _sub(part, "FRBRalias", value=xml_text(document.metadata.title), name="title")
        _sub(part, "FRBRdate", date=date, name=name)
        _sub(part, "FRBRauthor", href="#lpa" if level == "Manifestation" else "#parties")
        if level == "Work":
            _sub(part, "FRBRcountry", value=NO_COUNTRY)
        elif level == "Expression":
            _sub(part, "FRBRlanguage", language=LANGUAGES.get(document.language, NO_LANGUAGE))


def _full_date(written: str) -> tuple[str, str]:
    """Return a complete date and its name, which tells whether only the year or the month is known."""
    if len(written) == 10:
        return written, "signature"
    if written:
        return f"{written}-01-01"[:10], "signature-year" if len(written) == 4 else "signature-month"
    return NO_DATE, "unknown"


def _sub(parent: Element, tag: str, **attributes: str) -> Element:
    return SubElement(parent, f"{{{AKN}}}{tag}", attributes)
