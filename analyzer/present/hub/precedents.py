"""What the hub shows about precedents: schools of drafting on a map, and families of clauses with their variants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analyzer.precedents.agreements import Agreements
from analyzer.precedents.families import Family, find_families
from analyzer.present.statistics import Statistics

MOST_ON_MAP = 1_500
"""Most agreements on the map; their distances grow with the square of their number."""


def precedents_data(study: Statistics, positions: Mapping[str, int]) -> dict[str, Any]:
    """Return schools and families as the hub reads them.

    Args:
        study: The results.
        positions: The place of each agreement among those that the hub has.

    Returns:
        ``schools``: for each the parties that name it, its language and its agreements, with their places on the map.
        ``families``: for each its id, its variants (the places of their clauses among the provisions of the hub) and
        its steps.
    """
    provisions = [row for row in study.provision_rows if row["agreement_id"] in positions]
    places = {(row["agreement_id"], row["clause_id"]): place for place, row in enumerate(provisions)}
    families = find_families(provisions, study.knowledge)
    return {
        "schools": _schools(study, positions) if len(positions) <= MOST_ON_MAP else [],
        "families": [_family(family, places, positions) for family in families],
    }


def _schools(study: Statistics, positions: Mapping[str, int]) -> list[list[Any]]:
    compared = Agreements(study.provision_rows, study.analysed_rows, study.indicator_rows, study.knowledge)
    on_map = compared.places()
    return [
        [school.parties, school.language, [[positions[name], *on_map[name]] for name in school.members]]
        for school in compared.schools()
    ]


def _family(family: Family, places: Mapping[tuple[str, str], int], positions: Mapping[str, int]) -> list[Any]:
    return [
        family.id,
        [[places[clause.key] for clause in variant.clauses] for variant in family.variants],
        [[positions[step.to], positions[step.source], step.through] for step in family.steps],
    ]
