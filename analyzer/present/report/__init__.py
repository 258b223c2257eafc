"""A comparison of a few agreements as a document to cite: executive table, texts side by side, sources."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, get_args

from analyzer.errors import TableError
from analyzer.present.report.content import Report, compare
from analyzer.switch import switching

ReportFormat = Literal["docx", "html"]
REPORT_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)

__all__ = ["REPORT_FORMATS", "Report", "compare", "write_report"]


def write_report(folder: Path, report: Report, formats: Sequence[str] = REPORT_FORMATS) -> list[Path]:
    """Write a comparison as ``report.docx`` and ``report.html`` into a folder; all files or none.

    Args:
        folder: An existing folder.
        report: The comparison.
        formats: Any of ``REPORT_FORMATS``.

    Raises:
        TableError: A format is unknown, or a file cannot be written.
        AnalyzerError: The library for Word documents is not installed.
    """
    unknown = [name for name in formats if name not in REPORT_FORMATS]
    if unknown or not formats:
        problem = f"unknown format {', '.join(unknown)}" if unknown else "no format given"
        raise TableError(f"{problem}; choose from {', '.join(REPORT_FORMATS)}")
    files = {f"report.{name}": _content(report, name) for name in REPORT_FORMATS if name in formats}
    with switching(folder, list(files)) as scratch:
        for name, content in files.items():
            (scratch / name).write_bytes(content)
    return [folder / name for name in files]


def _content(report: Report, form: ReportFormat) -> bytes:
    if form == "docx":
        from analyzer.present.report.word import to_docx

        return to_docx(report)
    from analyzer.present.report.page import to_html

    return to_html(report).encode("utf-8", "backslashreplace")
