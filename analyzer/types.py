"""The values that travel through the flow: Document → Clause → Tag, Reference → Provision.

All are frozen: a step makes new values and never changes those of the step before. Every offset is a
0-based character offset into ``Document.text``, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, get_args

ClauseKind = Literal[
    "preamble",
    "part",
    "title",
    "chapter",
    "section",
    "article",
    "paragraph",
    "item",
    "subitem",
    "recital",
    "definition",
    "footnote",
    "annex",
    "text",
]
"""``annex`` also stands for side letters, protocols and schedules (see ``Clause.location``);
``text`` is an unnumbered paragraph, a table of contents, a signature block or other unclassified matter."""

Location = Literal["preamble", "body", "annex", "side letter", "footnote", "contents", "cover"]
"""Where a clause stands. ``cover`` is what stands before the agreement in its file (an approving law, a letter of
transmittal, a note); like the table of contents it holds no provisions."""
DocumentKind = Literal[
    "agreement", "side agreement", "protocol", "statute", "declaration", "memorandum", "joint statement"
]
Strength = Literal["B", "E", "H", "P", "D"]
Language = Literal["en", "es", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
STRENGTHS: tuple[Strength, ...] = get_args(Strength)

Format = Literal["txt", "tota", "akn", "pdf", "docx", "odt", "rtf", "html", "md"]
NoticeCode = Literal[
    "control-characters",
    "damaged-words",
    "date-of-file",
    "embedded-document",
    "guessed-encoding",
    "hidden-words",
    "line-numbers",
    "margin-notes",
    "mended-words",
    "other-language",
    "page-from-picture",
    "page-without-text",
    "replaced-characters",
    "running-lines",
    "same-name",
    "struck-words",
    "truncated",
    "turned-page",
    "unclosed-element",
    "unread-properties",
    "unreadable-page",
    "unsupported-language",
    "unused-table",
    "watermark",
    "words-left-out",
]
"""What a notice is about: control characters that were removed; words that are broken or cannot be read; a date of
signature that is the date of the file; a document inside the file that was not read; an encoding that was guessed;
words that a reader does not see and that were left out; line numbers that were left out; notes, numbers and bars in the
margin that were left out; broken words that were mended; a text in another language than its source says; pages read
from pictures (OCR); pages without text; bytes that stand for no character; page numbers and running headers that were
removed; a file with the name of another; words that are struck out, hence not in force, and were left out; a file whose
end is missing; pages that were turned to be read; an element of a web page that is not closed and takes the rest of it;
properties of the file that cannot be read; pages that OCR cannot read; a language of the source that is not supported;
a table beside the file that cannot be used; watermarks that were left out; words of a web page that are no part of the
agreement."""

CONTAINERS: frozenset[str] = frozenset({"preamble", "part", "title", "chapter", "section", "article", "annex"})
"""Kinds whose own words are a heading; every other kind holds running text and can become a provision."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the source and the slice of ``Document.text`` that came from it.

    Attributes:
        number: Counted from 1.
        start: Where its text begins. A page may have two slices, where one of its footnotes stands behind a
            paragraph that ends on the next page.
        end: Where it ends.
        label: The page number as printed, or empty.
        quality: How sure its words are, 0 to 1; below 1 where they were read from a picture or are damaged.
    """

    number: int
    start: int
    end: int
    label: str = ""
    quality: float = 1.0


@dataclass(frozen=True, slots=True)
class Division:
    """A chapter or article that the *source* itself marks (ToTA XML); plain texts have none.

    Attributes:
        kind: ``chapter`` or ``article``.
        number: As the source gives it (``ARTICLE 17.1``), or empty.
        heading: The name, or empty.
        start: Where its heading begins in ``Document.text``.
        body: Where the source's own text of it begins (after the heading that the reader put in).
        end: Where it ends.
        source_id: The source's own identifier (ToTA ``article_identifier``).
    """

    kind: Literal["chapter", "article"]
    number: str
    heading: str
    start: int
    body: int
    end: int
    source_id: str = ""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line that the source's own style calls a heading (``<h2>``, ``##``, a heading style of a word processor).

    The mark is evidence, not proof: web pages and exports mark the first line of a sentence, a title in bold or a
    whole paragraph too. Each line of a heading of several lines is marked.

    Attributes:
        start: Offset of its first character.
        level: 1 for the highest level of the source, then 2, 3 …
    """

    start: int
    level: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an agreement besides its text.

    Attributes:
        title: Name of the agreement, or empty.
        parties: ISO 3166-1 alpha-3 codes (or the source's own code for a group such as ``EU``).
        date_signed: ISO 8601 date, or empty.
        date_in_force: ISO 8601 date, or empty.
        document_kind: What kind of document it is, by its title; an agreement unless the title says otherwise.
        extra: Everything else the source says, by the source's own field names.
    """

    title: str = ""
    parties: tuple[str, ...] = ()
    date_signed: str = ""
    date_in_force: str = ""
    document_kind: DocumentKind = "agreement"
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that a reader of the result must know about how a file was read.

    Attributes:
        code: What it is about; programs go by this.
        text: The sentence for people.
        pages: The pages that it is about, counted from 1; empty where it is about the whole file.

    Example:
        >>> print(Notice("page-without-text", "no text on page 2", (2,)))
        no text on page 2
    """

    code: NoticeCode
    text: str
    pages: tuple[int, ...] = ()

    def __str__(self) -> str:
        """Return the sentence."""
        return self.text


@dataclass(frozen=True, slots=True)
class Document:
    """One agreement as read: a text, where its pages are, and what the source says about it.

    Attributes:
        agreement_id: Stable id: the file's stem, or the source's own id (``tota-392``).
        text: The whole text; every offset in the package points into it.
        language: Language of the text as a whole.
        source_file: Path as it was given.
        format: Of what kind the file is; ``tota`` is the XML of ToTA, ``akn`` is Akoma Ntoso.
        encoding: Encoding the bytes were decoded with (``utf-8``, ``cp1252``); empty where the format says itself.
        metadata: Title, parties, dates.
        pages: In order, empty where the source has no pages.
        divisions: Chapters and articles marked by the source, in order, empty for plain text.
        tables: Stretches that are tables (tariff schedules), where the source tells; they are not cut into clauses.
        headings: Offsets of lines that the source's own outline (PDF bookmarks) points to.
        marked_lines: Lines that the source's styles call headings (Markdown, HTML, Word, OpenDocument, RTF), in order.
        cover: Offset where the agreement itself begins, behind an approving law, a letter or a note; 0 without one.
        warnings: What a reader of the result must know (pages without text, replaced characters …).

    Examples:
        >>> from analyzer import read
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> document = read(sample)
        >>> document.language, document.metadata.date_signed
        ('en', '2018-05-12')
    """

    agreement_id: str
    text: str
    language: Language
    source_file: str = ""
    format: Format = "txt"
    encoding: str = "utf-8"
    metadata: Metadata = field(default_factory=Metadata)
    pages: tuple[Page, ...] = ()
    divisions: tuple[Division, ...] = ()
    tables: tuple[tuple[int, int], ...] = ()
    headings: tuple[int, ...] = ()
    marked_lines: tuple[MarkedLine, ...] = ()
    cover: int = 0
    warnings: tuple[Notice, ...] = ()

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that holds an offset, ``None`` where the source has no pages."""
        if not self.pages:
            return None
        return self.pages[max(0, bisect_right(self.pages, offset, key=lambda page: page.start) - 1)].number


@dataclass(frozen=True, slots=True)
class Clause:
    """A piece of the agreement's structure, in reading order.

    ``[start, end)`` covers the clause with everything below it; ``[start, own_end)`` are its *own* words: the
    heading of a container, the lead-in of a paragraph with items, the whole of a leaf. Own words never overlap,
    and together they hold every non-blank character of the text.

    Attributes:
        clause_id: Stable, unique address (``chapter-19/art-19.3/par-1/item-a``).
        kind: What it is.
        number: Numbering as printed, without brackets, dots or the leading word (``19.3``, ``1``, ``a``), or empty.
        heading: Heading or defined term, white space folded, or empty.
        start: Start offset.
        end: End offset of the whole clause, descendants included.
        own_end: End offset of its own words.
        parent: Index, in the sequence of clauses, of the clause it belongs to; ``None`` at the top. The parent of
            an item is the clause whose own words are its lead-in.
        location: Where in the agreement it stands.
        page_start: Page on which it starts, ``None`` where the source has no pages.
        page_end: Page on which its own words end.
        source_id: The source's identifier of the article it lies in, or empty.
        source_start: Offset of ``start`` inside the source's own text of that article, or ``None``.
        serves: For an annex, the index of the chapter that it serves (annex 18-A: chapter 18), if known.

    Examples:
        >>> from analyzer import read, segment
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> document = read(sample)
        >>> article = next(clause for clause in segment(document) if clause.kind == "article")
        >>> article.clause_id, article.number, article.heading
        ('chapter-one/art-1.1', '1.1', 'Establishment of a Free Trade Area')
        >>> document.text[article.start : article.start + 11]
        'Article 1.1'
    """

    clause_id: str
    kind: ClauseKind
    number: str
    heading: str
    start: int
    end: int
    own_end: int
    parent: int | None
    location: Location = "body"
    page_start: int | None = None
    page_end: int | None = None
    source_id: str = ""
    source_start: int | None = None
    serves: int | None = None


def ancestors(clauses: Sequence[Clause], index: int) -> Iterator[Clause]:
    """Yield the clauses that hold ``clauses[index]``, nearest first."""
    parent = clauses[index].parent
    while parent is not None:
        yield clauses[parent]
        parent = clauses[parent].parent


def subject_path(clauses: Sequence[Clause], index: int) -> Iterator[int]:
    """Yield the indices of the clauses whose subject is also that of ``clauses[index]``, nearest first.

    They are those that hold it and, for what stands in an annex, the chapter that the annex serves with those above it.
    """
    served: int | None = None
    above = clauses[index].parent
    while above is not None:
        yield above
        served = clauses[above].serves if served is None else served
        above = clauses[above].parent
    if served is not None:
        yield served
        yield from subject_path(clauses, served)


@dataclass(frozen=True, slots=True)
class Tag:
    """One reason to put one category on one clause.

    Attributes:
        category: Codebook code.
        source: ``rule``, ``instrument``, ``inherited`` (from the lead-in) or ``model``.
        rule_id: The rule or instrument that says so.
        confidence: 0 to 1.
        start: Start of the words that caused it.
        end: End of them; ``start == end`` where the cause is the context and not a phrase.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> result = analyze(sample)
        >>> tags = [tag for provision in result.provisions for tag in provision.tags]
        >>> tag = next(tag for tag in tags if tag.rule_id == "child-labour")
        >>> tag.category, result.document.text[tag.start : tag.end]
        ('CL', 'child labor')
    """

    category: str
    source: str
    rule_id: str
    confidence: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reference:
    """One mention of an international instrument, or of a set of instruments.

    Attributes:
        id: Canonical id: ``C087``, ``P029``, ``R204``, an id of ``knowledge/data/declarations.csv`` (``ILO98``), or of
            a set (``FUNDAMENTAL``); empty where the words name no instrument that exists (``warnings`` says why).
        start: Start offset of the mention.
        end: End offset.
        text: The matched words, exact.
        form: ``number``, ``title``, ``declaration``, ``defined term`` or ``collective``.
        members: What a collective mention stands for at the date of the agreement, as ids; empty for every other form,
            and where the set is no fixed list ("the Conventions which they have ratified").
        warnings: What a reader must know: a number that no instrument has, an instrument that is younger than the
            agreement or abrogated, a title that does not go with the number.

    Examples:
        >>> from analyzer import find_instruments
        >>> [reference] = find_instruments("Each Party shall ratify ILO Convention No. 87.", language="en")
        >>> reference.id, reference.form, reference.text
        ('C087', 'number', 'ILO Convention No. 87')
    """

    id: str
    start: int
    end: int
    text: str
    form: str
    members: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def named(self) -> bool:
        """Whether it names one instrument that exists."""
        return bool(self.id) and self.form != "collective"


@dataclass(frozen=True, slots=True)
class Provision:
    """A clause that is a labour provision, with all that was found in its own words.

    Attributes:
        clause: Its index in the sequence of clauses.
        categories: Its categories, in the order of the codebook.
        confidences: How sure each of them is, 0 to 1.
        tags: What each witness said, those that were outvoted included.
        references: The instruments it cites.
        strength: How binding it is.
        confidence: How sure it is a labour provision, 0 to 1.
        review: Whether a person should look at it.

    Examples:
        >>> from analyzer import analyze
        >>> from analyzer.bundled import bundled
        >>> sample = bundled("corpus/texts") / "norwell-veridia.txt"
        >>> result = analyze(sample)
        >>> binding = [provision for provision in result.provisions if provision.strength == "B"]
        >>> len(binding[0].categories) == len(binding[0].confidences)
        True
    """

    clause: int
    categories: tuple[str, ...]
    confidences: tuple[float, ...]
    tags: tuple[Tag, ...]
    references: tuple[Reference, ...]
    strength: Strength
    confidence: float
    review: bool


ANY = "*"
"""Category of the model's tags that say how likely a clause is a labour provision, whatever its categories."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is decided about one clause.

    Attributes:
        confidence: How likely it is a labour provision.
        categories: How likely each of its categories is.
        review: Whether a person should look.
    """

    confidence: float
    categories: Mapping[str, float]
    review: bool
