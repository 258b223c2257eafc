"""What became of each labour provision between two versions of an agreement."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from analyzer.errors import AnalyzerError
from analyzer.precedents.alignment import align
from analyzer.precedents.differences import Difference, difference
from analyzer.precedents.vectors import supported, words_of
from analyzer.precedents.wording import Row, Wording, wording_of

if TYPE_CHECKING:
    from analyzer.knowledge import Knowledge

Status = Literal["kept", "changed", "new", "gone"]
STATUSES: tuple[Status, ...] = ("kept", "changed", "new", "gone")


@dataclass(frozen=True, slots=True)
class Place:
    """A clause of a version, a labour provision or not.

    Attributes:
        clause_id: Its address.
        text: Its own words.
        provision: What is known about it if it is a labour provision.
    """

    clause_id: str
    text: str
    provision: Wording | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """The clauses of an agreement, in reading order.

    Attributes:
        name: Its id.
        title: Its name.
        date: Its date; empty where not known.
        language: Its language.
        places: Its clauses.
    """

    name: str
    title: str
    date: str
    language: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a labour provision.

    Attributes:
        status: ``kept`` in the same words, ``changed``, ``new`` or ``gone``.
        old: The old clauses: none if it is new, several if they were merged.
        new: The new clauses: none if it is gone, several if it was split.
        difference: What the new wording says otherwise; ``None`` if it is new or gone.
        notes: What changed beside the words: its place, strength, categories, whether it still is a labour provision.
    """

    status: Status
    old: tuple[Place, ...]
    new: tuple[Place, ...]
    difference: Difference | None
    notes: tuple[str, ...]

    @property
    def old_text(self) -> str:
        """The words of the old clauses."""
        return " ".join(place.text for place in self.old)

    @property
    def new_text(self) -> str:
        """The words of the new clauses."""
        return " ".join(place.text for place in self.new)


def version_of(about: Row, rows: Iterable[Row], texts: Sequence[tuple[str, str]] = ()) -> Version:
    """Return the version of an agreement that its rows describe.

    Args:
        about: Its row of ``agreements``, or what every table says of it.
        rows: Its rows of ``provisions``, in reading order.
        texts: Address and words of every clause, provisions included; the provisions alone if empty.
    """
    listed = list(rows)
    provisions = {row["clause_id"]: wording_of(row) for row in listed}
    places = texts or [(row["clause_id"], row["text"]) for row in listed]
    return Version(
        name=about["agreement_id"],
        title=about["agreement"],
        date=about["date_signed"] or about["date_in_force"],
        language=about["language"],
        places=tuple(Place(name, text, provisions.get(name)) for name, text in places),
    )


def compare_versions(old: Version, new: Version, knowledge: Knowledge) -> list[Fate]:
    """Return what became of every labour provision: in the order of the new version, what is gone where it stood.

    Args:
        old: The old version.
        new: The new one.
        knowledge: What tells verbs, qualifiers, names of strengths and categories.

    Raises:
        AnalyzerError: They are in different languages, or neither has a labour provision.
    """
    if old.language != new.language:
        names = (knowledge.languages.name_of(side.language) for side in (old, new))
        raise AnalyzerError(f"versions in two languages cannot be compared word by word: {' and '.join(names)}")
    if not any(place.provision for side in (old, new) for place in side.places):
        raise AnalyzerError(f"neither {old.name} nor {new.name} has a labour provision")
    language = supported(new.language)
    spelling = knowledge.languages[language].spelling if language else ()
    links = align(*([words_of(place.text, spelling) for place in side.places] for side in (old, new)))
    fates = [
        (min(news) if news else None, min(olds) if olds else 0, _fate(olds, news, old, new, knowledge))
        for olds, news in _joined([(link.old, link.new) for link in links], len(old.places), len(new.places))
        if any(old.places[one].provision for one in olds) or any(new.places[one].provision for one in news)
    ]
    return [fate for _, _, fate in _in_order(fates)]


def counts(fates: Iterable[Fate]) -> Mapping[Status, int]:
    """Return how many provisions have each status."""
    listed = [fate.status for fate in fates]
    return {status: listed.count(status) for status in STATUSES}


def _joined(links: Sequence[tuple[int, int]], olds: int, news: int) -> list[tuple[list[int], list[int]]]:
    """Return the clauses that belong together: every clause of both sides once."""
    group: dict[tuple[int, int], int] = {}
    groups: list[set[tuple[int, int]]] = []
    for pair in [((0, old), (1, new)) for old, new in links]:
        known = sorted({group[one] for one in pair if one in group})
        members = set(pair).union(*(groups[number] for number in known))
        target = known[0] if known else len(groups)
        if not known:
            groups.append(set())
        groups[target] = members
        group.update(dict.fromkeys(members, target))
    alone = [{(side, number)} for side, size in ((0, olds), (1, news)) for number in range(size)
             if (side, number) not in group]  # fmt: skip
    kept = [groups[number] for number in sorted(set(group.values()))]
    return [
        (sorted(number for side, number in members if side == 0), sorted(number for side, number in members if side))
        for members in (*kept, *alone)
    ]


def _in_order(fates: Sequence[tuple[int | None, int, Fate]]) -> list[tuple[int | None, int, Fate]]:
    """Return fates in the order of the new version; what is gone follows what stood before it in the old one."""
    place_of = {old: new for new, old, fate in fates if new is not None and fate.old}
    before = sorted(place_of)

    def place(entry: tuple[int | None, int, Fate]) -> tuple[int, int, int]:
        new, old, _ = entry
        if new is not None:
            return new, 0, old
        earlier = bisect_left(before, old)
        return (place_of[before[earlier - 1]] if earlier else -1), 1, old

    return sorted(fates, key=place)


def _fate(olds: Sequence[int], news: Sequence[int], old: Version, new: Version, knowledge: Knowledge) -> Fate:
    before, after = tuple(old.places[one] for one in olds), tuple(new.places[one] for one in news)
    if not before or not after:
        return Fate("new" if after else "gone", before, after, None, ())
    texts = [" ".join(place.text for place in side) for side in (before, after)]
    found = difference(texts[0], texts[1], new.language, knowledge)
    notes = tuple(_notes(before, after, knowledge))
    return Fate("kept" if found.is_same and not _matters(before, after) else "changed", before, after, found, notes)


def _matters(before: Sequence[Place], after: Sequence[Place]) -> bool:
    """Return whether clauses in the same words differ in strength, as an item whose lead-in changed does."""
    return _strengths(before) != _strengths(after) and bool(_strengths(before)) and bool(_strengths(after))


def _notes(before: Sequence[Place], after: Sequence[Place], knowledge: Knowledge) -> Iterable[str]:
    if len(after) > 1:
        yield f"split into {len(after)}"
    if len(before) > 1:
        yield f"merged from {len(before)}"
    if [place.clause_id for place in before] != [place.clause_id for place in after]:
        yield f"now {', '.join(place.clause_id for place in after)}"
    if not any(place.provision for place in before):
        yield "was not found to be a labour provision"
    if not any(place.provision for place in after):
        yield "is no longer found to be a labour provision"
        return
    names = knowledge.labels.strengths
    strengths = _strengths(before), _strengths(after)
    if all(strengths) and strengths[0] != strengths[1]:
        old, new = (" and ".join(names.get(code, code) for code in side) for side in strengths)
        yield f"strength: {old} → {new}"
    codes = [dict.fromkeys(code for place in side if place.provision for code in place.provision.categories)
             for side in (before, after)]  # fmt: skip
    if codes[0] and (added := [code for code in codes[1] if code not in codes[0]]):
        yield f"categories added: {', '.join(added)}"
    if codes[0] and (dropped := [code for code in codes[0] if code not in codes[1]]):
        yield f"categories dropped: {', '.join(dropped)}"


def _strengths(places: Sequence[Place]) -> list[str]:
    return list(dict.fromkeys(place.provision.strength for place in places if place.provision))
