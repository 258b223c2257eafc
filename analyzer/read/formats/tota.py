"""Read agreements in the XML form of ToTA (Texts of Trade Agreements, Alschner, Seiermann and Skougarevskiy)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from analyzer.errors import ReadError
from analyzer.knowledge.languages import Languages
from analyzer.read.about.language import count_function_words, recognize_language
from analyzer.types import Division, Document, Language, Metadata, Notice, is_supported

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

LANGUAGES: dict[str, Language] = {"en": "en", "es": "es", "fr": "fr"}


def read_tota(path: Path, root: Element, languages: Languages) -> Document:
    """Read a ToTA agreement.

    The text holds, for each chapter and article, its number and name on lines of their own, and then the article's
    own text exactly as the source has it, so that ``Division.body`` plus an offset of the source is an offset here.

    Args:
        path: Named in errors and in the result.
        root: The root of the XML document, parsed without entities.
        languages: Their function words.

    Raises:
        ReadError: No ToTA treaty.
    """
    meta, body = root.find("meta"), root.find("body")
    if meta is None or body is None:
        raise ReadError("is XML of another kind; its <meta> or <body> is missing", file=path)
    text, divisions = _lay_out(body)
    declared = (meta.findtext("language") or "").strip()
    language, warnings = _language(text, declared, languages)
    number = (meta.findtext("treaty_identifier") or "").strip()
    return Document(
        agreement_id=f"tota-{number}" if number else path.stem,
        text=text,
        language=language,
        source_file=str(path),
        format="tota",
        metadata=_metadata(meta, path, language),
        divisions=divisions,
        warnings=warnings,
    )


def _lay_out(body: Element) -> tuple[str, tuple[Division, ...]]:
    parts: list[str] = []
    size = 0
    divisions: list[Division] = []

    def add(words: str) -> None:
        nonlocal size
        parts.append(words)
        size += len(words)

    def add_heading(element: Element) -> tuple[str, str]:
        number, name = (" ".join((element.get(key) or "").split()) for key in ("number", "name"))
        for line in filter(None, (number, name)):
            add(f"{line}\n")
        if number or name:
            add("\n")
        return number, name

    for chapter in body.iter("chapter"):
        position, start = len(divisions), size
        number, name = add_heading(chapter)
        chapter_body = size
        for article in chapter.iter("article"):
            article_start = size
            article_number, article_name = add_heading(article)
            article_body = size
            add("".join(article.itertext()))
            source_id = article.get("article_identifier") or ""
            divisions.append(
                Division("article", article_number, article_name, article_start, article_body, size, source_id)
            )
            add("\n\n")
        source_id = chapter.get("chapter_identifier") or ""
        divisions.insert(position, Division("chapter", number, name, start, chapter_body, size, source_id))
    return "".join(parts), tuple(divisions)


def _metadata(meta: Element, path: Path, language: str) -> Metadata:
    def words(name: str) -> str:
        return " ".join((meta.findtext(name) or "").split())

    def codes(name: str) -> tuple[str, ...]:
        return tuple(code.text.strip() for code in meta.findall(f"{name}/partyisocode") if code.text)

    named = {"name", "date_signed", "date_into_force", "language"}
    extra: dict[str, list[str]] = {}
    for element in meta:
        if element.tag not in named:
            values = [element, *element] if len(element) else [element]
            extra.setdefault(element.tag, []).extend(filter(None, map(_said, values)))
    if address := _address(meta, language):
        extra["source_url"] = [address]
    return Metadata(
        title=words("name") or path.stem,
        parties=codes("parties_original") or codes("parties"),
        date_signed=words("date_signed"),
        date_in_force=words("date_into_force"),
        extra={tag: "; ".join(values) for tag, values in extra.items()},
    )


def _address(meta: Element, language: str) -> str:
    """Return the address of the text: of the full text in its language, else of any other source that is stated."""
    stated = [(source, " ".join((source.text or "").split())) for source in meta.findall("source")]
    ranked = sorted(
        (one for one in stated if one[1]),
        key=lambda one: (one[0].get("lang", language) != language, one[0].get("type", "full text") != "full text"),
    )
    return ranked[0][1] if ranked else ""


def _said(element: Element) -> str:
    """Return an element's words, with its attributes in brackets where they are no mere numbering."""
    words = " ".join((element.text or "").split())
    about = ", ".join(value for key, value in element.attrib.items() if key != "n" and value)
    return f"{words} ({about})" if words and about else words or about


def _language(text: str, declared: str, languages: Languages) -> tuple[str, tuple[Notice, ...]]:
    """Return the language the source says, unless the text speaks clearly against it."""
    spoken = recognize_language(text, languages)
    if declared not in LANGUAGES:
        notice = Notice("other-language", f"the source says language {declared!r}; the text is in {spoken}")
        return spoken, (notice,) if declared and declared != spoken else ()
    counted = count_function_words(text, languages)
    best = max(counted, key=lambda language: counted[language]) if is_supported(spoken) else spoken
    if not is_supported(best) or counted[best] > 2 * counted[LANGUAGES[declared]]:
        return best, (Notice("other-language", f"the source says language {declared}; the text is in {best}"),)
    return LANGUAGES[declared], ()
