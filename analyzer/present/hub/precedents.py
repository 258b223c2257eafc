"""What the hub shows about precedents: schools of drafting on a map, and families of clauses with their variants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analyzer.precedents.families import Family
from analyzer.present.precedent_study import PrecedentStudy

MOST_ON_MAP = 1_500
"""Most agreements on the map; their distances grow with the square of their number."""


def precedents_data(study: PrecedentStudy, positions: Mapping[str, int]) -> dict[str, Any]:
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
    return {
        "schools": _schools(study, positions) if len(positions) <= MOST_ON_MAP else [],
        "families": [_family(family, places, positions) for family in study.found_families],
    }


def _schools(study: PrecedentStudy, positions: Mapping[str, int]) -> list[list[Any]]:
    on_map = study.compared.places()
    return [
        [school.parties, school.language, [[positions[name], *on_map[name]] for name in school.members]]
        for school in study.compared.schools()
    ]


def _family(family: Family, places: Mapping[tuple[str, str], int], positions: Mapping[str, int]) -> list[Any]:
    return [
        family.id,
        [[places[clause.key] for clause in variant.clauses] for variant in family.variants],
        [[positions[step.to], positions[step.source], step.through] for step in family.steps],
    ]
