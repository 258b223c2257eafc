"""The brief of a comparison, in words made from the indicators: what binds whom, what differs, what is unusual."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from analyzer.knowledge.indicators import Indicator
from analyzer.present.cells import percent
from analyzer.present.columns import BINDING, Row
from analyzer.present.statistics import Statistics

RARE = 0.15
"""Share of the agreements of a collection from which an indicator is unusual among them no more."""
FEWEST = 8
"""Fewest agreements of a collection of which something can be called unusual."""
BINDING_WORD = "binding"
"""Word in the name of an indicator that tells a duty."""
MOST = 12
"""Most indicators that a sentence lists."""
WHO = {
    "each-party": "each Party", "parties": "the Parties", "a-party": "a Party", "joint-body": "joint bodies",
    "panel": "panels", "investors": "investors", "employers": "employers", "workers": "workers",
    "social-partners": "the social partners", "ilo": "the ILO", "authorities": "authorities",
}  # fmt: skip
"""Whom a provision binds, by the column ``actor``."""

Brief = tuple[tuple[str, tuple[str, ...]], ...]


def brief_of(study: Statistics, names: Mapping[str, str]) -> Brief:
    """Return headings, each with sentences about the agreements that are compared.

    Args:
        study: Results that hold them.
        names: Their names by id, in the order of the columns.
    """
    values = {row["agreement_id"]: row for row in study.indicator_rows}
    known = study.knowledge.indicators.entries.values()
    parts = (
        ("What binds whom", [_binds(study, id, name, values.get(id), known) for id, name in names.items()]),
        ("What differs", _differs(names, values, known)),
        ("What is unusual", _unusual(study, names, values, known)),
        ("What is not ratified", _gaps(study, names)),
    )
    return tuple((heading, tuple(sentences)) for heading, sentences in parts if sentences)


def _binds(study: Statistics, id: str, name: str, values: Row | None, known: Iterable[Indicator]) -> str:
    rows = [row for row in study.provision_rows if row["agreement_id"] == id]
    bound = [row for row in rows if row["strength"] == BINDING]
    if not rows:
        return f"{name} has no labour provisions."
    actors = Counter(WHO.get(row["actor"].partition(":")[0], row["actor"].replace("-", " ")) for row in bound)
    named = [(who, number) for who, number in actors.most_common(3) if who]
    whom = f", above all on {_listed([f'{who} ({number})' for who, number in named])}" if named else ""
    share = percent(len(bound) / len(rows))
    sentence = f"{name}: {len(bound)} of its {len(rows)} labour provisions ({share}) are duties{whom}."
    duties = [
        one.name.partition(":")[0].lower() for one in known if _has(values, one) and BINDING_WORD in one.name.lower()
    ]
    if duties:
        sentence += f" Duties on: {_listed(list(dict.fromkeys(duties)))}."
    means = Counter(code for row in bound for code in row["enforced_by"])
    closed = means.pop(study.knowledge.enforcement.excluded, 0)
    if means:
        sentence += f" They are enforced by {_listed([code.replace('-', ' ') for code, _ in means.most_common(4)])}."
    if closed:
        sentence += f" The general settlement of disputes is closed to {closed} of them."
    return sentence


def _differs(names: Mapping[str, str], values: Mapping[str, Row], known: Iterable[Indicator]) -> list[str]:
    compared = [id for id in names if id in values]
    if len(compared) < len(names):
        return []
    having = {one.name: [id for id in compared if _has(values[id], one)] for one in known}
    shared = [name for name, ids in having.items() if len(ids) == len(compared)]
    sentences = [f"All of them provide {len(shared)} of the {len(having)} things that are asked of an agreement."]
    for id in compared:
        alone = [name for name, ids in having.items() if ids == [id]]
        lacks = [name for name, ids in having.items() if len(ids) == len(compared) - 1 and id not in ids]
        if alone:
            sentences.append(f"Only {names[id]} has: {_listed(alone)}.")
        if lacks and len(compared) > 2:
            sentences.append(f"Only {names[id]} lacks: {_listed(lacks)}.")
    return sentences


def _unusual(
    study: Statistics, names: Mapping[str, str], values: Mapping[str, Row], known: Iterable[Indicator]
) -> list[str]:
    counted = {row["agreement_id"] for row in study.counted_rows}
    among = [row for id, row in values.items() if id in counted]
    if len(among) < FEWEST:
        return []
    rare: dict[str, list[str]] = {}
    for one in known:
        number = sum(_has(row, one) for row in among)
        if 0 < number <= RARE * len(among):
            for id in names:
                if _has(values.get(id), one):
                    rare.setdefault(id, []).append(f"{one.name} ({number} of {len(among)})")
    return [
        f"{names[id]} has what few agreements of the collection have: {_listed(what)}." for id, what in rare.items()
    ]


def _gaps(study: Statistics, names: Mapping[str, str]) -> list[str]:
    sentences = []
    for id, name in names.items():
        lacking: dict[str, list[str]] = {}
        for row in study.ratification_rows:
            if row["agreement_id"] == id and row["gap"]:
                lacking.setdefault(row["instrument"], []).append(row.get("party_name") or row["party"])
        if lacking:
            listed = [f"{instrument} ({', '.join(parties[:6])})" for instrument, parties in lacking.items()]
            sentences.append(f"{name} invokes what a Party has not ratified: {_listed(listed)}.")
    return sentences


def _has(values: Row | None, indicator: Indicator) -> bool:
    return bool(values and values[indicator.id])


def _listed(words: Sequence[str]) -> str:
    more = f"; and {len(words) - MOST} more" if len(words) > MOST else ""
    return "; ".join(words[:MOST]) + more
