"""``lpa train`` and ``lpa evaluate``: making the model from annotated agreements, and measuring it on unseen ones."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from analyzer.bundled import VERSION
from analyzer.cli.common import FAILED, KnowledgeOption, fail, plain, print_table, reporting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from analyzer.learn.training.material import Material

MOST_JOBS = 2
"""Default limit of processes; each may take 1.5 GB of memory."""
LICENCE = (
    "Weights fitted on texts of ToTA (Texts of Trade Agreements, CC BY-NC 4.0) and on samples and clauses of our own."
)
PAGE, FIGURES = "evaluation.html", "evaluation.json"

Tota = Annotated[
    Path | None,
    typer.Argument(
        metavar="[TOTA]", help="Folder with ToTA agreements (pta_392.xml …); only the bundled samples if none is given."
    ),
]
Gold = Annotated[Path | None, typer.Option(help="Annotations of the ToTA agreements.  [default: the bundled ones]")]
Extra = Annotated[
    list[Path] | None, typer.Option(help="Reviewed rows, a FILE.jsonl of 'lpa review import'; repeatable.")
]
Real = Annotated[
    Path | None,
    typer.Option(help="Folder with the annotated documents of other kinds (statutes, declarations, approving laws)."),
]


def train(
    tota: Tota = None,
    gold: Gold = None,
    extra: Extra = None,
    real: Real = None,
    out: Annotated[Path, typer.Option(help="The model file to write.")] = Path("provisions.model"),
    evaluation: Annotated[
        Path | None, typer.Option(help="An evaluation.json of 'lpa evaluate' whose figures are stored in the model.")
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Fit the classifier to annotated agreements and write it as one model file.

    The same annotations always make the same file.

    Example: lpa train tota/ --out provisions.model

    Exit code: 0 written, 1 the annotations do not fit the texts, 2 wrong usage.
    """
    with reporting(FAILED):
        from analyzer.api import Analyzer
        from analyzer.assemble.model_file import save_model
        from analyzer.knowledge import load_knowledge
        from analyzer.learn.training.counted import count
        from analyzer.learn.training.examples import prepare
        from analyzer.learn.training.fit import fit, learnable
        from analyzer.learn.training.material import load

        material = _material(tota, gold, extra, real)
        figures = _headline(evaluation) if evaluation else {}
        if not out.parent.is_dir():
            fail(f"{out}: there is no folder {out.parent}", FAILED)
        known = load_knowledge(knowledge)
        examples = prepare(load(material, known), Analyzer(known, model=None))
        categories = learnable(examples, known)
        clauses = sum(labels is not None for example in examples for labels in example.labels)
        provisions = sum(bool(labels) for example in examples for labels in example.labels)
        about: dict[str, Any] = {
            "package": VERSION,
            "knowledge": known.version,
            "annotations": material.digests(),
            "agreements": sum(example.annotated.origin != "drafted" for example in examples),
            "drafted_clauses": sum(example.annotated.origin == "drafted" for example in examples),
            "clauses": clauses,
            "provisions": provisions,
            "licence": LICENCE,
            "figures": figures,
        }
        model = fit(examples, count(examples, categories), range(len(examples)), known, about)
        save_model(model, out)
        rules_only = [code for code in known.categories if code not in categories]
        typer.echo(f"Fitted to {clauses} clauses, {provisions} of them labour provisions.")
        typer.echo(f"Categories with too few clauses, left to the rules: {', '.join(rules_only) or 'none'}.")
        typer.echo(f"Written to {plain(str(out.resolve()))} ({out.stat().st_size / 1e6:.1f} MB).")


def evaluate(
    tota: Tota = None,
    gold: Gold = None,
    extra: Extra = None,
    real: Real = None,
    out: Annotated[Path, typer.Option(help="Folder for evaluation.json and evaluation.html.")] = Path("lpa-evaluation"),
    jobs: Annotated[
        int | None, typer.Option(min=1, help=f"Number of processes.  [default: one per CPU, at most {MOST_JOBS}]")
    ] = None,
    knowledge: KnowledgeOption = None,
) -> None:
    """Measure rules and classifier on agreements that the classifier was not fitted on.

    The tests are: folds by agreement, one drafting family left out at a time, older against later agreements, and the
    same clauses in three languages. Documents of other kinds are reported apart. The tests fit about twenty models.

    Example: lpa evaluate tota/ --out evaluation

    Exit code: 0 written, 1 the annotations do not fit the texts, 2 wrong usage.
    """
    with reporting(FAILED):
        from analyzer.knowledge import load_knowledge
        from analyzer.learn.training.evaluate import evaluate
        from analyzer.learn.training.page import to_html
        from analyzer.learn.training.summary import summarise
        from analyzer.replace import prepare_folder, replacing

        material = _material(tota, gold, extra, real)
        prepare_folder(out, [PAGE, FIGURES])
        known = load_knowledge(knowledge)
        outcomes = evaluate(material, jobs=jobs or min(os.cpu_count() or 1, MOST_JOBS), knowledge=known)
        figures = summarise(outcomes, known)
        texts = {
            FIGURES: json.dumps(figures, ensure_ascii=False, indent=1) + "\n",
            PAGE: to_html(figures, known),
        }
        with replacing(out, list(texts)) as scratch:
            for name, text in texts.items():
                (scratch / name).write_text(text, encoding="utf-8")
        _print_figures(figures)
        typer.echo(f"Written to {plain(str(out.resolve()))}: {FIGURES}, {PAGE}")


def _material(tota: Path | None, gold: Path | None, extra: list[Path] | None, real: Path | None) -> Material:
    from analyzer.learn.training.material import Material

    if tota and not tota.is_dir():
        fail(f"{tota}: there is no such folder", FAILED)
    if real and not real.is_dir():
        fail(f"{real}: there is no such folder", FAILED)
    if gold and not tota:
        fail("--gold needs the folder with the ToTA agreements that it annotates", FAILED)
    return Material(tota, gold, tuple(extra or ()), real)


def _headline(evaluation: Path) -> dict[str, Any]:
    """Return the figures of an evaluation that a model stores."""
    from analyzer.learn.training.gold import MOST_BYTES
    from analyzer.regular import read_regular_text

    try:
        tests: Mapping[str, Any] = json.loads(read_regular_text(evaluation, MOST_BYTES))["tests"]
        return dict(tests)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        fail(f"{evaluation}: this is not an evaluation: {error}", FAILED)


def _print_figures(figures: Mapping[str, Any]) -> None:
    names = ("test", "detection", "principles", "micro", "macro", "instruments", "strength", "outside")
    rows = [
        [
            f"{parts['title']} ({origin})",
            *(f"{part[key]['f']:.3f}" for key in ("detection", "principles", "codes_micro")),
            f"{part['codes_macro_f']:.3f}",
            f"{part['instruments']['f']:.3f}",
            f"{part['strength']:.3f}",
            str(part["rows_outside"]),
        ]
        for parts in figures["tests"].values()
        for origin, part in parts.items()
        if origin != "title"
    ]
    print_table(names, rows, right=names[1:])
    errors = " · ".join(f"{name} {table['ece']:.3f}" for name, table in figures["calibration"].items())
    typer.echo(f"Expected calibration error: {errors}")
