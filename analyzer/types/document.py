"""A document as read: its text, where its pages are, what the source says about it, and what a reader must know."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeGuard, get_args

Language = Literal["en", "es", "fr"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
"""The languages that are read; any other is only recognised (see ``is_supported``)."""

DocumentKind = Literal[
    "agreement", "side agreement", "protocol", "statute", "declaration", "memorandum", "joint statement"
]
Format = Literal["txt", "tota", "akn", "pdf", "docx", "odt", "rtf", "html", "md"]
NoticeCode = Literal[
    "control-characters",
    "cover",
    "damaged-words",
    "dangling-references",
    "date-of-file",
    "embedded-document",
    "field-numbers",
    "guessed-encoding",
    "hidden-words",
    "left-out-version",
    "line-numbers",
    "margin-notes",
    "mended-words",
    "no-articles",
    "other-language",
    "page-from-picture",
    "page-without-text",
    "replaced-characters",
    "running-lines",
    "same-name",
    "several-languages",
    "struck-words",
    "truncated",
    "turned-page",
    "unclosed-element",
    "unread-properties",
    "unread-stretch",
    "unreadable-page",
    "unsupported-language",
    "unused-table",
    "watermark",
    "words-left-out",
]
"""What a notice is about: control characters that were removed; a law, letter or note before the agreement; words that
are broken or cannot be read; references to parts that the text does not have;
a date of signature that is the date of the file; a document inside the file that was
not read; numbers that fields of Word show and the file does not hold; an encoding that was guessed; words that a
reader does not see and that were left out; the same text in another language, which was left out; line numbers that
were left out; notes, numbers and bars in the margin that were left out; broken words that were mended; a text
without articles; a text in another language than its source says; pages read from pictures (OCR); pages without
text; bytes that stand for no character; page numbers and running headers that were removed; a file with the name of
another; parts in several languages; words that are struck out, hence not in force, and were left out; a file whose
end is missing; pages that were turned to be read; an element of a web page that is not closed and takes the rest of
it; properties of the file that cannot be read; a part in a language that is not supported; pages that OCR cannot
read; a text in such a language; a table beside the file that cannot be used; watermarks that were left out; words of
a web page that are no part of the agreement."""


_CHARACTER = re.compile(r"\S")


def is_supported(language: str) -> TypeGuard[Language]:
    """Return whether a language (ISO 639-1) is read, and not only recognised.

    Examples:
        >>> is_supported("es"), is_supported("pt")
        (True, False)
    """
    return language in LANGUAGES


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
        source_url: Address of the text on the web (http or https), or empty.
        extra: Everything else the source says, by the source's own field names.
    """

    title: str = ""
    parties: tuple[str, ...] = ()
    date_signed: str = ""
    date_in_force: str = ""
    document_kind: DocumentKind = "agreement"
    source_url: str = ""
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
class Stretch:
    """A stretch of a text in several languages.

    Attributes:
        start: Where it begins in ``Document.text``.
        end: Where it ends.
        language: ISO 639-1.
    """

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Document:
    """One agreement as read: a text, where its pages are, and what the source says about it.

    Attributes:
        agreement_id: Stable id: the file's stem, or the source's own id (``tota-392``).
        text: The whole text; every offset in the package points into it.
        language: Language of the text as a whole, ISO 639-1; one that is not supported (``is_supported``) is only
            recognised: nothing can be said about the labour provisions of its text.
        source_file: Path as it was given.
        sha256: SHA-256 of the bytes of the file that were read; empty where the text came from no file.
        size: How many bytes these are.
        format: Of what kind the file is; ``tota`` is the XML of ToTA, ``akn`` is Akoma Ntoso.
        encoding: Encoding the bytes were decoded with (``utf-8``, ``cp1252``); empty where the format says itself.
        metadata: Title, parties, dates.
        pages: In order, empty where the source has no pages.
        divisions: Chapters and articles marked by the source, in order, empty for plain text.
        tables: Stretches that are tables (tariff schedules), where the source tells; they are not cut into clauses.
        headings: Offsets of lines that the source's own outline (PDF bookmarks) points to.
        marked_lines: Lines that the source's styles call headings (Markdown, HTML, Word, OpenDocument, RTF), in order.
        cover: Offset where the agreement itself begins, behind an approving law, a letter or a note; 0 without one.
        stretches: The stretches of a text in several languages, in order; empty where all of it is in ``language``.
        versions: The same agreement in other languages, as the file has it; not part of ``text``.
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
    language: str
    source_file: str = ""
    sha256: str = ""
    size: int = 0
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
    stretches: tuple[Stretch, ...] = ()
    versions: tuple[Document, ...] = ()

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the text, that of the whole first."""
        return tuple(dict.fromkeys((self.language, *(stretch.language for stretch in self.stretches))))

    def language_at(self, offset: int) -> str:
        """Return the language of the words at an offset."""
        if not self.stretches:
            return self.language
        return self.stretches[max(0, bisect_right(self.stretches, offset, key=lambda one: one.start) - 1)].language

    def text_in(self, language: str) -> str:
        """Return the text with blanks for what is in other languages, so that every offset stays."""
        if not self.stretches:
            return self.text
        parts, done = [], 0
        for stretch in self.stretches:
            parts.append(self.text[done : stretch.start])
            words = self.text[stretch.start : stretch.end]
            parts.append(words if stretch.language == language else _CHARACTER.sub(" ", words))
            done = stretch.end
        return "".join(parts) + self.text[done:]

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page that holds an offset, ``None`` where the source has no pages."""
        if not self.pages:
            return None
        return self.pages[max(0, bisect_right(self.pages, offset, key=lambda page: page.start) - 1)].number
