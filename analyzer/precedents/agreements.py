"""Agreements like this: which share wording and structure, in which schools of drafting they fall, after which model.

Two agreements are alike in *words* (the labour provisions of both, TF-IDF, cosine; within a language only) and in
*structure*: which categories, strengths, machinery and indicators they have, and how much of each. Schools of drafting
are found by joining what is most alike (average linkage), not given; their names say which party most of them have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from analyzer.knowledge.states import members_at
from analyzer.precedents.vectors import Vectors, supported, words_of
from analyzer.precedents.wording import LONGEST, Row, Wording, wordings

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge

LEAST_OF_SCHOOL = 0.5
"""Least mean similarity of two groups of agreements that are one school."""
NAMING, MOST_NAMES = 0.3, 2
"""Share of the agreements of a school that must have a party that names it, and most parties that do."""
FEWEST = 3
"""Fewest members of a group of States that is named for them."""
STRANGE = 0.3
"""Similarity below which a clause has no counterpart in another agreement."""
MOST_TOLD = 8
"""Most names that a sentence lists."""
MOST_CHARACTERS = 400_000
"""Characters of the labour provisions of an agreement that are compared."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two agreements are, 0 to 1.

    Attributes:
        agreement_id: The other one.
        words: In wording; ``None`` in another language.
        structure: In what they provide.
    """

    agreement_id: str
    words: float | None
    structure: float

    @property
    def similarity(self) -> float:
        """The mean of both; half of the structure alone where the words cannot be compared."""
        return round(((self.words or 0.0) + self.structure) / 2, 3)


@dataclass(frozen=True, slots=True)
class School:
    """Agreements that are drafted alike.

    Attributes:
        name: The parties that many of them have, or ``mixed``, and their language.
        members: Their ids, the oldest first.
        parties: Codes of these parties or groups.
        language: Language of most of its agreements.
    """

    name: str
    members: tuple[str, ...]
    parties: tuple[str, ...]
    language: str


@dataclass(frozen=True, slots=True)
class Model:
    """The older agreement that one is most like, and what departs from it.

    Attributes:
        agreement_id: The older agreement.
        similarity: How alike they are.
        lacks: Names of what the model provides and the agreement does not.
        adds: Names of what it provides beyond the model.
        clauses: Subjects of clauses that have no counterpart in the model, each with the number of such clauses.
    """

    agreement_id: str
    similarity: float
    lacks: tuple[str, ...]
    adds: tuple[str, ...]
    clauses: tuple[tuple[str, int], ...]

    def __str__(self) -> str:
        """Return it in words: ``like tota-52 but: without Civil society forum; new clauses on Wages``."""
        named = [f"{name} ({count})" if count > 1 else name for name, count in self.clauses]
        parts = (("without", self.lacks), ("with", self.adds), ("new clauses on", named))
        told = [f"{word} {_listed(names)}" for word, names in parts if names]
        close = "like" if self.similarity >= LEAST_OF_SCHOOL else "like no older one; nearest is"
        return f"{close} {self.agreement_id}" + (f" but: {'; '.join(told)}" if told else "")


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - MOST_TOLD} more" if len(names) > MOST_TOLD else ""
    return ", ".join(names[:MOST_TOLD]) + more


class Agreements:
    """The agreements of a set of results, to be compared.

    Args:
        provisions: Rows of ``provisions``.
        agreements: Rows of ``agreements``.
        indicators: Rows of ``indicators``.
        knowledge: Names of indicators, categories and groups of States.
    """

    def __init__(
        self, provisions: Iterable[Row], agreements: Iterable[Row], indicators: Iterable[Row], knowledge: Knowledge
    ) -> None:
        self._knowledge = knowledge
        self._clauses: dict[str, list[Wording]] = {}
        self._machinery: dict[str, Counter[str]] = {}
        rows = list(provisions)
        for row in rows:
            self._machinery.setdefault(row["agreement_id"], Counter()).update(row["enforced_by"])
        for one in wordings(rows):
            self._clauses.setdefault(one.agreement_id, []).append(one)
        self._about = {row["agreement_id"]: row for row in agreements if row["agreement_id"] in self._clauses}
        self._indicators = {row["agreement_id"]: row for row in indicators if row["agreement_id"] in self._clauses}
        self.ids = tuple(sorted(self._about, key=lambda name: (self._date(name) or "~", name)))

    def alike(self, agreement_id: str, *, limit: int | None = None) -> list[Likeness]:
        """Return the other agreements, the most alike first."""
        position = self.ids.index(agreement_id)
        found = [self._likeness(position, other) for other in range(len(self.ids)) if other != position]
        return sorted(found, key=lambda one: (-one.similarity, one.agreement_id))[:limit]

    def model(self, agreement_id: str) -> Model | None:
        """Return the older agreement in its language that one is most like; ``None`` if there is none."""
        date = self._date(agreement_id)
        older = (
            one
            for one in self.alike(agreement_id)
            if one.words is not None and (not date or "" < self._date(one.agreement_id) < date)
        )
        nearest = next(older, None)
        if nearest is None:
            return None
        ours, theirs = self._provided(agreement_id), self._provided(nearest.agreement_id)
        names = {id: one.name for id, one in self._knowledge.indicators.entries.items()}
        return Model(
            agreement_id=nearest.agreement_id,
            similarity=nearest.similarity,
            lacks=tuple(names[id] for id in names if id in theirs and id not in ours),
            adds=tuple(names[id] for id in names if id in ours and id not in theirs),
            clauses=self._strange(agreement_id, nearest.agreement_id),
        )

    def schools(self) -> list[School]:
        """Return the schools of drafting, the largest first; an agreement like no other is one of its own."""
        from scipy.cluster.hierarchy import fcluster, linkage
        from scipy.spatial.distance import squareform

        if len(self.ids) < 2:
            numbers = [1] * len(self.ids)
        else:
            distances = 1 - self._similarities
            joined = linkage(squareform(distances, checks=False), method="average")
            numbers = fcluster(joined, t=1 - LEAST_OF_SCHOOL, criterion="distance").tolist()
        groups: dict[int, list[str]] = {}
        for name, number in zip(self.ids, numbers, strict=True):
            groups.setdefault(number, []).append(name)
        found = [self._school(members) for members in groups.values()]
        return sorted(found, key=lambda school: (-len(school.members), self.ids.index(school.members[0])))

    def places(self) -> dict[str, tuple[float, float]]:
        """Return a place for each agreement on a map (-1 to 1): the more alike two are, the nearer, as far as it goes.

        The map is the plane that keeps most of the distances (classical scaling).
        """
        import numpy as np

        size = len(self.ids)
        if size < 3:
            return {name: (float(number), 0.0) for number, name in enumerate(self.ids)}
        squared = (1 - self._similarities) ** 2
        centred = -0.5 * (squared - squared.mean(0) - squared.mean(1)[:, None] + squared.mean())
        values, vectors = np.linalg.eigh(centred)
        plane = vectors[:, [-1, -2]] * np.sqrt(np.clip(values[[-1, -2]], 0, None))
        # A vector and its opposite are equally right: the largest part is made positive.
        plane *= [1 if axis[np.abs(axis).argmax()] > 0 else -1 for axis in plane.T]
        plane /= np.abs(plane).max() or 1
        return {name: (round(float(x), 3), round(float(y), 3)) for name, (x, y) in zip(self.ids, plane, strict=True)}

    def _likeness(self, position: int, other: int) -> Likeness:
        words = float(self._words[position, other])
        structure = round(float(self._structure[position, other]), 3)
        return Likeness(self.ids[other], None if words != words else round(words, 3), structure)

    @cached_property
    def _similarities(self) -> Any:
        import numpy as np

        similarities = np.round((np.nan_to_num(self._words) + self._structure) / 2, 6)
        np.fill_diagonal(similarities, 1)
        return np.maximum(similarities, similarities.T)

    @cached_property
    def _words(self) -> Any:
        """How alike the words are; not a number between languages."""
        import numpy as np

        from analyzer.precedents.vectors import cosines_within

        found = np.full((len(self.ids), len(self.ids)), np.nan)
        languages = [self._language(name) for name in self.ids]
        for code in dict.fromkeys(languages):
            positions = [number for number, language in enumerate(languages) if language == code]
            found[np.ix_(positions, positions)] = cosines_within(
                [self._all_words(self.ids[number], code) for number in positions]
            )
        return found

    @cached_property
    def _structure(self) -> Any:
        import numpy as np

        features = [self._features(name) for name in self.ids]
        names = sorted({feature for one in features for feature in one})
        matrix = np.array([[one.get(name, 0.0) for name in names] for one in features]).reshape(len(features), -1)
        lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
        matrix = matrix / np.where(lengths == 0, 1, lengths)
        return np.round((matrix @ matrix.T).clip(0, 1), 6)

    def _features(self, name: str) -> Mapping[str, float]:
        """Return what an agreement provides: shares of its provisions, and whether it has each indicator."""
        clauses, found = self._clauses[name], Counter[str]()
        for one in clauses:
            found.update(f"category {code}" for code in one.categories)
            found[f"strength {one.strength}"] += 1
        found.update({f"machinery {code}": count for code, count in self._machinery[name].items()})
        # Square roots: what an agreement repeats in every article must not outweigh all the others.
        shares = {feature: (count / len(clauses)) ** 0.5 for feature, count in found.items()}
        return {**shares, **{f"indicator {id}": 1.0 for id in self._provided(name)}}

    def _provided(self, name: str) -> set[str]:
        row = self._indicators.get(name, {})
        return {id for id in self._knowledge.indicators.entries if row.get(id)}

    def _strange(self, name: str, model: str) -> tuple[tuple[str, int], ...]:
        """Return the subjects of clauses that are like none of another agreement."""
        language = self._language(name)
        theirs = Vectors([self._said(one, language) for one in self._clauses[model]], pairs=True)
        counts: Counter[str] = Counter()
        for one in self._clauses[name]:
            if max(theirs.similarities(self._said(one, language)), default=0.0) < STRANGE and one.categories:
                counts.update(one.categories[:1])
        known = self._knowledge.categories
        ranked = sorted(counts.items(), key=lambda pair: (-pair[1], list(known).index(pair[0])))
        return tuple((known[code].name, count) for code, count in ranked)

    def _school(self, members: Sequence[str]) -> School:
        counts = Counter(side for name in members for side in self._sides(name))
        groups = self._knowledge.states.groups
        ranked = sorted(counts, key=lambda code: (-counts[code], code not in groups, code))
        least = max(NAMING * len(members), counts[ranked[0]] / 2) if ranked else 0
        naming = [code for code in ranked if counts[code] >= least] if len(members) > 1 else []
        language = Counter(self._language(name) for name in members).most_common(1)[0][0]
        label = self._knowledge.languages.name_of(language)
        shown = ", ".join(naming[:MOST_NAMES]) or ("mixed" if len(members) > 1 else "alone")
        return School(f"{shown} ({label})", tuple(members), tuple(naming[:MOST_NAMES]), language)

    def _sides(self, name: str) -> set[str]:
        """Return the parties, those of a group as one."""
        row = self._about[name]
        known, date = self._knowledge.states, self._date(name)
        states = {party.code for party in known.expand([code for code in row["parties"].split(";") if code], date)}
        sides = set(states)
        for code, group in known.groups.items():
            members = set(members_at(group, date))
            if len(members) >= FEWEST and members <= states:
                sides = (sides - members) | {code}
        return sides

    def _all_words(self, name: str, language: str) -> list[str]:
        words: list[str] = []
        for one in self._clauses[name]:
            words += self._said(one, language)
            if len(words) > MOST_CHARACTERS // 5:
                break
        return words

    def _said(self, one: Wording, language: str) -> list[str]:
        code = supported(language)
        return words_of(one.text[:LONGEST], self._knowledge.languages[code].spelling if code else ())

    def _language(self, name: str) -> str:
        return str(self._about[name]["language"])

    def _date(self, name: str) -> str:
        row = self._about[name]
        return str(row["date_signed"] or row["date_in_force"])
