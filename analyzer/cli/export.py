"""``lpa export``: agreements with their labour provisions as documents for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analyzer.cli.common import (
    FAILED,
    USAGE,
    KnowledgeOption,
    Paths,
    complain,
    console,
    fail,
    plain,
    reporting,
    tell_languages,
)

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge
    from analyzer.read.sources import SourceList


def export(
    paths: Paths = None,
    akn: Annotated[
        bool, typer.Option("--akn", help="Write Akoma Ntoso 3.0 (LegalDocML) with the provisions annotated.")
    ] = False,
    out: Annotated[Path, typer.Option(help="Folder for the results.")] = Path("lpa-akn"),
    knowledge: KnowledgeOption = None,
) -> None:
    """Write agreements as Akoma Ntoso, cut into clauses and with their labour provisions annotated.

    Writes one file ID.akn.xml for each agreement.

    Example: lpa export treaties/pact.pdf --akn --out akn

    Exit code: 0 all files were read, 1 some failed, 2 wrong usage.
    """
    if not akn:
        fail("no form of export is given; add --akn", USAGE)
    with reporting(USAGE):
        from analyzer.bundled import bundled
        from analyzer.knowledge import load_knowledge
        from analyzer.read.sources import expand_sources
        from analyzer.replace import prepare_folder

        sources = expand_sources(paths or [str(bundled("corpus/texts"))])
        known = load_knowledge(knowledge)
        prepare_folder(out)
    with reporting(FAILED):
        written, failed = _write(sources, out, known)
        for problem in sources.problems:
            complain(str(problem))
        console().print(plain(f"Agreements written to {out.resolve()}: {written}, failed: {failed}."), soft_wrap=True)
    raise typer.Exit(FAILED if failed or sources.problems else 0)


def _write(sources: SourceList, out: Path, knowledge: Knowledge) -> tuple[int, int]:
    """Write each agreement; return the numbers of written and failed ones. Failures are named on standard error."""
    from analyzer.api import Analyzer
    from analyzer.errors import ReadError, TableError
    from analyzer.present.akoma_ntoso import to_akn
    from analyzer.replace import replacing
    from analyzer.run.apart import read_each

    analyzer = Analyzer(knowledge)
    names: set[str] = set()
    for source, document in zip(sources.files, read_each(sources.files, knowledge), strict=True):
        if isinstance(document, ReadError):
            complain(str(document))
            continue
        tell_languages(document)
        analysis = analyzer.analyze_document(document)
        name = analysis.document.agreement_id
        number = 2
        while name in names:
            name, number = f"{analysis.document.agreement_id}~{number}", number + 1
        if Path(name).name != name or "\\" in name or name in (".", ".."):
            raise TableError(f"the id {name!r} cannot be the name of a file", file=source.path)
        names.add(name)
        target = f"{name}.akn.xml"
        with replacing(out, [target]) as scratch:
            (scratch / target).write_bytes(to_akn(analysis))
    return len(names), len(sources.files) - len(names)
