"""The analyzer as a component of anyone's spaCy pipeline: ``nlp.add_pipe("labour_provisions")``.

>>> nlp = spacy.blank("en")  # doctest: +SKIP
>>> nlp.add_pipe("labour_provisions")  # doctest: +SKIP
>>> doc = nlp(text)  # doctest: +SKIP
>>> [(span.label_, span.text) for span in doc.spans["labour_provisions"]]  # doctest: +SKIP

spaCy finds it by the entry point ``spacy_factories`` of the package and imports this module whenever it looks for a
component: nothing heavy may be imported at its top.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy.language import Language as Pipeline
from spacy.tokens import Doc

from analyzer.types import LANGUAGES, Document, Language

if TYPE_CHECKING:
    from analyzer.api import Analysis

NAME = "labour_provisions"
INSTRUMENTS = "labour_instruments"
"""Key of ``doc.spans`` for the instruments that are cited anywhere in the text."""
INDICATORS = "labour_indicators"
"""Name of the extension, and key of ``doc.spans``, for what the whole text provides."""


class LabourProvisions:
    """Puts the labour provisions of a text into a ``Doc``.

    * ``doc.spans["labour_provisions"]``: for every provision one span per category, labelled with the category's code;
      ``span.id_`` is the address of the clause (``chapter-19/art-19.3/par-1``).
    * ``doc.spans["labour_instruments"]``: the instruments cited, labelled ``C087``, ``ILO98`` …
    * ``doc.spans["labour_indicators"]``: the words that justify each indicator that is not 0, labelled with its id.
    * ``doc._.labour_indicators``: the value of each indicator, by its id.
    * ``doc._.labour_provisions``: the rows of the table ``provisions``, as dictionaries.

    Args:
        language: ``en``, ``es`` or ``fr``; ``None`` for the pipeline's language if it is one of them, else found out
            from each text.
        spans_key: Another key than ``labour_provisions``.
    """

    def __init__(self, language: Language | None = None, spans_key: str = NAME) -> None:
        self.language = language
        self.spans_key = spans_key
        if not Doc.has_extension(NAME):
            Doc.set_extension(NAME, default=())
        if not Doc.has_extension(INDICATORS):
            Doc.set_extension(INDICATORS, default=None)

    def __call__(self, doc: Any) -> Any:
        """Analyse a ``Doc`` and return it with spans and rows."""
        from analyzer.present.tables import provision_rows

        analysis = self._analyze(doc.text, doc.lang_)
        rows = provision_rows(analysis) if analysis else []
        cited = analysis.references if analysis else ()
        doc.spans[self.spans_key] = [
            doc.char_span(row["start"], row["end"], label=code, span_id=row["clause_id"], alignment_mode="expand")
            for row in rows
            for code in row["categories"]
        ]
        doc.spans[INSTRUMENTS] = [
            doc.char_span(one.start, one.end, label=one.id, alignment_mode="expand") for one in cited
        ]
        found = analysis.indicator_values if analysis else {}
        doc.spans[INDICATORS] = [
            doc.char_span(support.start, support.end, label=id, alignment_mode="expand")
            for id, value in found.items()
            for support in value.supports
        ]
        doc._.set(NAME, rows)
        doc._.set(INDICATORS, {id: value.value for id, value in found.items()})
        return doc

    def _analyze(self, text: str, spoken: str) -> Analysis | None:
        from analyzer.api import default_analyzer
        from analyzer.read.about.language import recognize_language

        if not text.strip():
            return None
        known: dict[str, Language] = {language: language for language in LANGUAGES}
        analyzer = default_analyzer()
        language = self.language or known.get(spoken) or recognize_language(text, analyzer.knowledge.languages)
        return analyzer.analyze_document(Document("text", text, language))


def labour_provisions(
    nlp: Any,  # noqa: ARG001  (spaCy hands it to every factory)
    name: str,  # noqa: ARG001
    language: Language | None,
    spans_key: str,
) -> LabourProvisions:
    """Make the component; spaCy calls this with the arguments of ``add_pipe(..., config=...)``."""
    return LabourProvisions(language, spans_key)


Pipeline.factory(
    NAME,
    default_config={"language": None, "spans_key": NAME},
    assigns=["doc.spans", f"doc._.{NAME}", f"doc._.{INDICATORS}"],
    func=labour_provisions,
)
