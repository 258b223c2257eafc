"""The errors a caller can meet: one tree, so that ``except AnalyzerError`` catches every bad input and no bug."""

from __future__ import annotations

from pathlib import Path


class AnalyzerError(Exception):
    """Base of every error that bad input, knowledge or output can cause.

    Args:
        reason: What is wrong, in a sentence fragment a user can act on.
        file: The file it was found in, where there is one; it is named first in the message.

    Examples:
        >>> from analyzer import AnalyzerError, analyze
        >>> try:
        ...     analyze("missing.pdf")
        ... except AnalyzerError as error:
        ...     print(error.file)
        missing.pdf
    """

    def __init__(self, reason: str, *, file: str | Path | None = None) -> None:
        self.reason = reason
        self.file = None if file is None else str(file)
        super().__init__(reason if file is None else f"{file}: {reason}")

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the keyword argument when the error crosses a process border."""
        return (_rebuild, (type(self), self.reason, self.file))


class ReadError(AnalyzerError):
    """A file could not be read: unsupported, encrypted, damaged, empty, without text, too large.

    Examples:
        >>> from analyzer import read
        >>> read("missing.pdf")
        Traceback (most recent call last):
        ...
        analyzer.errors.ReadError: missing.pdf: cannot be opened: ...
    """


class KnowledgeError(AnalyzerError):
    """A knowledge file is wrong; the reason names the key.

    Examples:
        >>> from pathlib import Path
        >>> from analyzer import load_knowledge
        >>> load_knowledge(Path("no-such-folder"))
        Traceback (most recent call last):
        ...
        analyzer.errors.KnowledgeError: no-such-folder...
    """


class ModelError(AnalyzerError):
    """A trained model is missing, tampered with or incompatible.

    Examples:
        >>> from analyzer import load_model
        >>> load_model("missing.model")
        Traceback (most recent call last):
        ...
        analyzer.errors.ModelError: missing.model: ...
    """


class GoldError(AnalyzerError):
    """Annotations do not fit the text or the codebook; the reason names the line."""


class TableError(AnalyzerError):
    """A table could not be written, or rows do not fit the declared columns.

    Examples:
        >>> from analyzer import load_results
        >>> load_results("no-such-folder")
        Traceback (most recent call last):
        ...
        analyzer.errors.TableError: no-such-folder: ...
    """


def _rebuild(kind: type[AnalyzerError], reason: str, file: str | None) -> AnalyzerError:
    return kind(reason, file=file)
